"""A source in memory, and a refresh of it."""

from pathlib import Path

import pytest

from corpus.store import Store
from corpus.verify import verify
from ingest.refresh.job import Means, Order, Published, refresh
from ingest.refresh.report import RefreshReport
from tests.ingest.faking import WholeSplitter, read
from tests.ingest.refresh.shelf import Doing, Follows, Shelf

TEN = {f"i{n}": f"pmid:{n}: text {n}" for n in range(10)}


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(dict(TEN))


@pytest.fixture
def doing(tmp_path: Path, store: Store, shelf: Shelf) -> Doing:
    """Return a refresh of the sources named, of which `shelf` is one."""

    def run(order: Order | None = None, name: str = "things", **others: Shelf) -> RefreshReport:
        published: list[str] = []

        def publish(held: Store) -> Published:
            published.append(held.fingerprint())
            return Published(held.fingerprint()[:16], 0)

        sources = {"shelf": shelf, **others}
        means = Means(tmp_path / "home", store, WholeSplitter(), publish, read=read, sources=sources)
        report = refresh(Follows.of(*sources, name=name), means, order)
        assert len(published) == (0 if order and order.dry else 1)  # one snapshot, whatever changed
        assert list(verify(store)) == []
        return report

    return run
