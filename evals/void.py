"""Void figures: whether one fell when outcomes were spoilt, and whether it could have fallen at all."""

from collections.abc import Sequence
from dataclasses import replace

from evals.gold.base import GoldQuestion
from evals.measures.base import Measure, Sabotage, Share
from evals.outcome import Outcome
from evals.report import FigureResult

SWAPPED: Sabotage = "passages swapped"
ALIKE = 40
"""Questions that are looked at to see whether a figure asks the same of all, each with FEW outcomes."""
FEW = 3


def fell(found: FigureResult, spoilt: float | None) -> bool:
    """Return whether the spoilt value lies beyond the interval on the worse side; not so where there is none."""
    if spoilt is None or found.low is None or found.high is None:
        return False
    return spoilt < found.low if found.better == "higher" else spoilt > found.high


def asks_alike(measure: Measure, figure: str, asked: Sequence[GoldQuestion], outcomes: Sequence[Outcome]) -> bool:
    """Return whether the figure asks the same of all these questions, so that exchanging outcomes proves nothing.

    So it is where any of a few outcomes gives each question it is handed to the same share, and yet a failure gives
    another: refusals, in a set in which nothing has an answer. A figure that not even a failure moves is not excused.
    """

    def given(outcome: Outcome) -> set[Share | None]:
        return {measure.shares(one, replace(outcome, question=one.id)).get(figure) for one in asked[:ALIKE]}

    tried = [given(one) for one in [one for one in outcomes if not one.error][:FEW]]
    failed = given(Outcome("", error="failed"))
    return all(len(found) == 1 for found in (*tried, failed)) and any(found != failed for found in tried)
