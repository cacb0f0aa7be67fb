"""How versions that the store does not hold are put into its tables: a statement a table, however many they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.records import Arrival, Origin
from corpus.rows import document_row, passage_row, passages_hash, section_row
from corpus.schema import document_sections, documents, passages, raws, retrievals, sections

Rows = Sequence[dict[str, Any]]
_AT_ONCE = 500  # ids in one statement


def insert(connection: Connection, arrivals: Sequence[Arrival], *, is_current: bool) -> None:
    """Insert versions that are not held, each once, with their sections, passages and where they came from."""
    _insert_missing(connection, raws.c.sha256, (_raw_row(arrival.origin) for arrival in arrivals))
    cut = [[passage_row(passage) for passage in arrival.passages] for arrival in arrivals]
    rows = [_document_row(one, own, is_current=is_current) for one, own in zip(arrivals, cut, strict=True)]
    query = documents.insert().returning(documents.c.seq, sort_by_parameter_order=True)
    seqs = connection.execute(query, rows).scalars().all()
    held = [[section_row(section) for section in arrival.document.sections] for arrival in arrivals]
    _insert_missing(connection, sections.c.id, (row for own in held for row in own))
    places = [
        {"document": seq, "position": n, "section_id": section["id"]}
        for seq, own in zip(seqs, held, strict=True)
        for n, section in enumerate(own)
    ]
    if places:
        connection.execute(document_sections.insert(), places)
    put_passages(connection, dict(zip(seqs, cut, strict=True)))
    found = [_retrieval(seq, arrival.origin) for seq, arrival in zip(seqs, arrivals, strict=True)]
    connection.execute(retrievals.insert(), found)


def put_passages(connection: Connection, cut: Mapping[int, Rows]) -> None:
    """Insert the passages of versions that have none, by the versions' numbers."""
    places = [row | {"document": seq, "position": n} for seq, rows in cut.items() for n, row in enumerate(rows)]
    if places:
        connection.execute(passages.insert(), places)


def link(connection: Connection, document: int, origin: Origin) -> None:
    """Remember that these bytes under this name hold a version that is held; the first day of it stays."""
    c = retrievals.c
    same = sa.and_(c.document == document, c.raw_sha256 == origin.raw_sha256, c.name == origin.name)
    if connection.execute(sa.select(c.document).where(same)).first() is None:
        _insert_missing(connection, raws.c.sha256, [_raw_row(origin)])
        connection.execute(retrievals.insert(), _retrieval(document, origin))


def _insert_missing(connection: Connection, id_column: sa.Column[str], rows: Iterable[dict[str, Any]]) -> None:
    """Insert the rows whose id is not held yet, each id once."""
    by_id = {row[id_column.name]: row for row in rows}
    for some in _in_parts(list(by_id)):
        for known in connection.execute(sa.select(id_column).where(id_column.in_(some))).scalars():
            del by_id[known]
    if by_id:
        connection.execute(id_column.table.insert(), list(by_id.values()))


def _in_parts(ids: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while part := list(islice(rest, _AT_ONCE)):
        yield part


def _document_row(arrival: Arrival, cut: Rows, *, is_current: bool) -> dict[str, Any]:
    return document_row(arrival.document) | {
        "raw_sha256": arrival.origin.raw_sha256,
        "retrieved": arrival.origin.retrieved,
        "added": datetime.now(UTC),
        "is_current": is_current,
        "splitter": arrival.splitter,
        "passages_hash": passages_hash(cut),
    }


def _raw_row(origin: Origin) -> dict[str, Any]:
    return {"sha256": origin.raw_sha256, "size": origin.size}


def _retrieval(document: int, origin: Origin) -> dict[str, Any]:
    row = {"document": document, "raw_sha256": origin.raw_sha256, "name": origin.name}
    return row | {"address": origin.address, "retrieved": origin.retrieved}
