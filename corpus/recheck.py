"""What is wrong with one stored version: asked of the rows themselves, since the text is sliced from them."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy import RowMapping
from sqlalchemy.engine import Connection

from corpus.check import document_problems, passage_problems
from corpus.document import Section
from corpus.reading import split_documents_of
from corpus.rows import Row, passages_hash, text_hash
from corpus.schema import document_sections, passages


def version_problems(connection: Connection, row: RowMapping) -> Iterator[str]:
    """Yield what is wrong with the version of a row of `documents`, its sections' order and its passages."""
    yield from _order_problems(connection, row["seq"])
    try:
        split = split_documents_of(connection, [row])[0]
    except (ValueError, TypeError, KeyError, IndexError) as error:
        yield f"cannot be read: {type(error).__name__}: {error}"
        return
    document = split.document
    if document.id != row["id"] or document.content_hash != row["content_hash"]:
        yield f"has changed: what it holds has the hash {document.content_hash}"
    yield from document_problems(document)
    yield from passage_problems(document, split.passages)
    query = sa.select(passages).where(passages.c.document == row["seq"]).order_by(passages.c.position)
    stored = list(connection.execute(query).mappings())
    for held in stored:
        yield from _slice_problems(document.sections, held)
    if passages_hash(stored) != row["passages_hash"]:
        yield f"its passages have changed: expected hash {row['passages_hash']}, found {passages_hash(stored)}"


def _order_problems(connection: Connection, document: int) -> Iterator[str]:
    query = sa.select(document_sections.c.position).where(document_sections.c.document == document)
    positions = list(connection.execute(query.order_by(document_sections.c.position)).scalars())
    if positions != list(range(len(positions))):
        yield f"its sections are numbered {positions}, expected 0 to {len(positions) - 1}: some are missing"


def _slice_problems(held: Sequence[Section], passage: Row) -> Iterator[str]:
    text = held[passage["section"]].text[passage["start"] : passage["end"]]
    if text_hash(text) != passage["text_hash"]:
        yield f"passage {passage['id']} was stored with other characters than its section has there now: {text[:60]!r}"
