"""Agreement worked out by hand."""

import pytest

from evals.agreement import agreement, counts, mean_kappa

# 20 yes for both, 5 for the second alone, 10 for the first alone, 15 for neither: the textbook's 50 proposals.
RIGHT = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
FOUND = [True] * 25 + [False] * 25
QUESTIONS = list(range(50))


def test_precision_recall_and_kappa_are_those_of_the_textbook() -> None:
    found = agreement(RIGHT, FOUND, QUESTIONS)
    assert found.precision.value == pytest.approx(20 / 25)
    assert found.recall.value == pytest.approx(20 / 30)
    assert found.kappa.value == pytest.approx((0.7 - 0.5) / (1 - 0.5))
    assert found.kappa.low < found.kappa.value < found.kappa.high


def test_kappa_is_0_where_one_judge_always_says_the_same() -> None:
    assert agreement([True, False], [True, True], [1, 2]).kappa.value == 0


def test_pairs_of_one_question_are_drawn_together() -> None:
    assert counts([True, False, True], [True, True, False], ["a", "a", "b"]) == [[1, 0], [1, 0], [0, 1], [0, 0]]
    apart, together = (agreement(RIGHT, FOUND, asked).kappa for asked in (QUESTIONS, [n // 25 for n in QUESTIONS]))
    assert together.value == apart.value
    assert together.high - together.low != apart.high - apart.low


def test_the_mean_over_three_judges_is_of_three_kappas() -> None:
    # The first two agree wholly (1), each with the third as by chance (0).
    first, third = [True, True, False, False], [True, False, True, False]
    assert mean_kappa([first, first, third], [1, 2, 3, 4]).value == pytest.approx(1 / 3)
