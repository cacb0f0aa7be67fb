"""A refresh begun over HTTP: only by those who may, a process of its own, seen by its id from the first moment."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from commands.open import answerer_of
from commands.refreshes import OwnRefreshes
from commands.settings import load
from corpus.store import Store
from qa.accounts.doors import Doors
from qa.accounts.roles import Role
from qa.keep import AnswerKeeper
from qa.serve import create_app
from tests.commands.test_refresh import COLLECTION
from tests.replay.made import SET_ID, label, other_label
from tests.replay.openfda import OpenFda
from tests.replay.server import Replay, Reply, replaying
from tests.serving import serving

ORDER = {"collection": "samples", "sources": ["openfda"]}


@pytest.fixture
def labels(own_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Replay]:
    """Yield openFDA with two labels; a collection that follows them lies in the data folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CURBSIDE_HOME", str(own_home))
    (own_home / "collections").mkdir()
    (own_home / "collections" / "samples.toml").write_text(COLLECTION)
    with replaying(OpenFda([label(), other_label()], {})) as server:
        monkeypatch.setenv("CURBSIDE_OPENFDA_URL", server.url)
        yield server


@pytest.fixture
def store(own_home: Path, labels: Replay) -> Iterator[Store]:
    with Store.open(own_home) as store:
        yield store


@pytest.fixture
def service(store: Store, labels: Replay) -> Iterator[httpx.Client]:
    """Yield a client of the service, without a key."""
    settings = load()
    app = create_app(
        answerer_of(settings), AnswerKeeper(store), store, OwnRefreshes(settings, store), doors=Doors.of(store)
    )
    with serving(app) as client:
        yield client


def key_of(store: Store, role: Role) -> dict[str, str]:
    """Return the header of a program with a key in a role."""
    doors = Doors.of(store)
    given = doors.accounts.add(role.value, role)
    doors.accounts.change_password(role.value, given.password, "a long enough password of my own")
    return {"Authorization": f"Bearer {doors.keys.add(role.value, role, 'test').secret}"}


def ended(service: httpx.Client, run: str) -> dict[str, Any]:
    """Return a run once it has ended."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found: dict[str, Any] = service.get(f"/api/refresh/runs/{run}").raise_for_status().json()
        if found["state"] != "running":
            return found
        time.sleep(0.1)
    raise AssertionError(f"run {run} has not ended")


def test_a_refresh_is_begun_seen_and_its_index_served(service: httpx.Client, store: Store) -> None:
    before = service.get("/readyz").json()["snapshot"]
    begun = service.post("/api/refresh", json=ORDER, headers=key_of(store, Role.EDITOR))
    assert begun.status_code == 202
    run = begun.json()["run"]
    assert service.get(f"/api/refresh/runs/{run}").json()["cause"] == "request"
    found = ended(service, run)
    assert (found["state"], found["report"]["sources"][0]["new"]) == ("done", 2)
    assert service.get("/readyz").json()["snapshot"] == found["report"]["snapshot"] != before
    assert f"spl:{SET_ID}" in service.post("/api/ask", json={"question": "What is the dose of Sampla?"}).text
    assert [one["id"] for one in service.get("/api/refresh/runs").json()] == [run]


def test_a_refresh_that_fails_tells_why(service: httpx.Client, store: Store, labels: Replay) -> None:
    labels.faults = [Reply(b"who are you?", 403)]
    run = service.post("/api/refresh", json=ORDER, headers=key_of(store, Role.ADMIN)).json()["run"]
    found = ended(service, run)
    assert found["state"] == "failed"
    assert "answered 403: who are you?" in found["report"]["sources"][0]["stopped"]


@pytest.mark.parametrize("role", [Role.READER, Role.REVIEWER])
def test_who_may_not_begins_none(service: httpx.Client, store: Store, labels: Replay, role: Role) -> None:
    assert service.post("/api/refresh", json=ORDER).status_code == 401
    assert service.post("/api/refresh", json=ORDER, headers=key_of(store, role)).status_code == 403
    assert (service.get("/api/refresh/runs").json(), labels.asked) == ([], [])


def test_what_cannot_be_refreshed_is_refused_with_what_can(service: httpx.Client, store: Store) -> None:
    key = key_of(store, Role.EDITOR)
    nothing = service.post("/api/refresh", json={"collection": "nothing"}, headers=key)
    assert (nothing.status_code, "osteoporosis" in nothing.json()["error"]) == (404, True)
    source = service.post("/api/refresh", json={"collection": "samples", "sources": ["pmc"]}, headers=key)
    assert (source.status_code, "openfda, pubmed" in source.json()["error"]) == (422, True)
    assert service.get("/api/refresh/runs/none").status_code == 404
