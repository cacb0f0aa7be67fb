"""From settings to a refresh: the services, the locks, the collections that there are."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from commands.progress import Step
from commands.publishing import encoder_of, publish
from commands.settings import Settings
from commands.stores import store_of
from corpus.store import Store
from ingest import collection as collections
from ingest.collection import Collection
from ingest.connectors.base import Services
from ingest.connectors.eutils import paces
from ingest.fetching.pace import OWN_MACHINE, Pace
from ingest.lock import ingest_lock, refresh_lock
from ingest.refresh.counting import CountingEncoder
from ingest.refresh.job import Means, Order, Published, refresh
from ingest.refresh.report import RefreshReport
from ingest.splitter import EncoderSplitter


def own_collections(settings: Settings) -> Path:
    """Return the folder of the user's own collections."""
    return settings.collections or settings.home / "collections"


def all_collections(settings: Settings) -> list[Collection]:
    """Return every collection that there is, the user's own before those that come with Curbside. Raises BadInput."""
    return collections.everything([own_collections(settings)])


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
    with refresh_lock(home, wait_s, on_wait), ingest_lock(home, wait_s, on_wait), store_of(settings) as store:
        splitter = EncoderSplitter(encoder)
        told = services(settings)
        means = Means(home, store, splitter, published, told, _pace(told), progress=step, announce=announce)
        return refresh(collection, means, order)


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


def begin_refresh(collection: str, sources: list[str], cause: str, run_id: str) -> "subprocess.Popen[bytes]":
    """Return a process of its own that refreshes a collection: the service answers on, whatever becomes of it."""
    command = [sys.executable, "-m", "curbside", "refresh", collection, "--json", "--cause", cause, "--run-id", run_id]
    for source in sources:
        command += ["--source", source]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
