"""What is seen of a review: the answer, what was done to it, and where that leaves it."""

from dataclasses import dataclass

from sqlalchemy.engine import Connection

from corpus import answers, reviews
from corpus.flags import flags_in, standing_in
from corpus.reviews import Event
from qa.accounts.accounts import approvers
from qa.answer import Answer
from qa.answer_json import from_json
from qa.review.approve import Hands, editors
from qa.review.bound import Bound, bound
from qa.review.state import Kind, ReviewState, derive


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer with its review: where it stands, what was done to it, and what an approval would be bound to."""

    answer: Answer
    state: ReviewState
    events: tuple[Event, ...]
    bound: Bound


@dataclass(frozen=True, slots=True)
class Approved:
    """An answer as it was approved, and when by whom."""

    answer: Answer
    event: Event


def look(connection: Connection, answer_id: str) -> Seen:
    """Return an answer and its review as a transaction sees them. Raises NotFound."""
    answer = from_json(answers.one(connection, answer_id).json)
    cited = reviews.cited_now(connection, answer_id)
    version = reviews.version(connection, answer_id)
    now = bound(answer, cited)
    events = reviews.events_on(connection, answer_id, now.hash)
    state = derive(
        answer_id,
        events,
        now,
        cited,
        flags=flags_in(connection, answer_id),
        standing=standing_in(connection, answer_id),
        previous=version.previous if version else "",
        successor=reviews.successor(connection, answer_id) or "",
    )
    return Seen(answer, state, events, now)


def last_approved(connection: Connection, answer_id: str) -> Approved | None:
    """Return the answer that was approved last, this one or one that it replaced, None where none ever was."""
    here: str | None = answer_id
    while here is not None:
        found = look(connection, here)
        approvals = [one for one in found.events if one.kind == Kind.APPROVED]
        if approvals:
            return Approved(found.answer, approvals[-1])
        here = found.state.previous or None
    return None


def hands(connection: Connection, answer_id: str) -> Hands:
    """Return whose edits are in an answer, and who may approve."""
    line = reviews.line(connection, answer_id)
    before = reviews.events_of(connection, [one.previous for one in line])
    return Hands(frozenset(editors(line, before)), frozenset(approvers(connection)))
