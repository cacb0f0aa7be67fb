"""PubMed asked by tests: over real HTTP, patiently for a moment only."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ingest.connectors.base import Fetched, Item, Known, Services
from ingest.connectors.eutils import Eutils
from ingest.connectors.pubmed import Follow, PubMed
from ingest.fetching.client import Client, Patience
from ingest.fetching.kept import KeptAnswers
from tests.replay.server import Replay, Reply

QUICK = Patience(attempts=3, first_wait_s=0.01, longest_wait_s=0.02, jitter_s=0.0, deadline_s=2.0, read_s=2.0)
SINCE = date(2026, 11, 20)
NO_HISTORY = Reply.xml(b"<eSearchResult><ERROR>The history server is unavailable</ERROR></eSearchResult>")


@contextmanager
def eutils(server: Replay, folder: Path, run: str = "one", services: Services | None = None) -> Iterator[Eutils]:
    """Yield the utilities at a server, with what one run keeps of its answers."""
    with Client(KeptAnswers(folder / "kept", run), patience=QUICK) as client:
        yield Eutils(client, services or Services(eutils=server.url))


def listed(server: Replay, folder: Path, follow: Follow, known: Known | None = None, run: str = "one") -> list[Item]:
    """Return what the source lists."""
    with eutils(server, folder, run) as asking:
        return list(PubMed(follow, asking).listed(known or Known({})))


def fetched(server: Replay, folder: Path, *ids: str, run: str = "one") -> list[Fetched]:
    """Return the items as the source gives them."""
    with eutils(server, folder, run) as asking:
        return list(PubMed(Follow(), asking).fetch([Item(id) for id in ids]))


def paths(server: Replay) -> list[str]:
    """Return which utilities were asked, in order."""
    return [asked.path.strip("/") for asked in server.asked]
