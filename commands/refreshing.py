"""From settings to a refresh: the services, the locks, the collections that there are."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import OperationalError

from commands.progress import Step
from commands.publishing import encoder_of, publish
from commands.settings import Settings
from commands.stores import store_of
from corpus.errors import NotReady
from corpus.refreshing import Run, RunState
from corpus.store import Store
from ingest import collection as collections
from ingest.collection import Collection
from ingest.connectors.base import Services
from ingest.connectors.eutils import paces
from ingest.fetching.pace import OWN_MACHINE, Pace
from ingest.lock import ingest_lock, is_refreshing, refresh_lock
from ingest.refresh.counting import CountingEncoder
from ingest.refresh.job import Means, Order, Published, refresh
from ingest.refresh.report import RefreshReport
from ingest.splitter import EncoderSplitter

# A refresh that a service began waits so long for the one before: a first one may take hours.
LONG_WAIT_S = 12 * 3600.0
# A run that waits for its turn has said nothing yet; so long its process may take to start.
STARTING = timedelta(minutes=1)


def own_collections(settings: Settings) -> Path:
    """Return the folder of the user's own collections."""
    return settings.collections or settings.home / "collections"


def all_collections(settings: Settings, on_wrong: Callable[[str], None]) -> list[Collection]:
    """Return every collection whose file is sound, the user's own before those that come with Curbside.

    `on_wrong` hears what is wrong with each of the others: one file stops no other.
    """
    sound, wrong = collections.everything([own_collections(settings)])
    for error in wrong:
        on_wrong(f"left out: {error}")
    return sound


def collection_of(settings: Settings, name: str) -> Collection:
    """Return a collection by its name, or by the path of its file. Raises NotFound and BadInput."""
    return collections.find(name, [own_collections(settings)])


def run_refresh(
    settings: Settings,
    collection: Collection,
    order: Order,
    step: Step,
    *,
    on_wait: Callable[[str], None],
    announce: Callable[[RefreshReport], None] = lambda report: None,
) -> RefreshReport:
    """Return what became of a collection; one refresh at a time over all processes. Raises Busy."""
    encoder = CountingEncoder(encoder_of(settings))

    def published(store: Store) -> Published:
        return Published(publish(settings, store, encoder, step), encoder.encoded)

    home, wait_s = settings.home, settings.lock_timeout_s
    if order.cause != "command":  # nobody sits and waits for it, and its time comes only once
        wait_s = max(wait_s, LONG_WAIT_S)
    with refresh_lock(home, wait_s, on_wait), ingest_lock(home, wait_s, on_wait), store_of(settings) as store:
        splitter = EncoderSplitter(encoder)
        told = services(settings)
        means = Means(home, store, splitter, published, told, _pace(told), progress=step, announce=announce)
        try:
            return refresh(collection, means, order)
        except OperationalError as error:
            raise NotReady(
                f"the store cannot be read ({error.orig}): make room on the disk of {home}, or see that "
                "its database answers, and run it again; what was held before is held and served as it was"
            ) from error


def services(settings: Settings) -> Services:
    """Return where the services are and how they know us."""
    return Services(
        openfda=settings.openfda_url,
        openfda_key=settings.openfda_key.get_secret_value(),
        dailymed=settings.dailymed_url,
        eutils=settings.eutils_url,
        ncbi_key=settings.ncbi_key.get_secret_value(),
        europepmc=settings.europepmc_url,
        pmc=settings.pmc_url,
        email=settings.contact_email,
    )


def _pace(told: Services) -> Pace:
    """Return the rates of the hosts, as the keys allow; a stand-in on this machine is not waited for."""
    return Pace({host: rate for host, rate in paces(told).items() if host not in OWN_MACHINE})


def as_they_stand(settings: Settings, runs: Sequence[Run], waiting: frozenset[str] = frozenset()) -> tuple[Run, ...]:
    """Return the runs; one that is noted as running, while nothing refreshes, is told of as interrupted.

    `waiting` are runs whose process is known to be there, and only waits for its turn.
    """
    if not any(run.state is RunState.RUNNING for run in runs) or is_refreshing(settings.home):
        return tuple(runs)
    young = datetime.now(UTC) - STARTING
    return tuple(
        replace(run, state=RunState.INTERRUPTED)
        if run.state is RunState.RUNNING and run.id not in waiting and (run.has_begun or run.started < young)
        else run
        for run in runs
    )
