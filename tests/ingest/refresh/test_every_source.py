"""A refresh of every connector over real HTTP, into a real store: all of it once, then what has moved and no more."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.document import Integrity
from corpus.store import Store
from corpus.verify import verify
from ingest.connectors.base import sources
from ingest.fetching.client import Patience
from ingest.refresh.job import Means, Order, Published, refresh
from ingest.refresh.report import RefreshReport, SourceReport
from tests.ingest.faking import WholeSplitter
from tests.ingest.refresh.shelf import Follows
from tests.replay.server import Replay, Reply, replaying
from tests.replay.standing import StandIn, standing_for

QUICK = Patience(attempts=2, first_wait_s=0.01, longest_wait_s=0.02, jitter_s=0.0)


@dataclass
class Refreshing:
    """A collection that follows one source, and the store that it fills."""

    name: str
    stand_in: StandIn
    server: Replay
    store: Store
    folder: Path

    def run(self) -> SourceReport:
        """Return what became of the source."""
        means = Means(
            self.folder / "home",
            self.store,
            WholeSplitter(),
            lambda held: Published(held.fingerprint()[:16], 0),
            services=self.stand_in.services(self.server.url),
            patience=QUICK,
        )
        beside = self.folder / "collections"
        beside.mkdir(exist_ok=True)
        asked = sources()[self.name].Follow.model_validate(self.stand_in.lay(beside, self.server.url))
        report: RefreshReport = refresh(Follows({self.name: asked}, folder=beside), means, Order(accept_shrinking=True))
        assert list(verify(self.store)) == []
        (source,) = report.sources
        assert (source.stopped, source.failed) == ("", [])
        return source

    def keys(self) -> dict[str, str]:
        """Return title and text of every publication that may be found, by its key."""
        found = [one.key for one in self.store.versions() if one.integrity is not Integrity.WITHDRAWN]
        held = {key: self.store.get(key) for key in found}
        return {key: "\n".join((one.title, *(section.text for section in one.sections))) for key, one in held.items()}


@pytest.fixture(params=sorted(sources()))
def refreshing(request: pytest.FixtureRequest, shared: Path, tmp_path: Path) -> Iterator[Refreshing]:
    stand_in = standing_for(request.param, shared)
    with Store.open(tmp_path / "store") as store, replaying(stand_in) as server:
        yield Refreshing(request.param, stand_in, server, store, tmp_path)


def test_everything_is_taken_in_once_and_left_alone_while_nothing_moves(refreshing: Refreshing) -> None:
    first = refreshing.run()
    held = refreshing.keys()
    assert held
    assert first.new + first.unread == first.listed
    second = refreshing.run()
    assert (second.new, second.changed, second.withdrawn, refreshing.keys()) == (0, 0, 0, held)


def test_what_has_changed_is_the_only_text_that_is_another(refreshing: Refreshing) -> None:
    refreshing.run()
    before = refreshing.keys()
    if not refreshing.stand_in.change():
        pytest.skip("nothing changes in this source")
    refreshing.run()
    after = refreshing.keys()
    assert after.keys() == before.keys()
    assert len([key for key in after if after[key] != before[key]]) == 1


def test_what_is_withdrawn_is_found_no_longer_and_told_of_once(refreshing: Refreshing) -> None:
    refreshing.run()
    before = refreshing.keys()
    if not refreshing.stand_in.withdraw():
        pytest.skip("nothing is withdrawn from this source")
    told = refreshing.run()
    after = refreshing.keys()
    assert told.withdrawn == 1
    assert len(before.keys() - after.keys()) == 1
    assert after.keys() <= before.keys()
    again = refreshing.run()
    assert (again.withdrawn, again.new, refreshing.keys()) == (0, 0, after)


def test_a_source_that_only_fails_leaves_everything_as_it_is(refreshing: Refreshing) -> None:
    refreshing.run()
    before = refreshing.keys()
    if not refreshing.server.asked:
        pytest.skip("this source is not on the network")
    refreshing.server.faults = [Reply(b"", 503)] * 200
    with pytest.raises(AssertionError, match="503"):
        refreshing.run()
    assert refreshing.keys() == before
