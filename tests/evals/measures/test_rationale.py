"""Rationale: precision, recall and F1 of chosen sentences, counted by hand."""

from collections.abc import Mapping

from evals.gold.base import GoldQuestion
from evals.measures.base import Share
from evals.measures.rationale import F1, MEASURE, PRECISION, RECALL
from evals.outcome import Outcome

# Sentences 0 and 2 of one abstract, 5 of another.
CLAIM = GoldQuestion("7", "Zelomab lowers fever.", rationale={"a": (0, 2), "b": (5,)})


def shares(**chosen: tuple[int, ...]) -> Mapping[str, Share]:
    """Return what the claim adds where these sentences were chosen, by abstract."""
    return MEASURE.shares(CLAIM, Outcome("7", chosen=chosen))


def test_right_ones_count_by_their_abstract_and_number() -> None:
    assert shares(a=(0, 1), b=(5, 6, 7)) == {PRECISION: Share(2, 5), RECALL: Share(2, 3), F1: Share(4, 8)}


def test_all_right_is_1_and_all_wrong_0() -> None:
    assert shares(a=(0, 2), b=(5,)) == {PRECISION: Share(3, 3), RECALL: Share(3, 3), F1: Share(6, 6)}
    assert shares(a=(5,), b=(0, 2)) == {PRECISION: Share(0, 3), RECALL: Share(0, 3), F1: Share(0, 6)}


def test_a_number_chosen_twice_counts_once() -> None:
    assert shares(a=(0, 0), b=()) == {PRECISION: Share(1, 1), RECALL: Share(1, 3), F1: Share(2, 4)}


def test_what_is_chosen_where_nothing_is_marked_costs_precision() -> None:
    assert shares(a=(0, 2), b=(5,), c=(1,))[PRECISION] == Share(3, 4)


def test_a_failure_misses_all_that_is_marked() -> None:
    failed = Outcome("7", chosen={"a": (0, 2)}, error="TimeoutError")
    assert MEASURE.shares(CLAIM, failed) == {PRECISION: Share(0, 0), RECALL: Share(0, 3), F1: Share(0, 3)}


def test_a_claim_without_marked_sentences_adds_nothing() -> None:
    assert MEASURE.shares(GoldQuestion("8", "Whales swim."), Outcome("8", chosen={"a": (1,)})) == {}


def test_the_three_figures_are_named_and_fall_where_passages_are_swapped() -> None:
    assert [figure.name for figure in MEASURE.figures] == [PRECISION, RECALL, F1]
    assert all("passages swapped" in figure.falls_under for figure in MEASURE.figures)
