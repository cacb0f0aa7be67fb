"""One contract for every connector, over real HTTP: the same twice, each once, readable, and never a wrong listing.

A connector is found by being in ingest/connectors, its stand-in by being tests/replay/<connector>.py.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import SourceFailed, UnreadableFile
from ingest.connectors.base import Connector, Fetched, Item, Known, sources
from ingest.fetching.client import Client, Patience
from ingest.fetching.kept import KeptAnswers
from ingest.readers.base import RawFile, read_any
from tests.replay.server import HTML_ERROR, Replay, Reply, Request, replaying
from tests.replay.standing import StandIn, standing_for

QUICK = Patience(attempts=3, first_wait_s=0.01, longest_wait_s=0.02, jitter_s=0.0, deadline_s=0.5, read_s=0.5)
NOTHING_KNOWN = Known({})
Spoil = Callable[[Reply, Reply], Reply]


@dataclass
class Spoiling:
    """The stand-in at work. One of its replies may be spoilt: the one at `at`; its retries are not."""

    stand_in: StandIn
    spoil: Spoil | None = None
    at: int = 0
    asked: int = 0
    before: Reply = HTML_ERROR

    def begin(self, spoil: Spoil | None, at: int) -> None:
        """Count the requests anew."""
        self.spoil, self.at, self.asked, self.before = spoil, at, 0, HTML_ERROR

    def answer(self, request: Request) -> Reply:
        right, at = self.stand_in.answer(request), self.asked
        self.asked += 1
        sent = self.spoil(right, self.before) if self.spoil is not None and at == self.at else right
        self.before = right
        return sent


@dataclass
class Source:
    """A connector's stand-in at work: a server, and the folder of the collection that follows it."""

    name: str
    service: Spoiling
    server: Replay
    folder: Path
    runs: int = 0

    @property
    def stand_in(self) -> StandIn:
        """Return what answers."""
        return self.service.stand_in

    @contextmanager
    def asked(self, run: str = "", kept: str = "kept") -> Iterator[tuple[Connector, Client]]:
        """Yield the connector and its client, of a new run or of the one named."""
        self.runs += 1
        answers = KeptAnswers(self.folder / kept, run or f"run {self.runs}")
        source, beside = sources()[self.name], self.folder / "collections"
        beside.mkdir(exist_ok=True)
        follow = source.Follow.model_validate(self.stand_in.lay(beside, self.server.url))
        with Client(answers, patience=QUICK) as client:
            yield source.connect(follow, client, self.stand_in.services(self.server.url), beside), client

    def listed(self, run: str = "") -> list[Item]:
        """Return what is listed."""
        with self.asked(run) as (connector, _):
            return list(connector.listed(NOTHING_KNOWN))

    def all(self, run: str = "", kept: str = "kept") -> tuple[list[Item], list[Fetched]]:
        """Return what is listed, and all of it fetched."""
        with self.asked(run, kept) as (connector, _):
            items = list(connector.listed(NOTHING_KNOWN))
            return items, sorted(connector.fetch(items), key=lambda one: one.id)

    def gone(self, *ids: str) -> list[str]:
        """Return those of the ids that the source confirms as withdrawn."""
        with self.asked() as (connector, _):
            return list(connector.gone(ids))


@pytest.fixture(params=sorted(sources()))
def source(request: pytest.FixtureRequest, shared: Path, tmp_path: Path) -> Iterator[Source]:
    service = Spoiling(standing_for(request.param, shared))
    with replaying(service) as server:
        yield Source(request.param, service, server, tmp_path)


def documents(fetched: Fetched) -> list[Document] | str:
    """Return the documents of what was fetched, or why there are none."""
    return (fetched.reason or "gone") if fetched.file is None else read(fetched.file)


@cache
def read(file: RawFile) -> list[Document] | str:
    """Return the documents of a file, or why it cannot be read; long labels take their time, so each is read once."""
    try:
        return read_any(file)
    except UnreadableFile as error:
        return error.reason


def test_listed_twice_it_gives_the_same_each_once(source: Source) -> None:
    first, second = source.listed(), source.listed()
    assert len(first) >= 2
    assert first == second
    assert len({item.id for item in first}) == len(first)


def test_what_is_fetched_can_be_read_each_item_once(source: Source) -> None:
    items, fetched = source.all()
    assert [one.id for one in fetched] == sorted(item.id for item in items)
    for one in fetched:
        assert not one.gone
        assert one.file is not None or one.reason
        made = documents(one)
        assert one.file is None or isinstance(made, list), made
    assert any(one.file for one in fetched)


def test_the_revision_fetched_is_the_revision_listed(source: Source) -> None:
    items, fetched = source.all()
    listed = {item.id: item.revision for item in items}
    for one in fetched:
        assert one.revision
        assert not listed[one.id] or one.revision == listed[one.id]


def test_one_item_fetched_alone_is_the_same(source: Source) -> None:
    items, fetched = source.all()
    by_id = {one.id: one for one in fetched}
    for item in (items[0], items[-1]):
        with source.asked() as (connector, _):
            assert list(connector.fetch([item])) == [by_id[item.id]]


def test_an_interrupted_run_goes_on_without_asking_again(source: Source) -> None:
    first = source.all("the run")
    with source.asked("the run") as (connector, client):
        items = list(connector.listed(NOTHING_KNOWN))
        assert (items, sorted(connector.fetch(items), key=lambda one: one.id)) == first
        assert client.requests == 0


def test_what_has_changed_has_another_revision_and_nothing_else_has(source: Source) -> None:
    before = {one.id: one for one in source.all()[1]}
    changed = source.stand_in.change()
    if not changed:
        pytest.skip("nothing changes in this source")
    after = {one.id: one for one in source.all()[1]}
    assert {id for id in before if after[id].revision != before[id].revision} == {changed}
    assert after[changed].file != before[changed].file


def test_what_is_withdrawn_is_listed_no_longer_and_confirmed(source: Source) -> None:
    before = [item.id for item in source.listed()]
    withdrawn = source.stand_in.withdraw()
    if not withdrawn:
        pytest.skip("nothing is withdrawn from this source")
    with source.asked() as (connector, _):
        items = list(connector.listed(NOTHING_KNOWN))
        told = {one.id for one in connector.fetch(items) if one.gone}
    left = [item.id for item in items if item.id not in told]
    assert left == [id for id in before if id != withdrawn]
    if withdrawn not in told:
        assert source.gone(*before) == [withdrawn]


def test_what_has_only_ceased_to_match_is_not_withdrawn(source: Source) -> None:
    before = {item.id for item in source.listed()}
    unlisted = source.stand_in.unlist()
    if not unlisted:
        pytest.skip("nothing ceases to match in this source")
    assert before - {item.id for item in source.listed()} == {unlisted}
    assert source.gone(unlisted) == []


def test_what_is_withdrawn_meanwhile_is_fetched_as_gone(source: Source) -> None:
    items = source.listed()
    withdrawn = source.stand_in.withdraw()
    if not withdrawn:
        pytest.skip("nothing is withdrawn from this source")
    with source.asked() as (connector, _):
        (fetched,) = connector.fetch([item for item in items if item.id == withdrawn])
    assert (fetched.id, fetched.gone, fetched.file) == (withdrawn, True, None)


# Each takes the right reply and the one before it, and returns what is sent in its place.
FAULTS: dict[str, Spoil] = {
    "429": lambda right, before: Reply(b"slow down", 429),
    "429 with Retry-After": lambda right, before: Reply(b"slow down", 429, {"Retry-After": "0"}),
    "503": lambda right, before: Reply(b"later", 503),
    "cut": lambda right, before: replace(right, cut=len(right.body) // 2),
    "slow": lambda right, before: replace(right, body=right.body[:20_000] or b"x", drip_s=0.6),
    "HTML": lambda right, before: HTML_ERROR,
    "truncated": lambda right, before: replace(right, body=right.body[: len(right.body) // 2]),
    "the reply before": lambda right, before: before,
    "nothing": lambda right, before: replace(right, body=b""),
}


def at_each_kind(asked: Sequence[Request]) -> list[int]:
    """Return the places of the first and the last request of each kind: the same but for names and numbers in it."""
    kinds: dict[str, list[int]] = {}
    for at, request in enumerate(asked):
        kinds.setdefault(re.sub(r"[0-9a-f]{8}-[0-9a-f-]+|\d+", "*", request.path), []).append(at)
    return sorted({at for places in kinds.values() for at in (places[0], places[-1])})


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_ends_in_the_right_listing_or_in_a_failure(source: Source, fault: str) -> None:
    items, fetched = source.all()
    right = {one.id: documents(one) for one in fetched}
    moments = at_each_kind(source.server.asked)
    if not moments:
        pytest.skip("this source is not on the network")
    if fault in ("HTML", "truncated", "the reply before") and not source.stand_in.self_describing:
        pytest.skip("an answer of this source does not say what it is")
    for at in moments[:2] if fault == "slow" else moments:
        kept = f"{fault} {at}"
        source.service.begin(FAULTS[fault], at)
        try:
            found = source.all("the run", kept)
        except SourceFailed:
            found = source.all("the run", kept)  # goes on: what was rubbish is asked for again
        assert [item.id for item in found[0]] == [item.id for item in items]
        assert all(one.revision in ("", item.revision) for one, item in zip(found[0], items, strict=True))
        assert {one.id for one in found[1]} == set(right)
        for one in found[1]:
            made = documents(one)
            assert isinstance(made, str) or made == right[one.id]
