"""What a measure is: for each question, shares from which figures and their intervals are made.

Every figure is a ratio of sums over questions: a mean where each question counts 1 (nDCG, Hit@k), a
micro-averaged share otherwise (precision: right ones over chosen ones). So one bootstrap over questions
gives every interval, and two runs are compared question by question.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from evals.gold.base import GoldQuestion
from evals.outcome import Outcome

Better = Literal["higher", "lower"]
Sabotage = Literal["citations shuffled", "passages swapped", "numbers altered"]


@dataclass(frozen=True, slots=True)
class Share:
    """What one question adds to a figure: `value` to the numerator, `of` to the denominator."""

    value: float
    of: float = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a report: its name, its definition with range, and which way is better.

    `falls_under` are the sabotages that must make it worse; a figure that does not is void. `is_shown` False keeps a
    figure in the JSON only.
    """

    name: str
    definition: str
    better: Better = "higher"
    falls_under: tuple[Sabotage, ...] = ()
    is_shown: bool = True


class Measure(Protocol):
    """One file of this folder: its figures, and what a question adds to them."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return the figures, in the order in which they are shown."""

    def shares(self, question: GoldQuestion, outcome: Outcome) -> Mapping[str, Share]:
        """Return what the question adds to each figure by name; a figure it says nothing about is left out.

        A failed question (`outcome.error`) adds what a wrong answer would.
        """
