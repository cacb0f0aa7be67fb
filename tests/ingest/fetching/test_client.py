"""The client over real HTTP: what it retries, what it does not, what it keeps, and what it never asks twice."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from corpus.errors import Rubbish, SourceRefused, Unavailable
from ingest.fetching.client import Answered, AskAgain, Client, Patience, retry_after
from ingest.fetching.kept import KeptAnswers
from ingest.fetching.pace import Pace
from tests.replay.server import HTML_ERROR, Replay, Reply, Request, replaying

QUICK = Patience(attempts=4, first_wait_s=0.01, longest_wait_s=0.02, jitter_s=0.0, deadline_s=1.0, read_s=1.0)


@dataclass
class Pages:
    """A service of one page, which may have an ETag or a date."""

    body: bytes = b'{"page": 1}'
    headers: dict[str, str] = field(default_factory=dict)

    def answer(self, request: Request) -> Reply:
        tag = self.headers.get("ETag")
        if tag is not None and request.headers.get("if-none-match") == tag:
            return Reply(b"", 304, {"ETag": tag})
        return Reply.json(self.body, headers=self.headers)


@pytest.fixture
def pages() -> Pages:
    return Pages()


@pytest.fixture
def server(pages: Pages) -> Iterator[Replay]:
    with replaying(pages) as replay:
        yield replay


def client(folder: Path, run: str = "one", patience: Patience = QUICK, max_bytes: int = 1_000_000) -> Client:
    return Client(KeptAnswers(folder, run), patience=patience, max_bytes=max_bytes)


def test_an_answer_is_given_and_counted(server: Replay, tmp_path: Path) -> None:
    with client(tmp_path) as asking:
        answered = asking.get(f"{server.url}/a", {"q": "x y"})
    assert (answered.status, answered.json(), asking.requests) == (200, {"page": 1}, 1)
    assert server.asked[0].query == {"q": "x y"}


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_what_may_pass_is_asked_again(server: Replay, tmp_path: Path, status: int) -> None:
    server.faults = [Reply(b"later", status)] * 2
    with client(tmp_path) as asking:
        assert asking.get(f"{server.url}/a").json() == {"page": 1}
        assert asking.requests == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422])
def test_what_will_not_pass_is_asked_once(server: Replay, tmp_path: Path, status: int) -> None:
    server.faults = [Reply(b'{"error": "API_KEY_INVALID"}', status)]
    with client(tmp_path) as asking, pytest.raises(SourceRefused, match=rf"answered {status}: .*API_KEY_INVALID") as e:
        asking.get(f"{server.url}/a")
    assert (e.value.status, len(server.asked)) == (status, 1)


def test_a_status_that_is_an_answer_is_given(server: Replay, tmp_path: Path) -> None:
    server.faults = [Reply.json(b'{"error": {"code": "NOT_FOUND"}}', 404)]
    with client(tmp_path) as asking:
        assert asking.get(f"{server.url}/a", also=frozenset({404})).status == 404


def test_it_gives_up_after_the_last_attempt(server: Replay, tmp_path: Path) -> None:
    server.faults = [Reply(b"", 503)] * 9
    with client(tmp_path) as asking, pytest.raises(Unavailable, match="answered 503, after 4 attempts"):
        asking.get(f"{server.url}/a")
    assert len(server.asked) == 4


def test_retry_after_is_obeyed(server: Replay, tmp_path: Path) -> None:
    server.faults = [Reply(b"", 429, {"Retry-After": "1"})]
    began = time.monotonic()
    with client(tmp_path) as asking:
        asking.get(f"{server.url}/a")
    assert time.monotonic() - began >= 1.0


def test_retry_after_is_a_number_or_a_date() -> None:
    assert retry_after({"retry-after": "7"}) == 7
    assert retry_after({"retry-after": "Wed, 25 Nov 2026 12:00:30 GMT"}, now=1795608000.0) == 30
    assert retry_after({"retry-after": "Wed, 25 Nov 2020 12:00:30 GMT"}) == 0
    assert retry_after({"retry-after": "soon"}) is None
    assert retry_after({}) is None
    assert retry_after({"retry-after": "999999"}) == 3600


def test_a_rate_limit_inside_an_answer_is_asked_again_and_not_kept(server: Replay, tmp_path: Path) -> None:
    server.faults = [Reply.json(b'{"error": "API rate limit exceeded"}')]

    def check(answered: Answered) -> None:
        if b"rate limit" in answered.body:
            raise AskAgain("it says that its rate limit is exceeded")

    with client(tmp_path) as asking:
        assert asking.get(f"{server.url}/a", check=check).json() == {"page": 1}
    with client(tmp_path) as asking:
        assert asking.get(f"{server.url}/a").json() == {"page": 1}


def test_a_cut_connection_is_asked_again(server: Replay, tmp_path: Path) -> None:
    server.faults = [Reply.json(b'{"page": 1}')]
    server.faults = [replace(server.faults[0], cut=4)]
    with client(tmp_path) as asking:
        assert asking.get(f"{server.url}/a").json() == {"page": 1}
        assert asking.requests == 2


def test_a_body_that_drips_is_let_go_at_the_deadline(server: Replay, tmp_path: Path) -> None:
    server.faults = [Reply(b"x" * 30_000, drip_s=0.2)] * 2
    patience = replace(QUICK, attempts=2, deadline_s=0.5)
    with client(tmp_path, patience=patience) as asking, pytest.raises(Unavailable, match=r"had not ended after 0\.5 s"):
        asking.get(f"{server.url}/a")


def test_a_body_without_end_is_not_read(server: Replay, tmp_path: Path) -> None:
    server.faults = [Reply(b"x" * 5000)]
    with client(tmp_path, max_bytes=1000) as asking, pytest.raises(Rubbish, match="more than 1,000 bytes"):
        asking.get(f"{server.url}/a")
    assert len(server.asked) == 1


def test_a_page_in_place_of_json_is_rubbish_that_shows_itself(server: Replay, tmp_path: Path) -> None:
    server.faults = [HTML_ERROR]
    with (
        client(tmp_path) as asking,
        pytest.raises(Rubbish, match=r"text/html, 45 bytes beginning b'<html>.*expected JSON"),
    ):
        asking.get(f"{server.url}/a").json()


def test_a_server_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with client(tmp_path) as asking, pytest.raises(Unavailable, match="cannot be reached"):
        asking.get("http://127.0.0.1:9/a")


def test_one_run_asks_once_even_after_it_was_killed(server: Replay, tmp_path: Path) -> None:
    for _ in range(2):  # a client that is gone, and the one of the run that goes on
        with client(tmp_path) as asking:
            asking.get(f"{server.url}/a")
    assert len(server.asked) == 1
    assert (asking.requests, asking.repeated) == (0, 1)
    with client(tmp_path, run="two") as asking:
        asking.get(f"{server.url}/a")
    assert len(server.asked) == 2


def test_an_answer_that_was_torn_is_asked_for_again(server: Replay, tmp_path: Path) -> None:
    with client(tmp_path) as asking:
        asking.get(f"{server.url}/a")
    next(tmp_path.glob("*.body")).write_bytes(b"half")
    with client(tmp_path) as asking:
        assert asking.get(f"{server.url}/a").json() == {"page": 1}
    assert len(server.asked) == 2


def test_the_next_run_asks_whether_it_has_changed(pages: Pages, server: Replay, tmp_path: Path) -> None:
    pages.headers = {"ETag": '"v1"', "Last-Modified": "Tue, 24 Nov 2026 10:00:00 GMT"}
    with client(tmp_path) as asking:
        asking.get(f"{server.url}/a")
    with client(tmp_path, run="two") as asking:
        answered = asking.get(f"{server.url}/a")
        assert (answered.json(), answered.repeated, asking.unchanged) == ({"page": 1}, True, 1)
    assert server.asked[1].headers["if-modified-since"] == "Tue, 24 Nov 2026 10:00:00 GMT"
    pages.headers, pages.body = {"ETag": '"v2"'}, b'{"page": 2}'
    with client(tmp_path, run="three") as asking:
        assert asking.get(f"{server.url}/a").json() == {"page": 2}
        assert asking.unchanged == 0


def test_tidying_keeps_what_a_server_can_confirm(pages: Pages, server: Replay, tmp_path: Path) -> None:
    with client(tmp_path) as asking:
        asking.get(f"{server.url}/plain")
        pages.headers = {"ETag": '"v1"'}
        asking.get(f"{server.url}/tagged")
    KeptAnswers(tmp_path, "one").tidy()
    with client(tmp_path, run="two") as asking:
        asking.get(f"{server.url}/plain")
        asking.get(f"{server.url}/tagged")
    assert [("if-none-match" in asked.headers) for asked in server.asked] == [False, False, False, True]


def test_a_key_is_sent_and_neither_kept_nor_told(server: Replay, tmp_path: Path) -> None:
    with client(tmp_path) as asking:
        answered = asking.get(f"{server.url}/a", {"api_key": "s3cret", "email": "me@example.org"})
    assert server.asked[0].query["api_key"] == "s3cret"
    assert "s3cret" not in answered.address
    assert not any(b"s3cret" in path.read_bytes() for path in tmp_path.iterdir())
    server.faults = [Reply(b"no", 403)]
    with client(tmp_path) as asking, pytest.raises(SourceRefused) as refused:
        asking.get(f"{server.url}/b", {"api_key": "s3cret"})
    assert "s3cret" not in str(refused.value)


def test_a_form_is_sent_and_kept_by_what_is_in_it(server: Replay, tmp_path: Path) -> None:
    with client(tmp_path) as asking:
        for ids in ("1,2", "1,2", "1,3"):
            asking.post(f"{server.url}/a", {"id": ids})
    assert [(asked.method, asked.query) for asked in server.asked] == [("POST", {"id": "1,2"}), ("POST", {"id": "1,3"})]


def test_a_host_is_asked_no_oftener_than_its_rate_allows() -> None:
    waits: list[float] = []
    clock = [0.0]

    def sleep(seconds: float) -> None:
        waits.append(round(seconds, 3))
        clock[0] += seconds

    pace = Pace({"fast.example": 10.0}, now=lambda: clock[0], sleep=sleep)
    for _ in range(3):
        pace.wait("https://fast.example/a")
    pace.wait("https://other.example/a")
    pace.wait("http://127.0.0.1:1/a")
    pace.wait("http://127.0.0.1:1/a")
    assert waits == [0.1, 0.1]
    for _ in range(2):
        pace.wait("https://api.fda.gov/drug/label.json")
    assert waits == [0.1, 0.1, 0.25]
