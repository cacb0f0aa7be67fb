"""Intervals: values worked out by hand or from published tables."""

import math

import numpy as np
import pytest

from evals.intervals import bootstrap, mean, mean_ratio, paired, percentile, wilson


def test_wilson_gives_the_textbook_interval() -> None:
    """95 of 100: centre (0.95 + 1.9208/100)/(1 + 3.8415/100), as worked out by hand."""
    found = wilson(95, 100)
    assert (found.value, round(found.low, 4), round(found.high, 4)) == (0.95, 0.8882, 0.9785)


def test_wilson_of_none_and_of_all_ends_exactly_at_nothing_and_one() -> None:
    none, every = wilson(0, 10), wilson(10, 10)
    assert (none.low, round(none.high, 4)) == (0.0, 0.2775)
    assert (round(every.low, 4), every.high) == (0.7225, 1.0)


@pytest.mark.parametrize(("successes", "n"), [(1, 0), (0, 0), (3, 2), (-1, 5)])
def test_a_share_of_nothing_or_more_than_all_is_refused(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="a share needs"):
        wilson(successes, n)


def test_a_bootstrap_is_the_same_for_the_same_seed_and_holds_the_value() -> None:
    values = [float(x) for x in range(101)]
    first, second = bootstrap(values, percentile(50)), bootstrap(values, percentile(50))
    assert first == second
    assert first.value == 50
    assert 30 < first.low < 50 < first.high < 70


def test_the_bootstrap_of_a_mean_is_as_wide_as_theory_says() -> None:
    values = np.random.default_rng(1).normal(0, 1, 400).tolist()
    found = bootstrap(values, mean)
    assert found.high - found.low == pytest.approx(2 * 1.96 / math.sqrt(400), rel=0.1)


def test_paired_columns_are_drawn_together() -> None:
    """A constant difference has no spread, however much both columns vary."""
    column = [1.0, 5.0, 90.0]
    found = paired([[x + 2 for x in column], column], lambda table: float((table[0] - table[1]).mean()))
    assert (found.value, found.low, found.high) == (2, 2, 2)


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="same number"):
        paired([[1.0], [1.0, 2.0]], lambda table: 0.0)


def test_a_mean_ratio_is_geometric_with_students_interval() -> None:
    """Ratios 2 and 8: mean 4; t with 1 degree of freedom is 12.706, the standard error of log 4 apart is log 2."""
    found = mean_ratio([2.0, 8.0], [1.0, 1.0])
    assert found.value == pytest.approx(4)
    assert found.high == pytest.approx(4 * math.exp(12.7062 * math.log(2)), rel=1e-3)
    assert found.low == pytest.approx(16 / found.high)


def test_one_pair_has_no_interval() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        mean_ratio([1.0], [2.0])


def test_an_estimate_shows_value_and_interval() -> None:
    assert wilson(95, 100).show(1, percent=True) == "95.0 % (88.8–97.8)"
