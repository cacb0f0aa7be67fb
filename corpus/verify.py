"""A check of all that a store holds against the hashes that it was stored under."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import RowMapping
from sqlalchemy.engine import Connection

from corpus import postgresql, sqlite
from corpus.answers import KeptCitation, citation_problems
from corpus.check import section_problems
from corpus.reading import batch
from corpus.recheck import version_problems
from corpus.rows import section_of, text_hash
from corpus.schema import (
    answer_citations,
    answers,
    documents,
    integrity_changes,
    publications,
    raws,
    sections,
)
from corpus.store import Store

BATCH = 200
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was stored: where it is, and what is wrong."""

    where: str
    what: str


def verify(store: Store, progress: Progress = lambda stage, done, total: None) -> Iterator[Problem]:
    """Yield every problem found; `progress` hears of each stage as (name, done, total)."""
    with store.engine.connect() as connection:
        problems = sqlite.problems if connection.dialect.name == "sqlite" else postgresql.problems
        yield from (Problem("database", what) for what in problems(connection))
        yield from _raws(store, connection, progress)
        yield from _sections(connection, progress)
        yield from _publications(connection)
        yield from _documents(connection, progress)
        yield from _answers(connection, progress)


def _raws(store: Store, connection: Connection, progress: Progress) -> Iterator[Problem]:
    for row in _counted(connection, raws, raws.c.sha256, "raw files", progress):
        what = store.blobs.problem(row["sha256"], row["size"])
        if what:
            yield Problem(f"raw {row['sha256']}", what)


def _sections(connection: Connection, progress: Progress) -> Iterator[Problem]:
    for row in _counted(connection, sections, sections.c.id, "sections", progress):
        try:
            section = section_of(row)
        except (ValueError, TypeError, KeyError) as error:
            yield Problem(f"section {row['id']}", f"cannot be read: {error}")
            continue
        if section.id != row["id"]:
            yield Problem(f"section {row['id']}", f"has changed: what it holds has the hash {section.id}")
        yield from (Problem(f"section {row['id']}", what) for what in section_problems(section))


def _publications(connection: Connection) -> Iterator[Problem]:
    """Yield publications without exactly one current version, or not standing where their history ends."""
    current = sa.select(sa.func.count()).where(documents.c.key == publications.c.key, documents.c.is_current)
    latest = (
        sa.select(integrity_changes.c.became)
        .where(integrity_changes.c.key == publications.c.key)
        .order_by(integrity_changes.c.seq.desc())
        .limit(1)
    )
    query = sa.select(
        publications.c.key,
        publications.c.integrity,
        current.scalar_subquery().label("current"),
        latest.scalar_subquery().label("latest"),
    )
    for row in connection.execute(query):
        if row.current != 1:
            yield Problem(row.key, f"has {row.current} current versions, expected one")
        if row.integrity != row.latest:
            yield Problem(row.key, f"stands as {row.integrity}, its history ends at {row.latest}")


def _documents(connection: Connection, progress: Progress) -> Iterator[Problem]:
    total = _count(connection, documents)
    done = 0
    rows = batch(connection, [], after=None)
    while rows:
        for row in rows:
            yield from (Problem(row["id"], what) for what in version_problems(connection, row))
        done += len(rows)
        progress("documents and passages", done, total)
        rows = batch(connection, [], after=rows[-1])


def _answers(connection: Connection, progress: Progress) -> Iterator[Problem]:
    for row in _counted(connection, answers, answers.c.id, "kept answers", progress):
        label = f"answer {row['id']}"
        if text_hash(row["json"]) != row["json_hash"]:
            yield Problem(label, "has changed: its text is not the one that was kept")
        query = sa.select(answer_citations).where(answer_citations.c.answer_id == row["id"])
        kept = tuple(KeptCitation(*c[1:]) for c in connection.execute(query.order_by(answer_citations.c.n)))
        yield from (Problem(label, what) for what in citation_problems(connection, kept))


def _counted(
    connection: Connection, table: sa.Table, key: sa.Column[str], stage: str, progress: Progress
) -> Iterator[RowMapping]:
    """Yield a table's rows by its key, BATCH at a time, and tell how far it is."""
    total = _count(connection, table)
    done, last = 0, ""
    while done < total or done == 0:
        query = sa.select(table).where(key > last).order_by(key).limit(BATCH)
        rows = list(connection.execute(query).mappings())
        if not rows:
            break
        yield from rows
        last = rows[-1][key.name]
        done += len(rows)
        progress(stage, done, total)


def _count(connection: Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
