"""Where an answer stands: its step of review, what it rests on no more, and who did what when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from corpus.flags import Flag, standing_flags
from corpus.store import Store
from qa.answer import Answer


class Step(StrEnum):
    """The three steps of a review, as they are shown."""

    SUBMITTED = "Submitted"
    UNDER_REVIEW = "Under Review"
    APPROVED = "Approved"


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the log: who did what, in words, and when."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class PageState:
    """What a page says of its answer's standing.

    `flags` are those that hold now: where there are any, the answer is stale. `by` is who approved, "" where
    nobody has; `updated` is when anything of it last changed. `successor` is the id of the answer that a reviewer
    put in its place, "" where there is none.
    """

    step: Step
    updated: datetime
    by: str = ""
    flags: tuple[Flag, ...] = ()
    log: tuple[Event, ...] = ()
    successor: str = ""

    @property
    def is_pending(self) -> bool:
        """Return whether the page carries its caution: nobody has approved what it shows, or it is stale."""
        return self.step is not Step.APPROVED or bool(self.flags)

    def reached(self, step: Step) -> bool:
        """Return whether a step lies behind the answer, or is where it is."""
        order = tuple(Step)
        return order.index(step) <= order.index(self.step)


class States(Protocol):
    """Who knows where an answer stands."""

    def of(self, answer: Answer) -> PageState:
        """Return where an answer stands now."""
        ...


class Submitted:
    """Knows of no review: every answer has been submitted, and is stale where the store has flagged it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, answer: Answer) -> PageState:
        """Return that an answer was submitted when it was made, with the flags that hold now."""
        made = datetime.fromisoformat(answer.created)
        flags = standing_flags(self._store, answer.id)
        updated = max(made, *(flag.at for flag in flags)) if flags else made
        return PageState(Step.SUBMITTED, updated, flags=flags, log=(Event(made, "Curbside", "made this answer"),))
