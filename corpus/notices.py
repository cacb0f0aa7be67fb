"""What sources have said of publications, held or not: kept, so that one that arrives later stands as was said."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from corpus.document import Document, Integrity
from corpus.editions import raised
from corpus.schema import documents, notices
from corpus.transactions import writing

Names = frozenset[tuple[str, str]]
_AT_ONCE = 500  # identifiers in one statement


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of the publication of one identifier, such as ("doi", "10.1016/…")."""

    name: tuple[str, str]
    state: Integrity
    why: str


def keep(engine: Engine, said: Iterable[Said]) -> None:
    """Keep what was said. The first time that a state was said of an identifier stays; nothing new, nothing written."""
    wanted = {(*_lower(one.name), one.state): one for one in said}
    with engine.connect() as connection:
        for row in _rows(connection, [key[:2] for key in wanted]):
            wanted.pop((row.scheme, row.value, Integrity(row.state)), None)
    if not wanted:
        return
    now = datetime.now(UTC)
    rows = [
        {"scheme": scheme, "value": value, "state": state.value, "why": one.why, "at": now}
        for (scheme, value, state), one in wanted.items()
    ]
    with writing(engine) as connection:
        connection.execute(notices.insert(), rows)


def said_before(connection: Connection, document: Document) -> Said | None:
    """Return the gravest that was said of a document's publication before it came to be held, None where nothing was.

    Where other versions are held, what was said under their identifiers has been heard; it may have been lifted by
    hand since.
    """
    c = documents.c
    others = sa.select(c.key, c.identifiers).where(c.key == document.key, c.id != document.id)
    heard = (_names(row.key, row.identifiers) for row in connection.execute(others))
    return _gravest(connection, _names(document.key, document.identifiers).difference(*heard))


def spoken_of(connection: Connection, arrived: Sequence[Document]) -> set[str]:
    """Return the keys of those of the documents that something was said of."""
    names = {document.key: _names(document.key, document.identifiers) for document in arrived}
    said = {(row.scheme, row.value) for row in _rows(connection, sorted(frozenset().union(*names.values())))}
    return {key for key, own in names.items() if own & said}


def said_since(connection: Connection, key: str, since: datetime) -> Said | None:
    """Return the gravest that was first said of a held publication at or after a moment, None where nothing was."""
    c = documents.c
    current = connection.execute(sa.select(c.identifiers).where(c.key == key, c.is_current)).scalar_one_or_none()
    return _gravest(connection, _names(key, current or ()), since)


def _gravest(connection: Connection, names: Names, since: datetime | None = None) -> Said | None:
    found = None
    for row in _rows(connection, sorted(names)):
        state = Integrity(row.state)
        if (since is None or row.at >= since) and (found is None or raised(found.state, state) is not found.state):
            found = Said((row.scheme, row.value), state, row.why)
    return found


def _rows(connection: Connection, names: Sequence[tuple[str, str]]) -> Iterator[Row[Any]]:
    for start in range(0, len(names), _AT_ONCE):
        values: dict[str, list[str]] = {}
        for scheme, value in names[start : start + _AT_ONCE]:
            values.setdefault(scheme, []).append(value)
        c = notices.c  # one scheme at a time: SQLite looks for pairs in every row
        where = sa.or_(*(sa.and_(c.scheme == scheme, c.value.in_(some)) for scheme, some in values.items()))
        yield from connection.execute(sa.select(notices).where(where).order_by(*notices.primary_key))


def _names(key: str, identifiers: Iterable[Sequence[str]]) -> Names:
    """Return every identifier of a publication: those that its document states, and the one in its key."""
    scheme, _, value = key.partition(":")
    return frozenset(_lower((one[0], one[1])) for one in [*identifiers, (scheme, value)])


def _lower(name: tuple[str, str]) -> tuple[str, str]:
    return name[0], name[1].lower()
