"""Pages on the web: one that fails does not stop the others, and only a page that is gone for good is withdrawn."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from corpus.errors import Unavailable
from ingest.connectors.base import Item, Known
from ingest.connectors.web import Follow, Web
from ingest.fetching.client import Client, Patience
from ingest.fetching.kept import KeptAnswers
from ingest.readers.base import read_any
from tests.replay.folder import page
from tests.replay.server import HTML_ERROR, Replay, Reply, replaying
from tests.replay.web import HTML, Pages, pdf

QUICK = Patience(attempts=2, first_wait_s=0.01, longest_wait_s=0.02, jitter_s=0.0)
NOTHING_KNOWN = Known({})


@pytest.fixture
def pages() -> Pages:
    return Pages({"/a.md": page("a", "One."), "/b.html": HTML.format(text="Two.").encode(), "/c.pdf": pdf()})


@pytest.fixture
def server(pages: Pages) -> Iterator[Replay]:
    with replaying(pages) as replay:
        yield replay


@contextmanager
def following(folder: Path, urls: list[str], run: str = "one") -> Iterator[tuple[Web, Client]]:
    with Client(KeptAnswers(folder, run), patience=QUICK) as client:
        yield Web(Follow(urls=tuple(urls)), client), client


def test_a_page_is_named_by_its_address_where_it_has_no_identifier(server: Replay, tmp_path: Path) -> None:
    urls = [f"{server.url}/a.md", f"{server.url}/b.html#advice", f"{server.url}/c.pdf"]
    with following(tmp_path, urls) as (web, _):
        fetched = list(web.fetch(list(web.listed(NOTHING_KNOWN))))
    keys = [read_any(one.file)[0].key for one in fetched if one.file]
    assert keys == ["guideline:a", f"url:{server.url}/b.html", f"url:{server.url}/c.pdf"]


def test_the_next_run_asks_whether_a_page_has_changed(server: Replay, tmp_path: Path) -> None:
    with following(tmp_path, [f"{server.url}/a.md"]) as (web, _):
        first = list(web.listed(NOTHING_KNOWN))
    with following(tmp_path, [f"{server.url}/a.md"], "two") as (web, client):
        assert list(web.listed(NOTHING_KNOWN)) == first
        assert client.unchanged == 1
    assert "if-none-match" in server.asked[1].headers


def test_a_page_that_is_refused_says_so_and_the_others_are_read(server: Replay, tmp_path: Path) -> None:
    urls = [f"{server.url}/absent.md", f"{server.url}/a.md"]
    with following(tmp_path, urls) as (web, client):
        items = list(web.listed(NOTHING_KNOWN))
        absent, sound = web.fetch(items)
        assert client.requests == 2
        assert list(web.gone(urls)) == []
    assert items[0] == Item(urls[0], "")
    assert (absent.file, absent.revision, absent.gone) == (None, "", False)
    assert absent.reason == "it answered 404: check the address"
    assert sound.file is not None


def test_a_server_that_is_silent_stops_its_own_pages_alone(server: Replay, tmp_path: Path) -> None:
    silent, sound = "http://127.0.0.1:9/x.md", f"{server.url}/a.md"
    with following(tmp_path, [silent, sound]) as (web, client):
        told, fetched = web.fetch(list(web.listed(NOTHING_KNOWN)))
        asked = client.requests
        assert list(web.gone([sound])) == []
    assert "cannot be reached" in told.reason
    assert fetched.file is not None
    assert asked == 3  # two attempts and one answer: what has failed is not tried again while fetching
    with following(tmp_path, [silent]) as (web, _):
        with pytest.raises(Unavailable):
            list(web.listed(NOTHING_KNOWN))
        assert list(web.gone([silent])) == []


def test_a_page_that_is_gone_for_good_is_told_of_once(pages: Pages, server: Replay, tmp_path: Path) -> None:
    pages.pages["/b.html"] = None
    url = f"{server.url}/b.html"
    with following(tmp_path, [url]) as (web, _):
        (item,) = web.listed(Known({url: "before"}))
        (fetched,) = web.fetch([item])
        assert fetched.gone
        assert list(web.listed(NOTHING_KNOWN)) == []
        assert list(web.gone([url])) == [url]


@pytest.mark.parametrize(("path", "expected"), [("/c.pdf", "expected a PDF"), ("/a.md", "expected Markdown")])
def test_an_error_page_in_place_of_a_file_is_not_taken_for_it(
    server: Replay, tmp_path: Path, path: str, expected: str
) -> None:
    urls = [f"{server.url}{path}", f"{server.url}/b.html"]
    server.faults = [HTML_ERROR]
    with following(tmp_path, urls) as (web, _):
        told, sound = web.fetch(list(web.listed(NOTHING_KNOWN)))
    assert (told.file, told.revision) == (None, "")
    assert expected in told.reason
    assert sound.file is not None
    with following(tmp_path, urls) as (web, _):  # the same run goes on: the error page was not kept
        assert all(one.file for one in web.fetch(list(web.listed(NOTHING_KNOWN))))


def test_an_empty_page_is_no_page(server: Replay, tmp_path: Path) -> None:
    server.faults = [Reply(b" ", 200, {"Content-Type": "text/html"})]
    with following(tmp_path, [f"{server.url}/b.html", f"{server.url}/a.md"]) as (web, _):
        told, _ = web.fetch(list(web.listed(NOTHING_KNOWN)))
    assert "answered with nothing" in told.reason


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"urls": []},
        {"urls": ["ftp://a.example/x"]},
        {"urls": ["/x.md"]},
        {"urls": ["https://me:pw@a.example/x"]},
        {"urls": ["https://a\x00.example"]},
        {"urls": ["https://[::1/"]},
    ],
)
def test_what_is_no_address_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Follow.model_validate(asked)
