"""Whatever is sent, the service answers with an answer or with one sentence, and says nothing of it in its log."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from corpus.store import Store
from qa import answer as answers
from qa.answer import Answer
from qa.answerer import Answerer
from qa.keep import AnswerKeeper
from qa.serve import create_app
from qa.serve_schema import FIELDS
from qa.wire import MAX_BODY_BYTES
from tests.index.corpora import WordEncoder
from tests.serving import serving
from tests.small_home import DOSE

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def client(small_home: Path) -> Iterator[httpx.Client]:
    with service(small_home) as running:
        yield running


@contextmanager
def service(home: Path) -> Iterator[httpx.Client]:
    """Yield a client of a service over a data folder."""
    with (
        Store.open(home) as store,
        serving(create_app(Answerer(home, encoder=WordEncoder()), AnswerKeeper(store), store)) as running,
    ):
        yield running


def refused(response: httpx.Response, status: int) -> str:
    """Return the sentence, after checking that there is nothing else."""
    assert (response.status_code, list(response.json())) == (status, ["error"]), response.text
    sentence: str = response.json()["error"]
    return sentence


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "question: expected, and not given"),
        ({"question": DOSE, "colour": 1}, "colour: not a field that is known here"),
        ({"question": 7}, "question: input should be a valid string, found 7"),
        (
            {"question": DOSE, "audience": "cat"},
            "audience: input should be 'clinician', 'pharmacist', 'student', 'patient' or 'researcher'",
        ),
        ({"question": DOSE, "history": "earlier"}, "history: input should be a valid list, found 'earlier'"),
        ({"question": DOSE, "history": [DOSE] * 51}, "history: list should have at most 50 items"),
        ({"question": DOSE, "history": ["a" * 2001]}, "found a question of 2,001 characters, expected at most 2,000"),
        ({"question": ""}, "found nothing where a question was expected"),
        ({"question": "\u0000\u200b <p></p>"}, "found nothing where a question was expected"),
        ({"question": "pain " * 20_000}, "found a question of 100,000 characters, expected at most 2,000"),
        ([], "expected a JSON object as body, with `Content-Type: application/json`, found []"),
        (None, "expected a JSON object as body, with `Content-Type: application/json`, found nothing"),
    ],
)
@pytest.mark.parametrize("path", ["/api/ask", "/api/chat"])
def test_a_wrong_request_is_one_sentence(client: httpx.Client, path: str, body: object, said: str) -> None:
    assert said in refused(client.post(path, json=body), 422)


@pytest.mark.parametrize(
    ("content", "status"),
    [(b'{"question": ', 422), (b'{"question": "\xff"}', 400), (b"[" * 500_000, 400), (b"9" * 5000, 400), (b"", 422)],
)
def test_bytes_that_are_no_json_are_one_sentence(client: httpx.Client, content: bytes, status: int) -> None:
    headers = {"content-type": "application/json"}
    assert "JSON" in refused(client.post("/api/ask", content=content, headers=headers), status)


def test_another_content_type_is_said(client: httpx.Client) -> None:
    response = client.post("/api/ask", content=b'{"question": "a"}', headers={"content-type": "text/plain"})
    assert "with `Content-Type: application/json`" in refused(response, 422)


def chunked(size: int) -> Iterator[bytes]:
    for _ in range(size // 50_000):
        yield b"a" * 50_000


@pytest.mark.parametrize("content", [b"a" * (MAX_BODY_BYTES + 1), b"a" * 6_000_000])
def test_a_body_over_the_limit_is_413(client: httpx.Client, content: bytes) -> None:
    assert "1,000,000" in refused(client.post("/api/ask", content=content), 413)


def test_a_body_without_a_length_is_counted_while_it_is_read(client: httpx.Client) -> None:
    assert "1,000,000" in refused(client.post("/api/ask", content=chunked(1_100_000)), 413)
    headers = {"content-type": "application/json"}
    pieces = iter([b'{"question"', b': "What is the dose of Sampla?"}'])
    response = client.post("/api/ask", content=pieces, headers=headers)
    assert "content-length" not in response.request.headers
    assert response.json()["status"] == "answered"


@pytest.mark.parametrize(
    "question",
    [
        "ロモソズマブの適応は何ですか",
        "ما هي جرعة الدواء؟",
        "Какая доза examplumab?",
        "<script>alert(1)</script><b>What is the dose of Sampla?</b>",
        "What is\u0000 the\u001b[31m dose\u202e of Sampla?",
        "🩺💊 dose?",
        "'; DROP TABLE answers; --",
        "[bold red]What is the dose of Sampla?[/]",
        "{{7*7}} ${jndi:ldap://x} %s %n",
        "e\u0301" * 900,
    ],
)
def test_odd_questions_get_an_answer_or_a_refusal(client: httpx.Client, question: str) -> None:
    answer = client.post("/api/ask", json={"question": question}).json()
    assert answer["status"] in ("answered", "refused", "declined")
    shown = json.dumps(answer, ensure_ascii=False)
    assert not any(mark in shown for mark in ("<script", "\u001b", "\u202e", "\u0000"))
    assert client.get(f"/api/answers/{answer['id']}").json() == answer


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "q: expected, and not given"),
        ("q=", "found nothing where a question was expected"),
        ("q=a&k=0", "k: input should be greater than or equal to 1"),
        ("q=a&k=101", "k: input should be less than or equal to 100"),
        ("q=a&kind=rumour", "kind: input should be 'guideline', 'label' or 'research', found 'rumour'"),
        ("q=a&year_from=999999999999999999999", "year_from: input should be less than or equal to 9999"),
        ("q=" + "a" * 2001, "q: string should have at most 2000 characters"),
        ("&".join(["q=a"] + ["drug=x"] * 21), "drug: list should have at most 20 items"),
    ],
)
def test_a_wrong_search_is_one_sentence(client: httpx.Client, query: str, said: str) -> None:
    assert said in refused(client.get(f"/api/search?{query}"), 422)


def test_a_wrong_method_is_one_sentence(client: httpx.Client) -> None:
    response = client.get("/api/ask")
    assert "does not take GET" in refused(response, 405)
    assert response.headers["allow"] == "POST"


@pytest.mark.parametrize("read_first", [0, 200])
def test_a_client_that_goes_away_harms_nobody_and_its_answer_is_kept(
    client: httpx.Client, small_home: Path, read_first: int
) -> None:
    body = json.dumps({"question": f"{DOSE} Gone after {read_first}."}).encode()
    head = (
        f"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with Store.open(small_home) as store:
        held = len(store.answers(1000))
        with socket.create_connection((client.base_url.host, client.base_url.port or 0)) as raw:
            raw.sendall(head.encode() + body)
            if read_first:
                raw.recv(read_first)
        until = time.monotonic() + 10
        while len(store.answers(1000)) == held and time.monotonic() < until:
            time.sleep(0.01)
        assert f"Gone after {read_first}." in store.answers(1)[0].question
    assert client.get("/healthz").status_code == 200


def test_a_client_that_reads_nothing_holds_up_nobody(client: httpx.Client) -> None:
    body = json.dumps({"question": DOSE}).encode()
    head = (
        f"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    idle = [socket.create_connection((client.base_url.host, client.base_url.port or 0)) for _ in range(60)]
    try:
        for raw in idle:
            raw.sendall(head.encode() + body)
        assert client.post("/api/ask", json={"question": DOSE}).json()["status"] == "answered"
    finally:
        for raw in idle:
            raw.close()


class Broken:
    """A keeper with a fault in it."""

    def keep(self, answer: Answer) -> None:
        raise KeyError(answer.question)

    def kept(self, answer_id: str) -> Answer:
        raise KeyError(answer_id)

    def place(self, passage_id: str) -> Any:
        raise KeyError(passage_id)


def test_a_request_is_logged_with_id_path_status_and_time_but_never_what_was_asked(
    small_home: Path, lines: Any
) -> None:
    with service(small_home) as client:
        client.post("/api/ask", json={"question": DOSE}, headers={"x-request-id": "mine-1"})
        response = client.get("/api/search", params={"q": "secretword"}, headers={"x-request-id": "bad id"})
        client.post("/api/ask", json={"question": "secretword " * 500})
    # Chats that other tests left may still be ending.
    logged = [line for line in lines() if line["event"] == "request" and line["path"] != "/api/chat"]
    assert [(line["path"], line["status"]) for line in logged] == [
        ("/api/ask", 200),
        ("/api/search", 200),
        ("/api/ask", 422),
    ]
    assert logged[0]["request"] == "mine-1"
    assert logged[1]["request"] == response.headers["x-request-id"] != "bad id"
    assert all(line["ms"] > 0 for line in logged)
    assert "secretword" not in json.dumps(logged)
    assert "Sampla" not in json.dumps(logged)


def test_a_fault_of_ours_is_500_with_the_request_to_look_up(small_home: Path, lines: Any) -> None:
    with (
        Store.open(small_home) as store,
        serving(create_app(Answerer(small_home, encoder=WordEncoder()), Broken(), store)) as client,
    ):
        response = client.post("/api/ask", json={"question": DOSE}, headers={"x-request-id": "lost-1"})
        assert "see request lost-1" in refused(response, 500)
        assert client.get("/healthz").status_code == 200
    logged = lines()
    assert [line["status"] for line in logged if line.get("path") == "/api/ask"] == [500]
    assert [line["request"] for line in logged if "KeyError" in line.get("exception", "")] == ["lost-1"]


def test_every_field_of_an_answer_is_described_in_the_schema_and_in_the_docs(client: httpx.Client) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    page = (DOCS / "answer-format.md").read_text()
    kinds = {name: kind for name, kind in vars(answers).items() if is_dataclass(kind)}
    assert set(FIELDS) == set(kinds)
    for name, kind in kinds.items():
        named = [field.name for field in fields(kind)]
        schema = schemas[name]
        assert list(schema["properties"]) == schema["required"] == named == list(FIELDS[name])
        assert all(schema["properties"][field]["description"] for field in named)
        assert [field for field in named if f"`{field}`" not in page] == []


def test_every_endpoint_is_in_the_api_page(client: httpx.Client) -> None:
    page = (DOCS / "api.md").read_text()
    paths = client.get("/openapi.json").json()["paths"]
    called = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert len(called) == 11
    assert [one for one in called if f"## `{one}`" not in page] == []
