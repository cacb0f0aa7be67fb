"""Every page has the shell: its headers, its links, nothing inline, errors that a person can read."""

import hashlib
import re
from importlib.resources import files
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from starlette.datastructures import Headers

from corpus.store import Store
from qa.answerer import Answerer
from qa.keep import AnswerKeeper
from qa.web.add import add_pages, page_modules, with_nav
from qa.web.headers import SECURITY
from qa.web.origin import is_foreign
from qa.web.pages.front import own_path
from qa.web.site import Account, NavItem, Site
from qa.web.state import Submitted
from tests.index.corpora import WordEncoder
from tests.qa.web.conftest import html
from tests.serving import serving
from tests.small_home import INDICATION

PAGES = ("/", "/docs", "/editorial-policy", "/nowhere")
VENDOR = files("qa.web") / "static" / "vendor"


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    page = html(response, 404 if path == "/nowhere" else 200)
    assert not page.find_all("style")
    assert [one["src"] for one in page.find_all("script")] and not any(one.text for one in page.find_all("script"))
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name == "style" or name.startswith(("on", "hx-on"))], tag
        for name in ("src", "href", "action"):
            address = tag.get(name, "/")
            assert re.match(r"/(?!/)|#", str(address)), tag
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy and "data:" not in policy


@pytest.mark.parametrize("path", [*PAGES, "/healthz", "/api/answers/0", "/static/site.css", "/static/none.css"])
def test_every_response_carries_the_headers(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers.get(name) for name in SECURITY} == SECURITY


def test_every_link_of_the_shell_leads_somewhere(client: httpx.Client) -> None:
    page = html(client.get("/"))
    found = {tag.get("href") or tag.get("src") for tag in page.find_all(["a", "link", "script", "img"])}
    paths = {str(one) for one in found if not str(one).startswith("#")}
    assert {"/editorial-policy", "/docs"} <= paths
    for path in paths:
        assert client.get(path).status_code == 200, path


def test_the_header_says_where_one_is_and_what_there_is(client: httpx.Client) -> None:
    here = html(client.get("/")).find("nav", {"aria-label": "Main"})
    assert here is not None
    current = here.find("a", {"aria-current": "page"})
    assert current is not None and current.text == "Ask"


def test_a_static_file_is_kept_for_good_under_its_hash_and_checked_under_any_other(client: httpx.Client) -> None:
    link = html(client.get("/")).select("link[rel=stylesheet]")[0]
    kept = client.get(str(link["href"]))
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert hashlib.sha256(kept.content).hexdigest().startswith(str(link["href"]).partition("?v=")[2])
    other = client.get("/static/site.css?v=0")
    assert other.headers["cache-control"] == "no-cache"
    assert client.get("/static/site.css", headers={"if-none-match": other.headers["etag"]}).status_code == 304
    assert client.head("/static/site.js").headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("path", ["../site.py", "..%2fsite.py", "%2e%2e/add.py", "vendor", ""])
def test_nothing_but_the_static_files_is_served(client: httpx.Client, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


def test_what_is_vendored_is_what_was_published_and_has_its_licence() -> None:
    [folder] = [one for one in VENDOR.iterdir() if one.is_dir()]
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert set(sums) == {"htmx.min.js", "LICENSE"} == {one.name for one in folder.iterdir()} - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert "Zero-Clause BSD" in (folder / "LICENSE").read_text()


def test_an_error_is_a_page_for_a_browser_and_json_for_a_program(client: httpx.Client) -> None:
    page = html(client.get("/nowhere/<script>alert(1)<!--"), 404)
    assert "<script>alert(1)<!--: there is nothing at this path" in page.select("main")[0].get_text()
    assert client.get("/nowhere", headers={"accept": "*/*"}).json()["error"]
    assert client.get("/api/answers/0").json()["error"]
    assert "ask in words" in html(client.post("/ask", data={"question": " "}), 422).get_text()


def test_a_choice_of_reader_is_remembered_and_leads_back(client: httpx.Client) -> None:
    done = client.post("/audience", data={"audience": "patient", "back": "/editorial-policy?x=1"})
    assert (done.status_code, done.headers["location"]) == (303, "/editorial-policy")
    cookie = done.headers["set-cookie"]
    assert "audience=patient" in cookie and "HttpOnly" in cookie and "SameSite=lax" in cookie
    chosen = html(client.get("/", headers={"cookie": "audience=patient"})).select("input[name=audience][checked]")
    assert [one["value"] for one in chosen] == ["patient"]
    none = html(client.get("/", headers={"cookie": "audience=%3Cscript%3E"})).select("input[name=audience][checked]")
    assert none == []
    assert client.post("/audience", data={"audience": "nurse"}).status_code == 422
    client.cookies.clear()


@pytest.mark.parametrize(
    "address", ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example", "", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site(address: str) -> None:
    assert own_path(address) == "/"


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({}, False),
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
        ({"origin": "http://here:8000", "host": "here:8000"}, False),
        ({"origin": "http://elsewhere", "host": "here:8000"}, True),
        ({"origin": "null", "host": "here:8000"}, True),
    ],
)
def test_what_another_site_sends_is_told_from_what_is_ours(headers: dict[str, str], foreign: bool) -> None:
    assert is_foreign(Headers(headers)) is foreign


def test_what_another_site_sends_is_refused_and_a_link_from_there_is_not(client: httpx.Client) -> None:
    foreign = {"sec-fetch-site": "cross-site"}
    assert client.post("/ask", data={"question": INDICATION}, headers=foreign).status_code == 403
    assert client.post("/api/ask", json={"question": INDICATION}, headers=foreign).status_code == 403
    assert client.get("/", headers=foreign).status_code == 200


def test_the_review_queue_is_in_the_header_for_those_who_review(small_home: Path) -> None:
    def header(account: Account | None) -> str:
        with Store.open(small_home) as store:
            answerer, keeper = Answerer(small_home, encoder=WordEncoder()), AnswerKeeper(store)
            site = Site(answerer, keeper, store, Submitted(store), account_of=lambda _: account)
            site = with_nav(site)
            object.__setattr__(site, "nav", (*site.nav, NavItem("Review queue", "/review", 90, reviews=True)))
            app = FastAPI()
            add_pages(app, site)
            with serving(app) as client:
                nav = html(client.get("/")).find("nav", {"aria-label": "Main"})
                assert nav is not None
                return nav.get_text(" ", strip=True)

    assert "Review queue" not in header(None)
    assert "Review queue" not in header(Account("Ann", "reader"))
    assert header(Account("<b>Bea</b>", "reviewer", reviews=True)).endswith("Review queue <b>Bea</b> Log out")


def test_a_page_is_found_by_being_in_the_folder() -> None:
    folder = Path(__file__).resolve().parents[3] / "qa/web/pages"
    named = {f"qa.web.pages.{path.stem}" for path in folder.glob("[a-z]*.py")}
    assert {str(getattr(module, "__name__", "")) for module in page_modules()} == named
    assert "qa.web.pages.front" in named
