"""Missing facts: the starter corpus holds the drug and not what is asked of it; beside each, a twin that it answers.

The two questions of a pair differ in what is asked alone ("Does denosumab cause hair loss?", "... back pain?"), so
that neither the wording nor the drug tells which has an answer.
"""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from evals.gold.base import GoldQuestion, GoldSet, Task

PAIRS = Path(__file__).resolve().with_suffix(".jsonl")
DEVELOPMENT, CHECKING = "development", "checking"


class Pair(BaseModel):
    """One line of the file: a question without an answer and its twin.

    `absent` are beginnings of words of which none stands in a sentence of the starter corpus that names the drug;
    `says` are the words of `document` that answer the twin.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str
    drug: str
    brand: str
    aspect: str
    missing: str
    absent: list[str] = Field(min_length=1)
    held: str
    document: str
    says: str


def load(shared: Path) -> GoldSet:
    """Return both questions of each pair, asked of the starter corpus; nothing of `shared` is read.

    The first pair of the file, and each second one after it, is for development; the others are for checking, and
    nothing is tuned on them. The type of a question is its half.
    """
    return GoldSet(
        name="missing_facts",
        about="Facts that the starter corpus does not hold of a drug that it does hold, beside twins of the same form "
        "that it answers; half of the pairs for development, half for checking.",
        questions=tuple(_questions(pairs())),
        tasks=frozenset({Task.ANSWER}),
        measures=("refusals",),
    )


def pairs() -> tuple[Pair, ...]:
    """Return the pairs in the order of the file. Raises pydantic's ValidationError where a line is no pair."""
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    return tuple(Pair.model_validate_json(line) for line in lines)


def _questions(held: tuple[Pair, ...]) -> Iterator[GoldQuestion]:
    for place, pair in enumerate(held):
        half = CHECKING if place % 2 else DEVELOPMENT
        yield GoldQuestion(f"{pair.id}-missing", pair.missing, half, answerable=False)
        yield GoldQuestion(f"{pair.id}-held", pair.held, half, relevant={pair.document: 1})
