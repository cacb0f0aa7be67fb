"""Where a review stands, worked out from what was done and from what is held now, each time that it is asked for.

No state is stored, so none can be out of date: an approval stands while what it was bound to is what is there, and no
source of the answer has changed since. No job has to notice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from corpus.flags import Flag
from corpus.reviews import CitedNow, Event
from qa.review.bound import Bound


class Kind(StrEnum):
    """What can be done to an answer."""

    OPENED = "opened"
    COMMENT = "comment"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    RETURNED = "returned"  # an approval taken back
    EDITED = "edited"  # another version took its place
    SUBMITTED = "submitted"  # it took another version's place


class Step(StrEnum):
    """The three steps that a reader is shown."""

    SUBMITTED = "Submitted"
    UNDER_REVIEW = "Under Review"
    APPROVED = "Approved"


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved, when, and what; `alone`: it was their own edit, and there was no second reviewer."""

    at: datetime
    who: str
    hash: str
    alone: bool


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Where a review stands. `seen` is its last step: whoever acts says which one they saw.

    `hash` is what an approval would be bound to now. `approval` is the last one; `void` says in sentences
    why it holds no longer, and is empty while it does. `flags` are why the sources no longer say what is cited.
    """

    answer_id: str
    step: Step
    seen: int
    hash: str
    approval: Approval | None
    void: tuple[str, ...]
    flags: tuple[Flag, ...]
    doubted: tuple[str, ...]
    changes_requested: bool
    previous: str = ""
    successor: str = ""

    @property
    def is_stale(self) -> bool:
        """Return whether a source of the answer changed, so that it has to be reviewed anew."""
        return bool(self.flags or self.doubted)


def derive(
    answer_id: str,
    events: Sequence[Event],
    now: Bound,
    cited: Sequence[CitedNow],
    *,
    flags: Sequence[Flag] = (),
    standing: Sequence[Flag] = (),
    previous: str = "",
    successor: str = "",
) -> ReviewState:
    """Return where the review of an answer stands.

    `flags` are all that the answer was ever given, `standing` those that hold for what is current.
    """
    decisions = [one for one in events if one.kind in (Kind.APPROVED, Kind.RETURNED, Kind.CHANGES_REQUESTED)]
    last = decisions[-1] if decisions else None
    approved = next((one for one in reversed(decisions) if one.kind == Kind.APPROVED), None)
    doubted = tuple(sorted({one.document_id for one in cited if not one.integrity.is_evidence}))
    void: tuple[str, ...] = ()
    if approved is not None:
        void = tuple(_void(approved, last, now, flags, standing, doubted))
    stands = approved is not None and not void
    return ReviewState(
        answer_id=answer_id,
        step=Step.APPROVED if stands else step_of(events),
        seen=len(events),
        hash=now.hash,
        approval=_approval(approved) if approved else None,
        void=void,
        flags=tuple(standing),
        doubted=doubted,
        changes_requested=last is not None and last.kind == Kind.CHANGES_REQUESTED,
        previous=previous,
        successor=successor,
    )


def _approval(event: Event) -> Approval:
    return Approval(event.at, event.who, event.hash, bool(event.data.get("alone")))


def step_of(events: Sequence[Event]) -> Step:
    """Return the step of an answer that has no approval that stands: what has only been put there waits."""
    worked_on = any(one.kind != Kind.SUBMITTED for one in events)
    return Step.UNDER_REVIEW if worked_on else Step.SUBMITTED


def marks(flags: Sequence[Flag]) -> list[list[object]]:
    """Return what tells each flag of an answer from every other, as an approval keeps those that it has seen."""
    return [[flag.n, flag.reason.value, flag.document_id] for flag in flags]


def _void(
    approved: Event,
    last: Event | None,
    now: Bound,
    flags: Sequence[Flag],
    standing: Sequence[Flag],
    doubted: Sequence[str],
) -> list[str]:
    """Return why an approval holds no longer, nothing where it does."""
    why = []
    if last is not approved and last is not None:
        done = "took the approval back" if last.kind == Kind.RETURNED else "requested changes"
        why.append(f"{last.who} {done}: {last.data.get('text', '')}".rstrip(": "))
    if approved.hash != now.hash:
        why += now.changes_since(approved.data.get("bound", {})) or ["what was approved is not what is there"]
    seen = approved.data.get("flags", [])
    unseen = [flag for flag, mark in zip(flags, marks(flags), strict=True) if mark not in seen]
    reasons = dict.fromkeys(flag.why for flag in (*standing, *unseen))
    why += reasons
    if not reasons:
        why += [f"{document} is cited, and is no longer evidence" for document in doubted]
    return why
