"""How a document enters the store: one function a step, each inside the transaction it is handed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from corpus.document import Document, Integrity
from corpus.editions import Edition, is_newer, raised, reported_by_older, succeeded
from corpus.notices import said_before
from corpus.passage import Passage
from corpus.records import Added, Origin, Outcome
from corpus.rows import document_row, passage_row, passages_hash, section_row
from corpus.schema import (
    document_sections,
    documents,
    integrity_changes,
    passages,
    publications,
    raws,
    retrievals,
    sections,
)


def add(
    connection: Connection,
    document: Document,
    origin: Origin,
    split: Sequence[Passage],
    splitter: str,
    replaces: str | None = None,
) -> Added:
    """Store one version, or find it stored; see `Store.add`."""
    held = connection.execute(sa.select(documents).where(documents.c.id == document.id)).one_or_none()
    current = connection.execute(
        sa.select(documents).where(documents.c.key == document.key, documents.c.is_current)
    ).one_or_none()
    if held is not None:
        goes_back = not held.is_current and current is not None and current.id == replaces
        meet = _go_back if goes_back else _meet_again
        return meet(connection, document, held, origin, split, splitter)
    if current is None:
        outcome, note = Outcome.NEW, ""
        connection.execute(publications.insert(), _standing(document.key, document.integrity, document.notice))
        _record(connection, document.key, None, document.integrity, document.notice)
    elif current.id == replaces or is_newer(
        Edition.of(document, origin.retrieved, origin.raw_sha256),
        _edition(connection, current),
        elsewhere=replaces is not None,
    ):
        outcome, note = Outcome.NEW_VERSION, f"takes the place of {current.id}"
        _succeed(connection, document)
    else:
        outcome, note = Outcome.OLDER_VERSION, f"kept, but {current.id} stays current"
        standing = standing_of(connection, document.key)
        _settle(connection, document, standing, reported_by_older(standing, document.integrity))
    _insert(connection, document, origin, split, splitter, is_current=outcome is not Outcome.OLDER_VERSION)
    if outcome is not Outcome.OLDER_VERSION:
        note = "; ".join(filter(None, (note, _heed(connection, document))))
    return Added(document.id, outcome, note)


def set_passages(connection: Connection, document: int, split: Sequence[Passage], splitter: str) -> None:
    """Put these passages in the place of the version's present ones."""
    connection.execute(passages.delete().where(passages.c.document == document))
    rows = [passage_row(passage) for passage in split]
    _put_passages(connection, document, rows)
    values = {"splitter": splitter, "passages_hash": passages_hash(rows)}
    connection.execute(documents.update().where(documents.c.seq == document).values(values))


def standing_of(connection: Connection, key: str) -> Integrity:
    """Return where a publication stands."""
    return Integrity(
        connection.execute(sa.select(publications.c.integrity).where(publications.c.key == key)).scalar_one()
    )


def change_standing(connection: Connection, key: str, was: Integrity, became: Integrity, why: str) -> None:
    """Set where a publication stands, and write the change into its history."""
    connection.execute(publications.update().where(publications.c.key == key).values(integrity=became, notice=why))
    _record(connection, key, was, became, why)


def _meet_again(
    connection: Connection, document: Document, held: Row[Any], origin: Origin, split: Sequence[Passage], splitter: str
) -> Added:
    _link(connection, held.seq, origin)
    if held.splitter != splitter:
        set_passages(connection, held.seq, split, splitter)
    standing = standing_of(connection, document.key)
    meet = raised if held.is_current else reported_by_older
    if _settle(connection, document, standing, meet(standing, document.integrity)):
        return Added(held.id, Outcome.NEW_STATE, f"the publication was {standing}, now {document.integrity}")
    if not held.is_current:
        return Added(held.id, Outcome.UNCHANGED, "an older version that is already kept; a newer one stays current")
    return Added(held.id, Outcome.UNCHANGED)


def _go_back(
    connection: Connection, document: Document, held: Row[Any], origin: Origin, split: Sequence[Passage], splitter: str
) -> Added:
    """Make a version that is held current again: its source has gone back to it."""
    _link(connection, held.seq, origin)
    if held.splitter != splitter:
        set_passages(connection, held.seq, split, splitter)
    _succeed(connection, document)
    connection.execute(documents.update().where(documents.c.seq == held.seq).values(is_current=True))
    return Added(held.id, Outcome.NEW_VERSION, "an older version that is kept is current again: its source went back")


def _succeed(connection: Connection, document: Document) -> None:
    """Make room for the document as the current version of its publication, which comes to stand as it says."""
    same = sa.and_(documents.c.key == document.key, documents.c.is_current)
    connection.execute(documents.update().where(same).values(is_current=False))
    standing = standing_of(connection, document.key)
    _settle(connection, document, standing, succeeded(standing, document.integrity))


def _settle(connection: Connection, document: Document, standing: Integrity, became: Integrity) -> bool:
    """Return whether the arrival changed where the publication stands."""
    if became is standing:
        return False
    change_standing(connection, document.key, standing, became, document.notice)
    return True


def _heed(connection: Connection, document: Document) -> str:
    """Let a publication stand as was said of it before it was held; return what a person should know of that."""
    said, standing = said_before(connection, document), standing_of(connection, document.key)
    if said is None or raised(standing, said.state) is standing:
        return ""
    change_standing(connection, document.key, standing, said.state, said.why)
    return f"it stands as {said.state}: {said.why}"


def _insert(
    connection: Connection,
    document: Document,
    origin: Origin,
    split: Sequence[Passage],
    splitter: str,
    *,
    is_current: bool,
) -> None:
    _insert_missing(connection, raws.c.sha256, [{"sha256": origin.raw_sha256, "size": origin.size}])
    cut = [passage_row(passage) for passage in split]
    row = document_row(document) | {
        "raw_sha256": origin.raw_sha256,
        "retrieved": origin.retrieved,
        "added": datetime.now(UTC),
        "is_current": is_current,
        "splitter": splitter,
        "passages_hash": passages_hash(cut),
    }
    inserted = connection.execute(documents.insert().returning(documents.c.seq), row)
    seq = inserted.scalar_one()
    held = [section_row(section) for section in document.sections]
    _insert_missing(connection, sections.c.id, held)
    if held:
        places = [{"document": seq, "position": n, "section_id": section["id"]} for n, section in enumerate(held)]
        connection.execute(document_sections.insert(), places)
    _put_passages(connection, seq, cut)
    _put_retrieval(connection, seq, origin)


def _put_passages(connection: Connection, document: int, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the passages of a version that has none."""
    if rows:
        places = [row | {"document": document, "position": n} for n, row in enumerate(rows)]
        connection.execute(passages.insert(), places)


def _put_retrieval(connection: Connection, document: int, origin: Origin) -> None:
    """Remember that these bytes, which are kept already, hold the version."""
    row = {"document": document, "raw_sha256": origin.raw_sha256, "name": origin.name}
    connection.execute(retrievals.insert(), row | {"address": origin.address, "retrieved": origin.retrieved})


def _link(connection: Connection, document: int, origin: Origin) -> None:
    """Remember that these bytes under this name hold the version; the first day of it stays."""
    c = retrievals.c
    same = sa.and_(c.document == document, c.raw_sha256 == origin.raw_sha256, c.name == origin.name)
    if connection.execute(sa.select(c.document).where(same)).first() is None:
        _insert_missing(connection, raws.c.sha256, [{"sha256": origin.raw_sha256, "size": origin.size}])
        _put_retrieval(connection, document, origin)


def _insert_missing(connection: Connection, id_column: sa.Column[str], rows: list[dict[str, Any]]) -> None:
    """Insert the rows whose id is not held yet, each id once."""
    by_id = {row[id_column.name]: row for row in rows}
    held = connection.execute(sa.select(id_column).where(id_column.in_(by_id))).scalars()
    for known in held.all():
        del by_id[known]
    if by_id:
        connection.execute(id_column.table.insert(), list(by_id.values()))


def _edition(connection: Connection, row: Row[Any]) -> Edition:
    held = document_sections.join(sections, sections.c.id == document_sections.c.section_id)
    length = sa.select(sa.func.coalesce(sa.func.sum(sa.func.length(sections.c.text)), 0)).select_from(held)
    characters = connection.execute(length.where(document_sections.c.document == row.seq)).scalar_one()
    return Edition(row.version, row.effective, bool(row.digest_of), row.retrieved, row.raw_sha256, characters)


def _standing(key: str, integrity: Integrity, notice: str) -> dict[str, str]:
    return {"key": key, "integrity": integrity.value, "notice": notice}


def _record(connection: Connection, key: str, was: Integrity | None, became: Integrity, why: str) -> None:
    row = {"key": key, "at": datetime.now(UTC), "was": was and was.value, "became": became.value, "why": why}
    connection.execute(integrity_changes.insert(), row)
