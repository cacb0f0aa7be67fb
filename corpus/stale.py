"""Which kept answers no longer stand on what they cite: worked out from what is held, and written once."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from corpus.carry import Carried, Carrier, Fate
from corpus.document import Section
from corpus.flags import OF_PUBLICATIONS, Flag, Reason, now, write_flags
from corpus.rows import section_of
from corpus.schema import answer_citations, answer_flags, document_sections, documents, publications, sections

if TYPE_CHECKING:
    from corpus.store import Store

_cited, _current = documents.alias("cited"), documents.alias("current")
_FATES = {Fate.CHANGED: Reason.CHANGED, Fate.MOVED: Reason.MOVED, Fate.REMOVED: Reason.REMOVED}
_STATES = {
    Reason.CONCERN: "its publisher has expressed concern about it",
    Reason.WITHDRAWN: "it has been withdrawn",
    Reason.RETRACTED: "it has been retracted",
}


def flag_stale(store: "Store") -> tuple[Flag, ...]:
    """Flag every kept answer that no longer stands on what it cites; return the flags that are new.

    It is worked out from what is held, not from what a run has done: after a run that was killed the next
    call finds the same. A citation is flagged where a version other than the one it cites is current and its
    words do not stand there as they did (`Carrier.carry`), once for each such version; and where its
    publication stands under a concern, is withdrawn or retracted, once for each of these. A corrected or a
    superseded publication is no reason by itself. Where nothing is new, nothing is written.
    """
    finder = _Finder()
    with store.engine.connect() as connection:
        if not any(True for _ in finder.flags(connection)):
            return ()
    with store.writing() as connection:
        found = tuple(finder.flags(connection))
        write_flags(connection, found)
    return found


def flag_answer(connection: Connection, answer_id: str) -> tuple[Flag, ...]:
    """Flag one answer that is being kept, in its own transaction; return its new flags.

    It may have been composed from a snapshot that was overtaken meanwhile.
    """
    found = tuple(_Finder().flags(connection, answer_id))
    write_flags(connection, found)
    return found


class _Finder:
    """Finds the flags that are due and not held; remembers what it has compared."""

    def __init__(self) -> None:
        self._carrier: Carrier | None = None
        self._versions = (0, 0)
        self._carried: dict[tuple[int, int, str, int, int], Carried] = {}

    def flags(self, connection: Connection, answer_id: str | None = None) -> Iterator[Flag]:
        """Yield the flags, of one answer or of all, those of one document together."""
        moment = now()
        for row in connection.execute(_of(_DOUBTED, answer_id)).all():
            yield _doubt(row, moment)
        for row in connection.execute(_of(_OVERTAKEN, answer_id)).all():
            carried = self._carry(connection, row)
            if carried.fate is not Fate.STANDS:
                yield _reworded(row, carried, moment)

    def _carry(self, connection: Connection, row: Row[Any]) -> Carried:
        versions = (row.cited_seq, row.current_seq)
        span = (*versions, row.section_id, row.start, row.end)
        if span not in self._carried:
            if self._carrier is None or versions != self._versions:  # rows come by document: one is held at a time
                was, became = _only_in(connection, *versions), _only_in(connection, *versions[::-1])
                self._carrier, self._versions = Carrier(was, became), versions
            self._carried[span] = self._carrier.carry(row.section_id, row.start, row.end)
        return self._carried[span]


def _only_in(connection: Connection, document: int, other: int) -> list[Section]:
    """Return the sections of one version that another does not have, in order."""
    of_other = sa.select(document_sections.c.section_id).where(document_sections.c.document == other)
    query = (
        sa.select(sections)
        .join(document_sections, document_sections.c.section_id == sections.c.id)
        .where(document_sections.c.document == document, sections.c.id.not_in(of_other))
        .order_by(document_sections.c.position)
    )
    return [section_of(row) for row in connection.execute(query).mappings()]


def _reworded(row: Row[Any], carried: Carried, moment: datetime) -> Flag:
    stated = f"version {row.version}" if row.version else "the version"
    version = f"{stated} of {row.effective or row.retrieved}"
    place = carried.place.name if carried.place else ""
    why = {
        Fate.CHANGED: f"the cited words of {row.key} read otherwise in {version}: see {place}",
        Fate.MOVED: f"the cited words of {row.key} stand at another place in {version}: see {place}",
        Fate.REMOVED: f"the cited words of {row.key} are no longer there in {version}",
    }[carried.fate]
    reason = _FATES[carried.fate]
    return Flag(row.answer_id, row.n, reason, row.current_id, row.key, row.quote, carried.now, why, moment)


def _doubt(row: Row[Any], moment: datetime) -> Flag:
    reason = Reason(row.integrity)
    why = f"{row.key} is cited, and {_STATES[reason]}" + (f": {row.notice}" if row.notice else "")
    return Flag(row.answer_id, row.n, reason, row.document_id, row.key, row.quote, row.quote, why, moment)


def _of(query: sa.Select[Any], answer_id: str | None) -> sa.Select[Any]:
    return query if answer_id is None else query.where(answer_citations.c.answer_id == answer_id)


def _flagged(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    same = (answer_flags.c.answer_id == answer_citations.c.answer_id, answer_flags.c.n == answer_citations.c.n)
    return sa.exists().where(*same, *conditions)


# Citations of versions that another has taken the place of, whose section the other does not have as it was.
_OVERTAKEN = (
    sa.select(
        answer_citations,
        _cited.c.seq.label("cited_seq"),
        _current.c.seq.label("current_seq"),
        _current.c.id.label("current_id"),
        *(_current.c[name] for name in ("key", "version", "effective", "retrieved")),
    )
    .join(_cited, _cited.c.id == answer_citations.c.document_id)
    .join(_current, sa.and_(_current.c.key == _cited.c.key, _current.c.is_current))
    .where(
        ~_cited.c.is_current,
        ~sa.exists().where(
            document_sections.c.document == _current.c.seq,
            document_sections.c.section_id == answer_citations.c.section_id,
        ),
        ~_flagged(answer_flags.c.document_id == _current.c.id),
    )
    .order_by(_cited.c.seq, answer_citations.c.answer_id, answer_citations.c.n)
)
_DOUBTED = (
    sa.select(answer_citations, publications)
    .join(_cited, _cited.c.id == answer_citations.c.document_id)
    .join(publications, publications.c.key == _cited.c.key)
    .where(
        publications.c.integrity.in_(OF_PUBLICATIONS),
        ~_flagged(
            answer_flags.c.reason == publications.c.integrity,
            answer_flags.c.document_id == answer_citations.c.document_id,
        ),
    )
    .order_by(answer_citations.c.answer_id, answer_citations.c.n)
)
