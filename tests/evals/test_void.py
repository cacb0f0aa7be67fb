"""Void figures: a spoilt value must lie beyond the interval; what exchanging outcomes cannot try is excused."""

from collections.abc import Mapping

import pytest

from evals.gold.base import GoldQuestion
from evals.measures.base import Better, Figure, Share
from evals.outcome import Outcome
from evals.report import FigureResult
from evals.void import asks_alike, fell


def figure(better: Better, low: float | None = 0.6, high: float | None = 0.8) -> FigureResult:
    return FigureResult(n=9, value=0.7, low=low, high=high, measure="m", name="f", definition="d", better=better)


@pytest.mark.parametrize(
    ("better", "spoilt", "is_fallen"),
    [
        ("higher", 0.59, True),
        ("higher", 0.6, False),
        ("higher", 0.9, False),
        ("lower", 0.81, True),
        ("lower", 0.8, False),
        ("lower", 0.1, False),
        ("higher", None, False),
    ],
)
def test_a_spoilt_value_must_lie_beyond_the_interval_on_the_worse_side(
    better: Better, spoilt: float | None, is_fallen: bool
) -> None:
    assert fell(figure(better), spoilt) is is_fallen


def test_a_figure_without_an_interval_does_not_fall() -> None:
    assert not fell(figure("higher", None, None), 0.0)


class Reads:
    """A measure that reads the first document found, or what the question wants too; `blind` reads neither."""

    figures = (Figure("f", "d"),)

    def __init__(self, what: str) -> None:
        self.what = what

    def shares(self, question: GoldQuestion, outcome: Outcome) -> Mapping[str, Share]:
        if self.what == "blind":
            return {"f": Share(1)}
        first = "" if outcome.error or not outcome.run else outcome.run[0]
        return {"f": Share(float(first in question.relevant if self.what == "both" else bool(first)))}


@pytest.mark.parametrize(("what", "alike"), [("outcome", True), ("both", False), ("blind", False)])
def test_only_a_figure_that_failures_move_and_questions_do_not_is_excused(what: str, alike: bool) -> None:
    asked = [GoldQuestion(f"q{n}", "?", relevant={f"k:{n}": 1}) for n in range(4)]
    found = [Outcome(f"q{n}", run=(f"k:{n}",)) for n in range(4)]
    assert asks_alike(Reads(what), "f", asked, found) is alike
