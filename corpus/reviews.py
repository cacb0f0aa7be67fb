"""The review of kept answers as rows: what was done to each, which version followed which, what they cite today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.document import Integrity
from corpus.errors import Overtaken
from corpus.schema import answer_citations, answer_versions, documents, publications, review_events, sections


@dataclass(frozen=True, slots=True)
class Event:
    """What somebody did to an answer, the `step`-th from 1: `hash` is what they saw, `data` what they said."""

    answer_id: str
    step: int
    at: datetime
    who: str
    kind: str
    hash: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Version:
    """An answer that took the place of another: `how` it was made, by whom, the `number`-th of its line from 2.

    `composed` is the answer that the text began as before it was edited: itself, where it was composed anew.
    """

    answer_id: str
    previous: str
    composed: str
    number: int
    at: datetime
    who: str
    how: str


@dataclass(frozen=True, slots=True)
class CitedNow:
    """What is held at a citation's place today: the characters there, and where the publication stands."""

    n: int
    document_id: str
    section_id: str
    start: int
    end: int
    characters: str
    integrity: Integrity


def append(connection: Connection, event: Event) -> None:
    """Store the next step of an answer's review. Raises Overtaken where another is the last step by now."""
    last = len(events(connection, event.answer_id))
    if event.step != last + 1:
        raise Overtaken(f"the review of {event.answer_id} is at step {last}, and not at {event.step - 1}")
    names = ("answer_id", "step", "at", "who", "kind", "hash", "data")
    connection.execute(review_events.insert(), {name: getattr(event, name) for name in names})


def events(connection: Connection, answer_id: str) -> tuple[Event, ...]:
    """Return what was done to an answer, the first step first."""
    return events_of(connection, [answer_id])[answer_id]


def events_on(connection: Connection, answer_id: str, hash: str) -> tuple[Event, ...]:
    """Return what was done to an answer or to another that was the very same, by its hash; in order of time."""
    mine = sa.or_(review_events.c.answer_id == answer_id, review_events.c.hash == hash)
    order = (review_events.c.at, review_events.c.answer_id, review_events.c.step)
    return tuple(Event(*row) for row in connection.execute(sa.select(review_events).where(mine).order_by(*order)))


def events_of(connection: Connection, answer_ids: Iterable[str]) -> dict[str, tuple[Event, ...]]:
    """Return what was done to each of some answers."""
    wanted = list(answer_ids)
    query = sa.select(review_events).where(review_events.c.answer_id.in_(wanted)).order_by(review_events.c.step)
    found: dict[str, list[Event]] = {answer_id: [] for answer_id in wanted}
    for row in connection.execute(query):
        found[row.answer_id].append(Event(*row))
    return {answer_id: tuple(steps) for answer_id, steps in found.items()}


def link(connection: Connection, version: Version) -> None:
    """Store that one answer takes the place of another. Raises Overtaken where one has already."""
    if successor(connection, version.previous) is not None:
        raise Overtaken(f"another version has taken the place of {version.previous} already")
    names = ("answer_id", "previous", "composed", "number", "at", "who", "how")
    connection.execute(answer_versions.insert(), {name: getattr(version, name) for name in names})


def version(connection: Connection, answer_id: str) -> Version | None:
    """Return how an answer came to take another's place, None for a first version."""
    row = connection.execute(sa.select(answer_versions).where(answer_versions.c.answer_id == answer_id)).one_or_none()
    return None if row is None else Version(*row)


def successor(connection: Connection, answer_id: str) -> str | None:
    """Return the answer that took this one's place, None where none has."""
    query = sa.select(answer_versions.c.answer_id).where(answer_versions.c.previous == answer_id)
    return connection.execute(query).scalar_one_or_none()


def line(connection: Connection, answer_id: str) -> tuple[Version, ...]:
    """Return how an answer came about, from itself back to the second version of its line."""
    found = []
    here = version(connection, answer_id)
    while here is not None:
        found.append(here)
        here = version(connection, here.previous)
    return tuple(found)


def cited_now(connection: Connection, answer_id: str) -> tuple[CitedNow, ...]:
    """Return what is held today at each citation's place, by number: the section's own characters, not the quote."""
    cited = answer_citations.c
    characters = sa.func.substr(sections.c.text, cited.start + 1, cited.end - cited.start)
    query = (
        sa.select(
            cited.n, cited.document_id, cited.section_id, cited.start, cited.end, characters, publications.c.integrity
        )
        .join_from(answer_citations, sections, sections.c.id == cited.section_id)
        .join(documents, documents.c.id == cited.document_id)
        .join(publications, publications.c.key == documents.c.key)
        .where(cited.answer_id == answer_id)
        .order_by(cited.n)
    )
    return tuple(CitedNow(*row[:6], Integrity(row[6])) for row in connection.execute(query))
