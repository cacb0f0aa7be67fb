"""Outcome: what was found for one gold question, kept as JSON so that a run resumes and is measured again."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import TypeAdapter

from evals.gold.base import Place
from qa.answer import Answer

DEPTH = 100  # documents that a run holds


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage as it was ranked: where it stands, and its fused score, which compares within one question only."""

    document: str
    passage: str
    number: str
    title: str
    loinc: str
    score: float

    @property
    def place(self) -> Place:
        """Return its section."""
        return Place(self.document, self.number, self.title, self.loinc)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question brought. Where a task did not run or failed, its fields are empty.

    `run` are document keys, best first, a document standing where its best passage does, at most DEPTH;
    `runs` the same by form of a follow-up ("raw", "ours", "by hand"); `passages` the ten best passages.
    `chosen` are, by document, the sentences chosen as bearing on a claim. `ms` is the wall time of the whole question.
    `error` says what went wrong, "" where nothing did: a failure counts as wrong in every measure.
    """

    question: str
    run: tuple[str, ...] = ()
    passages: tuple[FoundPassage, ...] = ()
    runs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    standalone: str = ""
    constraints: tuple[str, ...] = ()
    chosen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    answer: Answer | None = None
    ms: float = 0.0
    error: str = ""


_OUTCOME = TypeAdapter(Outcome)


def to_line(outcome: Outcome) -> str:
    """Return the outcome as one line of JSON."""
    return _OUTCOME.dump_json(outcome).decode() + "\n"


def from_line(line: str) -> Outcome:
    """Return the outcome of a line. Raises pydantic.ValidationError, a ValueError, for a line that is torn."""
    return _OUTCOME.validate_json(line)
