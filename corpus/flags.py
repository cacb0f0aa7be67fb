"""Flags: why a kept answer no longer stands on what it cites. The log only grows; what stands is read from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.schema import answer_flags, documents, publications

if TYPE_CHECKING:
    from corpus.store import Store


class Reason(StrEnum):
    """Why a citation is flagged: what became of its words, or of its publication."""

    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"
    CONCERN = "concern"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"


OF_WORDS = (Reason.CHANGED, Reason.MOVED, Reason.REMOVED)
OF_PUBLICATIONS = (Reason.CONCERN, Reason.WITHDRAWN, Reason.RETRACTED)


@dataclass(frozen=True, slots=True)
class Flag:
    """Why citation `n` of an answer no longer stands.

    Where its words changed, `document_id` is the version in which they did, `was` the quote and `now` the
    wording there, "" where they are gone. Where its publication is doubted, `document_id` is the version
    cited, and `was` and `now` are both the quote. `why` is a sentence; `key` is the publication's.
    """

    answer_id: str
    n: int
    reason: Reason
    document_id: str
    key: str
    was: str
    now: str
    why: str
    at: datetime


def flags_of(store: "Store", answer_id: str) -> tuple[Flag, ...]:
    """Return every flag that an answer was ever given, the first one first."""
    with store.engine.connect() as connection:
        return flags_in(connection, answer_id)


def flags_in(connection: Connection, answer_id: str) -> tuple[Flag, ...]:
    """Return the same as `flags_of`, as a transaction sees it."""
    return _read(connection, _FLAGS.where(answer_flags.c.answer_id == answer_id))


def standing_flags(store: "Store", answer_id: str | None = None) -> tuple[Flag, ...]:
    """Return the flags that hold for what is current now, of one answer or of all, the first one first.

    `standing_in` says which ones these are.
    """
    with store.engine.connect() as connection:
        return standing_in(connection, answer_id)


def standing_in(connection: Connection, answer_id: str | None = None) -> tuple[Flag, ...]:
    """Return the same as `standing_flags`, as a transaction sees it.

    A flag stays in the log for good. One on words stands while the version that it names is the current one:
    when a later version brings the old words back, it stands no more. One on a publication stands while the
    publication's state is the one that it names.
    """
    where = sa.or_(
        sa.and_(answer_flags.c.reason.in_(OF_WORDS), documents.c.is_current),
        answer_flags.c.reason == publications.c.integrity,
    )
    query = _FLAGS.join(publications, publications.c.key == documents.c.key).where(where)
    if answer_id is not None:
        query = query.where(answer_flags.c.answer_id == answer_id)
    return _read(connection, query)


def flags_since(store: "Store", since: datetime) -> tuple[Flag, ...]:
    """Return the flags written at or after a moment, the first one first."""
    with store.engine.connect() as connection:
        return _read(connection, _FLAGS.where(answer_flags.c.at >= since))


def write_flags(connection: Connection, flags: Iterable[Flag]) -> None:
    """Write flags; none of them may be held already."""
    names = [name for name in Flag.__slots__ if name != "key"]
    rows = [{name: getattr(flag, name) for name in names} for flag in flags]
    if rows:
        connection.execute(answer_flags.insert(), rows)


def now() -> datetime:
    """Return the moment at which flags are made."""
    return datetime.now(UTC)


_FLAGS = (
    sa.select(
        answer_flags.c.answer_id,
        answer_flags.c.n,
        answer_flags.c.reason,
        answer_flags.c.document_id,
        documents.c.key,
        answer_flags.c.was,
        answer_flags.c.now,
        answer_flags.c.why,
        answer_flags.c.at,
    )
    .select_from(answer_flags.join(documents, documents.c.id == answer_flags.c.document_id))
    .order_by(answer_flags.c.seq)
)


def _read(connection: Connection, query: sa.Select[Any]) -> tuple[Flag, ...]:
    return tuple(Flag(row[0], row[1], Reason(row[2]), *row[3:]) for row in connection.execute(query))
