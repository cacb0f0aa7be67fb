"""The service gives a document's history and an answer's flags."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from corpus.stale import flag_stale
from corpus.store import Store
from qa.answerer import Answerer
from qa.keep import AnswerKeeper
from qa.serve import create_app
from tests.index.corpora import WordEncoder
from tests.serving import serving
from tests.small_home import DOSE, read_in

LABEL = "label:examplumab"


@pytest.fixture
def client(own_home: Path) -> Iterator[httpx.Client]:
    with (
        Store.open(own_home) as store,
        serving(create_app(Answerer(own_home, encoder=WordEncoder()), AnswerKeeper(store), store)) as client,
    ):
        yield client


def test_an_answer_goes_stale_when_what_it_cites_changes(client: httpx.Client, own_home: Path) -> None:
    answer = client.post("/api/ask", json={"question": DOSE}).json()
    path = f"/api/answers/{answer['id']}/flags"
    assert client.get(path).json() == {"answer": answer["id"], "stale": False, "flags": []}
    read_in(own_home, WordEncoder(), dose=35)
    found = client.get(path).json()
    assert found["stale"]
    (flag,) = found["flags"]
    assert (flag["n"], flag["reason"], flag["document"], flag["stands"]) == (2, "changed", LABEL, True)
    assert ("70 mg" in flag["was"], "35 mg" in flag["now"]) == (True, True)
    assert client.get(f"/api/answers/{answer['id']}").json() == answer


def test_the_flag_stays_in_the_list_when_the_old_words_are_back(client: httpx.Client, own_home: Path) -> None:
    answer = client.post("/api/ask", json={"question": DOSE}).json()
    read_in(own_home, WordEncoder(), dose=35)
    with Store.open(own_home) as store:
        changed, first = store.get(LABEL), store.get(answer["citations"][0]["version"])
        origin = store.keep_raw(b"back", name="back.md", retrieved=date(2026, 11, 25))
        store.add(first, origin=origin, replaces=changed.id)
        assert flag_stale(store) == ()
    found = client.get(f"/api/answers/{answer['id']}/flags").json()
    assert (found["stale"], [flag["stands"] for flag in found["flags"]]) == (False, [False])


def test_history_gives_versions_and_the_words_that_changed(client: httpx.Client, own_home: Path) -> None:
    read_in(own_home, WordEncoder(), dose=35)
    history = client.get(f"/api/documents/{LABEL}/history").json()
    assert (history["document"], [step["current"] for step in history["versions"]]) == (LABEL, [False, True])
    assert history["integrity"][0]["became"] == "current"
    (change,) = history["versions"][1]["changes"]
    assert (change["section"], change["change"]) == ("2 Dosage and Administration", "changed")
    assert [word["text"] for word in change["hunks"][0]["words"] if word["figure"]] == ["70 mg", "35 mg"]
    assert client.get(f"/api/documents/{LABEL}/history", params={"section": "4"}).json()["versions"][1]["changes"] == []


@pytest.mark.parametrize("path", ["documents/doi:10.1/none/history", "answers/none/flags"])
def test_what_is_not_held_is_404(client: httpx.Client, path: str) -> None:
    found = client.get(f"/api/{path}")
    assert (found.status_code, "none" in found.json()["error"]) == (404, True)
