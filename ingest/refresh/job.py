"""A refresh: plan, fetch, store, withdraw, publish once, flag answers; a run that was killed is gone on with."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from corpus.errors import CurbsideError
from corpus.flags import flags_since
from corpus.refreshing import (
    ItemState,
    Run,
    RunState,
    begin_run,
    end_run,
    items_of,
    note_answers,
    papers_held,
    runs,
    standings_since,
)
from corpus.stale import flag_stale
from corpus.store import Store
from ingest.connectors.base import Asked, Known, Services, Source, sources
from ingest.fetching.client import Client, Patience
from ingest.fetching.kept import KeptAnswers
from ingest.fetching.pace import Pace
from ingest.pipeline import Read
from ingest.readers.base import read_any
from ingest.refresh.apply import Applying, apply, check
from ingest.refresh.changes import changes_since
from ingest.refresh.notices import apply_notices
from ingest.refresh.noting import Noting
from ingest.refresh.plan import SourcePlan, plan_source
from ingest.refresh.reading import Reading
from ingest.refresh.report import FlaggedAnswer, RefreshReport
from ingest.splitter import Splitter

FOLDER = "refresh"
# A run that was killed is gone on with for so long; then what it had fetched is too old to be taken for the present.
RESUME_WITHIN = timedelta(hours=24)
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Published:
    """The snapshot that is served now, and how many texts were encoded for it."""

    snapshot: str
    encoded: int


class Followed(Protocol):
    """A collection, as far as a refresh needs it."""

    @property
    def name(self) -> str:
        """Return its name."""

    @property
    def follow(self) -> dict[str, Asked]:
        """Return what it asks of each source, by the connector's name."""

    @property
    def folder(self) -> Path:
        """Return the folder of its file."""

    @property
    def max_shrink(self) -> float:
        """Return the share of a source's items that may be missing before it is taken for broken, 0..1."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a run is to be done. `only` names sources, none means all; `run_id` is given where someone waits for it."""

    only: frozenset[str] = frozenset()
    dry: bool = False
    accept_shrinking: bool = False
    cause: str = "command"
    run_id: str = ""


@dataclass(slots=True)
class Means:
    """What a refresh works with: the store, the splitter, how to publish, the services and how to ask them."""

    home: Path
    store: Store
    splitter: Splitter
    publish: Callable[[Store], Published]
    services: Services = field(default_factory=Services)
    pace: Pace = field(default_factory=Pace)
    patience: Patience = field(default_factory=Patience)
    read: Read = read_any
    sources: Mapping[str, Source] = field(default_factory=sources)
    progress: Progress = lambda stage, done, total: None
    announce: Callable[[RefreshReport], None] = lambda report: None


def refresh(collection: Followed, means: Means, order: Order | None = None) -> RefreshReport:
    """Return what became of a collection's sources. Whoever calls holds the lock of refreshes and of ingests.

    `means.announce` hears the plan, with its counts, before anything is fetched or changed. A source that
    fails, shrinks or gives rubbish is left as it is, and the others go on. A dry run ends with its plan and
    changes nothing at all.
    """
    order = order or Order()
    began = time.monotonic()
    with ExitStack() as stack:
        if order.dry:
            folder = Path(stack.enter_context(TemporaryDirectory()))
            run = Run("dry", collection.name, order.cause, datetime.now(UTC), None, RunState.RUNNING, {})
            answers = run.id
            report = RefreshReport(run.id, collection.name, dry=True)
        else:
            begun = _begin(means.store, collection.name, order)
            run, answers = begun.run, begun.answers
            folder = means.home / FOLDER / collection.name
            report = RefreshReport(run.id, collection.name, resumed=begun.resumed)
        before = _Before.of(means.store, collection.name)
        plans = [
            _plan(name, collection, means, order, before, KeptAnswers(folder / name, answers), stack)
            for name in _named(collection, order)
        ]
        report.sources = [plan.report for plan in plans]
        report.seconds = time.monotonic() - began
        means.announce(report)
        if not order.dry:
            _carry_out(plans, collection, means, run, report)
            report.seconds = time.monotonic() - began
            _end(means.store, run, report, folder)
    return report


@dataclass(frozen=True, slots=True)
class _Begun:
    """A run, whether it goes on with one that was killed, and the run under whose name what was fetched is kept."""

    run: Run
    resumed: bool
    answers: str


def _begin(store: Store, collection: str, order: Order) -> _Begun:
    """Return the run to do. One that stands as running, while we hold the lock, was killed: it is gone on with."""
    with store.engine.connect() as connection:
        left = [one for one in runs(connection, collection=collection) if one.state is RunState.RUNNING]
    ours = next((one for one in left if one.id == order.run_id), None)
    waiting = datetime.now(UTC) - RESUME_WITHIN  # those that wait for their turn are let be
    killed = [one for one in left if one is not ours and (one.has_begun or one.started < waiting)]
    young = next((one for one in killed if datetime.now(UTC) - one.started < RESUME_WITHIN), None)
    answers = str(young.report.get("answers", young.id)) if young is not None else ""
    with store.writing() as connection:
        for one in killed:
            if one is not young or order.run_id:
                end_run(connection, one.id, RunState.FAILED, {"why": "it was interrupted; a later run did its work"})
        if young is not None and not order.run_id:
            return _Begun(young, True, answers)
        run = ours or begin_run(connection, collection, order.cause, order.run_id)
        answers = answers or run.id
        note_answers(connection, run.id, answers)
    return _Begun(run, young is not None, answers)


def _named(collection: Followed, order: Order) -> Sequence[str]:
    return [name for name in collection.follow if not order.only or name in order.only]


@dataclass(frozen=True, slots=True)
class _Before:
    """What every source's plan needs of the time before: read once a run, whatever the number of sources."""

    pmids: frozenset[str]
    dois: frozenset[str]
    past: tuple[Run, ...]

    @classmethod
    def of(cls, store: Store, collection: str) -> "_Before":
        with store.engine.connect() as connection:
            return cls(*papers_held(connection), runs(connection, 200, collection))


def _plan(
    name: str,
    collection: Followed,
    means: Means,
    order: Order,
    before: _Before,
    kept: KeptAnswers,
    stack: ExitStack,
) -> SourcePlan:
    client = stack.enter_context(Client(kept, pace=means.pace, patience=means.patience, contact=means.services.email))
    connector = means.sources[name].connect(collection.follow[name], client, means.services, collection.folder)
    with means.store.engine.connect() as connection:
        held = items_of(connection, collection.name, name)
    revisions = {item: last.revision for item, last in held.items() if last.state is not ItemState.GONE}
    known = Known(revisions, _last_whole(before.past, name), before.pmids, order.accept_shrinking, before.dois)
    means.progress(f"{name}: listing", 0, 0)
    max_shrink = 1.0 if order.accept_shrinking else collection.max_shrink
    return plan_source(name, connector, client, held, known, max_shrink=max_shrink)


def _last_whole(past: Sequence[Run], source: str) -> date | None:
    """Return the day on which the last run began that this source came through whole."""
    for one in past:
        for told in one.report.get("sources", ()):
            if told["name"] == source and not told["stopped"]:
                return one.started.date()
    return None


def _carry_out(plans: list[SourcePlan], collection: Followed, means: Means, run: Run, report: RefreshReport) -> None:
    noting = Noting(means.store, collection.name)
    doing = Applying(means.store, means.splitter, Reading(means.read), noting, datetime.now(UTC).date(), means.progress)
    for plan in plans:
        if not plan.report.stopped and plan.fetch:
            check(plan, doing)
    for plan in plans:
        if not plan.report.stopped:
            apply(plan, doing)
    apply_notices(means.store, noting.notices)
    noting.settle()
    try:
        published = means.publish(means.store)
        report.snapshot, report.encoded = published.snapshot, published.encoded
    except CurbsideError as error:
        report.unpublished = str(error)
    means.progress("answers", 0, 1)
    flag_stale(means.store)
    means.progress("answers", 1, 1)
    flagged = flags_since(means.store, run.started)
    report.flagged = [FlaggedAnswer(f.answer_id, f.n, f.reason.value, f.key, f.why) for f in flagged]
    with means.store.engine.connect() as connection:
        report.standings = list(standings_since(connection, run.started))
    report.changes = changes_since(means.store, run.started)
    for plan in plans:
        plan.report.requests, plan.report.repeated = plan.client.requests, plan.client.repeated


def _end(store: Store, run: Run, report: RefreshReport, folder: Path) -> None:
    with store.writing() as connection:
        end_run(connection, run.id, report.state, report.as_json())
    for source in report.sources:
        KeptAnswers(folder / source.name, run.id).tidy()
