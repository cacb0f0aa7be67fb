"""How documents leave the store: in batches by key, so that memory stays bounded and no transaction stays open."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, RowMapping

from corpus.document import Document, Integrity, Section, SourceKind
from corpus.editions import of_version
from corpus.passage import SplitDocument
from corpus.records import Version
from corpus.rows import document_of, passage_of, section_of
from corpus.schema import document_sections, documents, passages, publications, sections

BATCH = 32

_WITH_STANDING = sa.select(documents, publications.c.integrity, publications.c.notice).join_from(
    documents, publications, publications.c.key == documents.c.key
)
_SECTIONS = (
    sa.select(document_sections.c.document, sections)
    .join_from(document_sections, sections, sections.c.id == document_sections.c.section_id)
    .order_by(document_sections.c.document, document_sections.c.position)
)


def batches(engine: Engine, where: Sequence[sa.ColumnElement[bool]]) -> Iterator[list[RowMapping]]:
    """Yield rows of documents by key, then by arrival, at most BATCH at a time, each in a transaction of its own."""
    rows: list[RowMapping] = []
    while True:
        with engine.connect() as connection:
            rows = batch(connection, where, after=rows[-1] if rows else None)
        if not rows:
            return
        yield rows


def batch(
    connection: Connection, where: Sequence[sa.ColumnElement[bool]], after: RowMapping | None
) -> list[RowMapping]:
    """Return the first BATCH rows of documents after one of them, or from the start."""
    query = _WITH_STANDING.where(*where).order_by(documents.c.key, documents.c.seq).limit(BATCH)
    if after is not None:
        query = query.where(sa.tuple_(documents.c.key, documents.c.seq) > (after["key"], after["seq"]))
    return list(connection.execute(query).mappings())


def row_of(connection: Connection, name: str) -> RowMapping | None:
    """Return the row of a version id, or of a key's current version."""
    for column in (documents.c.id == name, sa.and_(documents.c.key == name, documents.c.is_current)):
        row = connection.execute(_WITH_STANDING.where(column)).mappings().one_or_none()
        if row is not None:
            return row
    return None


def documents_of(connection: Connection, rows: Sequence[RowMapping]) -> list[Document]:
    """Return the rows' documents, in the rows' order."""
    held: dict[int, list[Section]] = defaultdict(list)
    seqs = [row["seq"] for row in rows]
    for section in connection.execute(_SECTIONS.where(document_sections.c.document.in_(seqs))).mappings():
        held[section["document"]].append(section_of(section))
    return [document_of(row, held[row["seq"]]) for row in rows]


def split_documents_of(connection: Connection, rows: Sequence[RowMapping]) -> list[SplitDocument]:
    """Return the rows' documents with their passages, in the rows' order."""
    found: dict[int, list[RowMapping]] = defaultdict(list)
    query = sa.select(passages).where(passages.c.document.in_([row["seq"] for row in rows]))
    for passage in connection.execute(query.order_by(passages.c.document, passages.c.position)).mappings():
        found[passage["document"]].append(passage)
    split = []
    for row, document in zip(rows, documents_of(connection, rows), strict=True):
        split.append(SplitDocument(document, tuple(passage_of(p, document.sections) for p in found[row["seq"]])))
    return split


def version_of(row: RowMapping) -> Version:
    """Return a row's version without its text."""
    values: dict[str, Any] = {name: row[name] for name in Version.__slots__}
    values["kind"] = SourceKind(row["kind"])
    values["integrity"] = of_version(Integrity(row["integrity"]), row["is_current"])
    return Version(**values)
