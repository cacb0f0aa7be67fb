"""The service gives the answer that the command gives, opens every citation, and drops no request when moving over."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from corpus.store import Store
from index.encoders.base import Encoder
from index.pointer import read_pointer, snapshots_folder
from index.snapshot import Snapshot
from qa.answer_json import from_json, to_json
from qa.answerer import Answerer
from qa.check import claim_faults, faults
from qa.keep import AnswerKeeper
from qa.serve import create_app
from tests.index.corpora import WordEncoder
from tests.serving import serving
from tests.small_home import CONTRAINDICATIONS, DOSE, INDICATION, UNKNOWN, read_in, write_names

APART = ("id", "created", "timing_ms")


@contextmanager
def service(home: Path, encoder: Encoder | None = None) -> Iterator[httpx.Client]:
    """Yield a client of a service over a data folder."""
    with Store.open(home) as store:
        app = create_app(Answerer(home, encoder=encoder or WordEncoder()), AnswerKeeper(store), store)
        with serving(app) as client:
            yield client


@pytest.fixture(scope="module")
def client(small_home: Path) -> Iterator[httpx.Client]:
    with service(small_home) as running:
        yield running


def ask(client: httpx.Client, question: str, **fields: object) -> dict[str, Any]:
    response = client.post("/api/ask", json={"question": question, **fields})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def events(text: str) -> list[tuple[str, Any]]:
    """Return (name, data) of every server-sent event."""
    found = []
    for block in text.replace("\r\n", "\n").strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        found.append((fields["event"], json.loads(fields["data"])))
    return found


@pytest.mark.parametrize("question", [INDICATION, CONTRAINDICATIONS, UNKNOWN, "Crushing chest pain, what now?"])
def test_the_answer_is_the_one_that_the_command_prints(client: httpx.Client, small_home: Path, question: str) -> None:
    plain = to_json(Answerer(small_home, encoder=WordEncoder()).ask(question))
    served = ask(client, question)
    assert list(served) == list(plain)
    assert {name: value for name, value in served.items() if name not in APART} == {
        name: value for name, value in plain.items() if name not in APART
    }


@pytest.mark.parametrize("question", [CONTRAINDICATIONS, UNKNOWN])
def test_the_streamed_answer_put_together_is_the_kept_one(client: httpx.Client, question: str) -> None:
    response = client.post("/api/chat", json={"question": question})
    assert response.headers["content-type"].startswith("text/event-stream")
    got = events(response.text)
    assert [name for name, _ in got] == ["start", "part", "part", "part", "citations", "refusal", "end"]
    whole = {**got[0][1], "parts": [data for name, data in got if name == "part"]}
    whole |= {name: data for name, data in got if name in ("citations", "refusal")} | got[-1][1]
    assert whole == client.get(f"/api/answers/{whole['id']}").json()
    plain = ask(client, question)
    assert {n: v for n, v in whole.items() if n not in APART} == {n: v for n, v in plain.items() if n not in APART}


def test_a_question_is_understood_from_its_history(client: httpx.Client) -> None:
    answer = ask(client, "What is its recommended dose?", history=[INDICATION])
    assert "examplumab" in answer["standalone"]
    assert answer["question"] == "What is its recommended dose?"


def test_every_citation_opens_at_its_very_characters(client: httpx.Client) -> None:
    answer = ask(client, CONTRAINDICATIONS)
    assert len(answer["citations"]) >= 4
    for citation in answer["citations"]:
        span = {"start": citation["start"], "end": citation["end"]}
        opened = client.get(f"/api/passages/{citation['passage']}", params=span).json()
        assert opened["quote"] == citation["quote"] == opened["text"][citation["start"] : citation["end"]]
        assert (opened["version"], opened["section"]["id"]) == (citation["version"], citation["section"]["id"])


def test_a_passage_without_a_span_is_cited_whole(client: httpx.Client) -> None:
    [hit] = client.get("/api/search", params={"q": DOSE, "k": 1, "kind": "label"}).json()
    opened = client.get(f"/api/passages/{hit['passage']}").json()
    assert (opened["quote"], opened["start"], opened["end"]) == (hit["text"], hit["start"], hit["end"])


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (0, 100_000), (0, 10**30)])
def test_a_span_outside_the_section_is_refused_with_its_length(client: httpx.Client, start: int, end: int) -> None:
    [hit] = client.get("/api/search", params={"q": DOSE, "k": 1}).json()
    response = client.get(f"/api/passages/{hit['passage']}", params={"start": start, "end": end})
    assert response.status_code == 422
    assert f"found start={start} end={end}" in response.json()["error"]


def test_search_ranks_filters_and_says_each_share(client: httpx.Client) -> None:
    hits = client.get("/api/search", params={"q": "examplumab dose", "k": 50}).json()
    assert [hit["rank"] for hit in hits] == list(range(1, 8))
    shares = {"label": {"drug", "section", "words"}}
    assert all(set(hit["parts"]) == {"vector", "bm25", "sentence"} | shares.get(hit["kind"], set()) for hit in hits)
    assert {hit["kind"] for hit in hits} == {"guideline", "label", "research"}
    about = client.get("/api/search", params={"q": "dose", "k": 50, "drug": "Sampla"}).json()
    assert {hit["document"] for hit in about} == {"label:examplumab"}
    old = client.get("/api/search", params={"q": "dose", "k": 50, "year_to": 2022}).json()
    assert {hit["document"] for hit in old} == {"research:sample-trial"}
    assert client.get("/api/search", params={"q": "dose", "drug": "otherzumab"}).json() == []


@pytest.mark.parametrize("path", ["/api/answers/0000", "/api/passages/0000", "/api/passages/%00%27--", "/nowhere"])
def test_what_is_not_there_is_404(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, list(response.json())) == (404, ["error"])


def test_alive_and_ready_and_described(client: httpx.Client, small_home: Path) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}
    ready = client.get("/readyz").json()
    assert (ready["status"], [ready["snapshot"]]) == ("ready", read_pointer(small_home))
    assert ready["documents"] == {"guideline": 1, "label": 1, "research": 1}
    assert client.get("/docs").status_code == 200
    assert client.get("/").status_code == 200


def test_before_anything_is_published_it_is_alive_but_not_ready_and_then_ready_without_a_restart(
    tmp_path: Path,
) -> None:
    write_names(tmp_path)
    with service(tmp_path) as client:
        assert client.get("/healthz").status_code == 200
        for response in (client.get("/readyz"), client.post("/api/ask", json={"question": DOSE})):
            assert response.status_code == 503
            assert "curbside index" in response.json()["error"]
        read_in(tmp_path, WordEncoder())
        assert client.get("/readyz").status_code == 200
        assert ask(client, DOSE)["citations"]


def test_an_index_of_another_encoder_is_not_ready_and_says_so(own_home: Path) -> None:
    with service(own_home, WordEncoder("words/2")) as client:
        for response in (client.get("/readyz"), client.post("/api/ask", json={"question": DOSE})):
            assert response.status_code == 503
            assert "words/2" in response.json()["error"]


def test_parallel_questions_are_all_answered_while_a_new_snapshot_is_published(own_home: Path) -> None:
    folder = snapshots_folder(own_home)
    [before] = read_pointer(own_home)
    with service(own_home) as client, ThreadPoolExecutor(21) as pool:
        ask(client, DOSE)
        published = pool.submit(read_in, own_home, WordEncoder(), dose=80)
        answers = []
        until = time.monotonic() + 30
        # On and on, 20 at a time, until some were answered after the move.
        while time.monotonic() < until:
            done = published.done()
            answers += list(pool.map(lambda _: ask(client, DOSE), range(20)))
            if done:
                break
        after = published.result().snapshot
        assert {answer["snapshot"] for answer in answers} == {before, after}
        snapshots = {name: Snapshot(folder / name) for name in (before, after)}
        for given in answers:
            answer = from_json(json.dumps(given))
            numbered = {citation.n: citation for citation in answer.citations}
            assert [fault for c in answer.citations for fault in faults(c, snapshots[answer.snapshot])] == []
            assert [fault for claim in answer.claims() for fault in claim_faults(claim, numbered)] == []
            quotes = " ".join(citation.quote for citation in answer.citations)
            assert ("70 mg" in quotes, "80 mg" in quotes) == (answer.snapshot == before, answer.snapshot == after)
        # What was cited from the snapshot before still opens, now that the text has changed.
        old = next(answer for answer in answers if answer["snapshot"] == before)
        for citation in old["citations"]:
            span = {"start": citation["start"], "end": citation["end"]}
            opened = client.get(f"/api/passages/{citation['passage']}", params=span).json()
            assert opened["quote"] == citation["quote"]
        assert client.get(f"/api/answers/{old['id']}").json() == old
