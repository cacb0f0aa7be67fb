"""What is held, as a reader looks through it: current versions by kind and words, and which answers cite them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.document import Integrity, SourceKind
from corpus.schema import answer_citations, answers, documents, publications


@dataclass(frozen=True, slots=True)
class Holding:
    """The current version of one publication, and how many of its versions are held."""

    key: str
    kind: SourceKind
    title: str
    body: str
    effective: str
    year: int | None
    version: str
    retrieved: date
    licence: str
    integrity: Integrity
    versions: int


@dataclass(frozen=True, slots=True)
class KindHeld:
    """One kind of source: how many publications and versions are held, and when they were retrieved."""

    kind: SourceKind
    publications: int
    versions: int
    oldest: date
    newest: date


@dataclass(frozen=True, slots=True)
class Citing:
    """A kept answer that cites a publication."""

    answer_id: str
    question: str


def kinds_held(connection: Connection) -> tuple[KindHeld, ...]:
    """Return what is held of each kind there is anything of; dates are of current versions."""
    current = sa.func.sum(sa.case((documents.c.is_current, 1), else_=0))
    retrieved = sa.case((documents.c.is_current, documents.c.retrieved))
    query = sa.select(
        documents.c.kind, current, sa.func.count(), sa.func.min(retrieved), sa.func.max(retrieved)
    ).group_by(documents.c.kind)
    found = {SourceKind(row[0]): row for row in connection.execute(query)}
    return tuple(
        KindHeld(kind, int(found[kind][1]), int(found[kind][2]), found[kind][3], found[kind][4])
        for kind in SourceKind
        if kind in found
    )


def count(connection: Connection, kind: SourceKind | None = None, words: str = "") -> int:
    """Return how many publications fit, as `holdings` reads them."""
    query = sa.select(sa.func.count()).select_from(documents).where(*_wanted(kind, words))
    return int(connection.execute(query).scalar_one())


def holdings(
    connection: Connection, kind: SourceKind | None = None, words: str = "", *, limit: int, offset: int = 0
) -> Iterator[Holding]:
    """Yield publications by title; each of the words is in the title, drugs, brands, publisher or key of one."""
    d = documents.c
    other = documents.alias("other")
    versions = sa.select(sa.func.count()).where(other.c.key == d.key).correlate(documents).scalar_subquery()
    columns = (d.key, d.kind, d.title, d.body, d.effective, d.year, d.version, d.retrieved, d.licence)
    query = (
        sa.select(*columns, publications.c.integrity, versions)
        .join_from(documents, publications, publications.c.key == d.key)
        .where(*_wanted(kind, words))
        .order_by(sa.func.lower(d.title), d.key)
        .limit(limit)
        .offset(offset)
    )
    for row in connection.execute(query):
        yield Holding(row[0], SourceKind(row[1]), *row[2:9], Integrity(row[9]), int(row[10]))


def citing(connection: Connection, key: str, limit: int) -> tuple[int, tuple[Citing, ...]]:
    """Return how many kept answers cite any version of a publication, and the latest of them."""
    cites = (
        sa.select(answer_citations.c.answer_id)
        .join(documents, documents.c.id == answer_citations.c.document_id)
        .where(documents.c.key == key)
        .distinct()
    )
    total = connection.execute(sa.select(sa.func.count()).select_from(cites.subquery())).scalar_one()
    query = sa.select(answers.c.id, answers.c.question).where(answers.c.id.in_(cites))
    rows = connection.execute(query.order_by(answers.c.created.desc(), answers.c.id).limit(limit))
    return int(total), tuple(Citing(*row) for row in rows)


def _wanted(kind: SourceKind | None, words: str) -> Iterator[sa.ColumnElement[bool]]:
    d = documents.c
    yield d.is_current
    if kind is not None:
        yield d.kind == kind.value
    texts = (d.title, d.body, d.key, sa.cast(d.drugs, sa.Text), sa.cast(d.brands, sa.Text))
    for word in words.lower().split():
        yield sa.or_(*(sa.func.lower(text).contains(word, autoescape=True) for text in texts))
