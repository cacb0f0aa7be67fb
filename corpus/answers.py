"""Kept answers: each whole, as it was given, with the spans that it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from corpus.errors import Inconsistent, NotFound
from corpus.rows import text_hash
from corpus.schema import answer_citations, answers, document_sections, documents, sections


@dataclass(frozen=True, slots=True)
class KeptCitation:
    """One citation of a kept answer: characters [start, end) of a section of a document's version."""

    n: int
    document_id: str
    section_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was given: `json` is the whole of it, `hash` what an approval is bound to."""

    id: str
    hash: str
    snapshot: str
    created: datetime
    question: str
    status: str
    json: str
    citations: tuple[KeptCitation, ...]
    conflicts: int = 0
    """In how many matters its sources disagree."""


def keep(connection: Connection, answer: KeptAnswer) -> None:
    """Store an answer; the same one twice is kept once.

    Raises Inconsistent for another answer under a kept id, and for a citation whose quote is
    not the stored characters.
    """
    held = connection.execute(sa.select(answers.c.json_hash).where(answers.c.id == answer.id)).scalar_one_or_none()
    if held is not None:
        if held != text_hash(answer.json):
            raise Inconsistent(f"another answer is kept under the id {answer.id}: a kept answer is never changed")
        return
    for problem in citation_problems(connection, answer.citations):
        raise Inconsistent(f"the answer to {answer.question[:80]!r} cannot be kept: {problem}")
    row = {
        name: getattr(answer, name) for name in ("id", "hash", "snapshot", "question", "status", "json", "conflicts")
    }
    row |= {"created": answer.created, "json_hash": text_hash(answer.json)}
    connection.execute(answers.insert(), row)
    if answer.citations:
        connection.execute(answer_citations.insert(), [_citation_row(answer.id, c) for c in answer.citations])


def one(connection: Connection, answer_id: str) -> KeptAnswer:
    """Return a kept answer. Raises NotFound."""
    query = sa.select(answers).where(answers.c.id == answer_id)
    # An id comes out of an address; PostgreSQL takes no NUL, not even to compare with.
    row = connection.execute(query).one_or_none() if answer_id.isprintable() else None
    if row is None:
        raise NotFound(f"no answer is kept under the id {answer_id!r}")
    return _answer(connection, row)


def newest(connection: Connection, limit: int, before: datetime | None = None) -> Iterator[KeptAnswer]:
    """Yield at most `limit` answers made before a moment, the latest first."""
    query = sa.select(answers).order_by(answers.c.created.desc(), answers.c.id).limit(limit)
    if before is not None:
        query = query.where(answers.c.created < before)
    for row in connection.execute(query).all():
        yield _answer(connection, row)


def citation_problems(connection: Connection, citations: tuple[KeptCitation, ...]) -> Iterator[str]:
    """Yield each citation that does not lead to its own quote in a section of its own document."""
    wanted = {citation.section_id for citation in citations}
    texts = {row.id: row.text for row in connection.execute(_texts(wanted))} if wanted else {}
    places = {(row.id, row.section_id) for row in connection.execute(_places(wanted))} if wanted else set()
    for c in citations:
        label = f"citation {c.n} of {c.document_id}"
        if (c.document_id, c.section_id) not in places:
            yield f"{label} names section {c.section_id}, which that version does not have"
        elif texts[c.section_id][c.start : c.end] != c.quote or not 0 <= c.start < c.end:
            found = texts[c.section_id][max(c.start, 0) : max(c.end, 0)]
            yield f"{label} quotes {c.quote[:60]!r}, its characters {c.start} to {c.end} are {found[:60]!r}"


def _texts(section_ids: set[str]) -> sa.Select[str, str]:
    return sa.select(sections.c.id, sections.c.text).where(sections.c.id.in_(section_ids))


def _places(section_ids: set[str]) -> sa.Select[str, str]:
    joined = document_sections.join(documents, documents.c.seq == document_sections.c.document)
    columns = sa.select(documents.c.id, document_sections.c.section_id).select_from(joined)
    return columns.where(document_sections.c.section_id.in_(section_ids))


def _citation_row(answer_id: str, citation: KeptCitation) -> dict[str, Any]:
    names = ("n", "document_id", "section_id", "start", "end", "quote")
    return {"answer_id": answer_id} | {name: getattr(citation, name) for name in names}


def _answer(connection: Connection, row: Row[Any]) -> KeptAnswer:
    query = sa.select(answer_citations).where(answer_citations.c.answer_id == row.id).order_by(answer_citations.c.n)
    citations = tuple(KeptCitation(*(c[1:])) for c in connection.execute(query))
    whole = (row.id, row.hash, row.snapshot, row.created, row.question, row.status, row.json)
    return KeptAnswer(*whole, citations, row.conflicts)
