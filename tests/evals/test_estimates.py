"""Estimates: ratios of sums worked out by hand, and intervals as wide as theory says."""

import math

import pytest

from evals.estimates import Sampling, difference, estimate, figure_estimates
from evals.measures.base import Figure, Share


def shares(*pairs: tuple[float, float]) -> dict[str, Share]:
    return {f"q{n:03}": Share(*pair) for n, pair in enumerate(pairs)}


def test_a_figure_is_the_ratio_of_sums_and_not_the_mean_of_ratios() -> None:
    """1 of 1, 1 of 3: 2 of 4, where the mean of ratios would be 2/3."""
    assert estimate(shares((1, 1), (1, 3))).value == 0.5


def test_the_interval_of_a_share_is_as_wide_as_theory_says() -> None:
    found = estimate(shares(*[(1, 1)] * 200, *[(0, 1)] * 200))
    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low == pytest.approx(2 * 1.96 * math.sqrt(0.25 / 400), rel=0.1)


def test_questions_that_all_say_the_same_leave_no_width() -> None:
    found = estimate(shares(*[(1, 1)] * 7))
    assert (found.value, found.low, found.high, found.n) == (1, 1, 1, 7)


def test_no_denominator_is_no_value_and_a_sample_without_one_is_left_out() -> None:
    nothing = estimate(shares((0, 0), (0, 0)))
    assert (nothing.value, nothing.low, nothing.high, nothing.n) == (None, None, None, 2)
    once = estimate(shares((1, 2), (0, 0), (0, 0)))
    assert (once.value, once.low, once.high) == (0.5, 0.5, 0.5)


def test_the_same_seed_gives_the_same_interval_in_whatever_order_questions_were_asked() -> None:
    made = shares((1, 1), (0, 1), (1, 2), (0, 3), (1, 1))
    backwards = dict(reversed(made.items()))
    assert estimate(made) == estimate(backwards)
    uneven = shares(*[(n / 101, 1) for n in range(101)])
    assert estimate(uneven, Sampling(seed=1)) != estimate(uneven, Sampling(seed=2))


def test_a_difference_is_paired_over_the_questions_in_both() -> None:
    """Every question gains exactly 0.25: paired, the interval has no width, though values spread from 0 to 0.75."""
    before = shares(*[(n % 4 / 4, 1) for n in range(40)])
    after = {key: Share(one.value + 0.25) for key, one in before.items()} | {"new": Share(0)}
    found = difference(before, after)
    assert found.n == 40
    assert [found.value, found.low, found.high] == pytest.approx([0.25, 0.25, 0.25])


def test_nothing_in_common_is_no_difference() -> None:
    assert difference({"a": Share(1)}, {"b": Share(1)}).value is None


def test_types_of_five_questions_and_more_stand_apart() -> None:
    made = shares(*[(1, 1)] * 5, *[(0, 1)] * 4, *[(0, 1)] * 6)
    types = {key: "dose" if n < 5 else "few" if n < 9 else "" for n, key in enumerate(made)}
    (found,) = figure_estimates("m", [Figure("Hit", "a hit"), Figure("Unsaid", "?")], {"Hit": made}, types)
    assert (found.measure, found.name, found.n) == ("m", "Hit", 15)
    assert found.value == pytest.approx(1 / 3)
    assert {name: (one.n, one.value) for name, one in found.by_type.items()} == {"dose": (5, 1.0)}
    assert found.questions["q000"] == (1, 1)


def test_questions_of_one_type_are_not_broken_down() -> None:
    made = shares(*[(1, 1)] * 6)
    (found,) = figure_estimates("m", [Figure("Hit", "a hit")], {"Hit": made}, dict.fromkeys(made, "dose"))
    assert found.by_type == {}
