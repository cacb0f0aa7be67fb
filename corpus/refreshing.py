"""What sources gave last and how refreshes went: rows that a refresh compares with, and its history."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from corpus.errors import NotFound
from corpus.schema import documents, integrity_changes, refresh_runs, source_items

_AT_ONCE = 500  # items in one statement


class ItemState(StrEnum):
    """What became of an item of a source."""

    PRESENT = "present"
    GONE = "gone"  # the source has confirmed that it is withdrawn
    UNREAD = "unread"  # there is nothing to read: its licence does not allow it, or it only tells of others
    UNLISTED = "unlisted"  # it is listed no more, and not withdrawn: what is held of it stays


class RunState(StrEnum):
    """How a run of a refresh stands."""

    RUNNING = "running"
    DONE = "done"
    PARTLY = "partly"  # a source was stopped, the others are done
    FAILED = "failed"
    INTERRUPTED = "interrupted"  # never noted: how one that is noted as running is shown where nothing runs


@dataclass(frozen=True, slots=True)
class SourceItem:
    """One item as a source gave it last; `documents` are the version ids that were made of it."""

    revision: str
    state: ItemState
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a refresh; `report` is its report as JSON-ready values, empty until its turn comes."""

    id: str
    collection: str
    cause: str
    started: datetime
    ended: datetime | None
    state: RunState
    report: Mapping[str, Any]

    @property
    def has_begun(self) -> bool:
        """Return whether the run got its turn; one that has not only waits for it."""
        return self.state is not RunState.RUNNING or "answers" in self.report


@dataclass(frozen=True, slots=True)
class StandingChange:
    """A publication that came to stand elsewhere."""

    key: str
    title: str
    was: str
    became: str
    why: str


def items_of(connection: Connection, collection: str, source: str) -> dict[str, SourceItem]:
    """Return what a source gave last for a collection, by item."""
    c = source_items.c
    where = sa.and_(c.collection == collection, c.source == source)
    rows = connection.execute(sa.select(c.item, c.revision, c.state, c.documents).where(where))
    return {row.item: SourceItem(row.revision, ItemState(row.state), tuple(row.documents)) for row in rows}


def put_item(connection: Connection, collection: str, source: str, item: str, now: SourceItem) -> None:
    """Write what a source gave; call it only where that differs from what is written."""
    c = source_items.c
    same = sa.and_(c.collection == collection, c.source == source, c.item == item)
    values = {
        "revision": now.revision,
        "state": now.state.value,
        "documents": list(now.documents),
        "changed": datetime.now(UTC),
    }
    if connection.execute(source_items.update().where(same).values(values)).rowcount == 0:
        connection.execute(source_items.insert(), {"collection": collection, "source": source, "item": item} | values)


def gone_everywhere(connection: Connection, source: str, items: Sequence[str]) -> None:
    """Note, for every collection, that a source has withdrawn the items: what is gone from it is gone for all."""
    c = source_items.c
    for start in range(0, len(items), _AT_ONCE):
        some = sa.and_(c.source == source, c.item.in_(items[start : start + _AT_ONCE]), c.state != ItemState.GONE.value)
        values = {"state": ItemState.GONE.value, "changed": datetime.now(UTC)}
        connection.execute(source_items.update().where(some).values(values))


def keys_present(connection: Connection) -> set[str]:
    """Return the key of every publication that some source still has, as far as none has confirmed it as gone."""
    rows = connection.execute(sa.select(source_items.c.documents).where(source_items.c.state != ItemState.GONE))
    return {str(name).rpartition("@")[0] for names in rows.scalars() for name in names}


def begin_run(connection: Connection, collection: str, cause: str, run_id: str = "") -> Run:
    """Return a run that has begun; whoever begins one holds the lock of refreshes."""
    run = Run(run_id or secrets.token_hex(8), collection, cause, datetime.now(UTC), None, RunState.RUNNING, {})
    row = {"id": run.id, "collection": collection, "cause": cause, "started": run.started, "ended": None}
    connection.execute(refresh_runs.insert(), row | {"state": run.state.value, "report": {}})
    return run


def note_answers(connection: Connection, run_id: str, answers: str) -> None:
    """Write down, while a run runs, the run under whose name its servers' answers are kept."""
    mine = refresh_runs.update().where(refresh_runs.c.id == run_id)
    connection.execute(mine.values(report={"answers": answers}))


def note_why(connection: Connection, one: Run, why: str) -> None:
    """Write down why a run was interrupted: it stays as it is, for the next one to go on with."""
    mine = refresh_runs.update().where(refresh_runs.c.id == one.id)
    connection.execute(mine.values(report={**one.report, "why": why}))


def end_run(connection: Connection, run_id: str, state: RunState, report: Mapping[str, Any]) -> None:
    """Write how a run ended."""
    values = {"ended": datetime.now(UTC), "state": state.value, "report": dict(report)}
    connection.execute(refresh_runs.update().where(refresh_runs.c.id == run_id).values(values))


def runs(connection: Connection, limit: int = 50, collection: str | None = None) -> tuple[Run, ...]:
    """Return the latest runs, the newest first."""
    query = sa.select(refresh_runs).order_by(refresh_runs.c.started.desc(), refresh_runs.c.id).limit(limit)
    if collection is not None:
        query = query.where(refresh_runs.c.collection == collection)
    return tuple(map(_run, connection.execute(query)))


def run(connection: Connection, run_id: str) -> Run:
    """Return one run. Raises NotFound."""
    row = connection.execute(sa.select(refresh_runs).where(refresh_runs.c.id == run_id)).one_or_none()
    if row is None:
        raise NotFound(f"no refresh {run_id!r} is known: `curbside refresh --history` lists them")
    return _run(row)


def standings_since(connection: Connection, since: datetime) -> tuple[StandingChange, ...]:
    """Return the publications whose standing changed at or after a moment, each change, the first one first."""
    c = integrity_changes.c
    current = sa.select(documents.c.key, documents.c.title).where(documents.c.is_current).subquery()
    query = (
        sa.select(c.key, current.c.title, c.was, c.became, c.why)
        .join_from(integrity_changes, current, current.c.key == c.key, isouter=True)
        .where(c.at >= since, c.was.is_not(None))
        .order_by(c.seq)
    )
    return tuple(StandingChange(r.key, r.title or "", r.was, r.became, r.why) for r in connection.execute(query))


def keys_by_identifier(connection: Connection, schemes: Iterable[str]) -> dict[tuple[str, str], set[str]]:
    """Return the keys of current documents by identifier, such as ("pmid", "27641143"); a DOI in lower case."""
    wanted, found = frozenset(schemes), dict[tuple[str, str], set[str]]()
    query = sa.select(documents.c.key, documents.c.identifiers).where(documents.c.is_current)
    for row in connection.execute(query):
        scheme, _, value = row.key.partition(":")
        for name, said in [*row.identifiers, (scheme, value)]:
            if name in wanted:
                found.setdefault((name, said.lower()), set()).add(row.key)
    return found


def papers_held(connection: Connection) -> tuple[frozenset[str], frozenset[str]]:
    """Return the PMIDs of current documents, and the DOIs, in lower case, of those that are held without a PMID."""
    held = keys_by_identifier(connection, ("pmid", "doi"))
    pmids = {value: keys for (scheme, value), keys in held.items() if scheme == "pmid"}
    numbered = set().union(*pmids.values())
    dois = (value for (scheme, value), keys in held.items() if scheme == "doi" and not keys <= numbered)
    return frozenset(pmids), frozenset(dois)


def _run(row: Row[Any]) -> Run:
    return Run(row.id, row.collection, row.cause, row.started, row.ended, RunState(row.state), row.report)
