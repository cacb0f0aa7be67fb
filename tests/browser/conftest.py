"""A real browser on a real service: Debian's chromium, driven by playwright, over the small data folder.

`page` is a page of its own for each test, `new_page(**options)` makes one with options of a browser context (a
viewport, `java_script_enabled=False`, a colour scheme, touch). When the test ends, each has asked for nothing but the
service's own addresses and has met no fault: a blocked script, an exception, an error of the policy.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from corpus.store import Store
from qa.answerer import Answerer
from qa.keep import AnswerKeeper
from qa.serve import create_app
from tests.index.corpora import WordEncoder
from tests.qa.web.conftest import add_hostile
from tests.serving import serving
from tests.small_home import read_in

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Of a response that is an error by intent the browser says this much.
EXPECTED = "Failed to load resource"

NewPage = Callable[..., Page]


@dataclass(frozen=True, slots=True)
class Served:
    """A running service: its address, and a client of it."""

    url: str
    client: httpx.Client

    def ask(self, question: str) -> str:
        """Ask as the form does; return the path of the answer's page."""
        return self.client.post("/ask", data={"question": question}).headers["location"]


# Not for the session: while playwright runs, no other test could start an event loop.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Return chromium; skip (or fail, under CURBSIDE_REQUIRE_SHARED=1) where it is not installed."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = f"no browser is installed: expected one of {', '.join(NAMES)} (Debian: apt-get install chromium)"
        if os.environ.get("CURBSIDE_REQUIRE_SHARED") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@contextmanager
def served_from(home: Path, answerer: Answerer) -> Iterator[Served]:
    """Yield a service over a data folder."""
    with Store.open(home) as store, serving(create_app(answerer, AnswerKeeper(store), store)) as client:
        yield Served(str(client.base_url).rstrip("/"), client)


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a service over the small data folder and a publication that is full of scripts."""
    home = tmp_path_factory.mktemp("browser")
    read_in(home, WordEncoder())
    add_hostile(home)
    with served_from(home, Answerer(home, encoder=WordEncoder())) as running:
        yield running


@pytest.fixture(scope="package")
def starter(starter_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a service over a copy of the starter corpus, warm."""
    home = tmp_path_factory.mktemp("starter-pages") / "home"
    shutil.copytree(starter_home, home, ignore=shutil.ignore_patterns("evals", "raw", "vectors"))
    with served_from(home, Answerer(home)) as running:
        running.client.get(running.ask("What is the dose of alendronate?"))
        yield running


@pytest.fixture
def new_page(browser: Browser, served: Served) -> Iterator[NewPage]:
    """Return a function that opens a page in a browser of its own; afterwards nothing has left the machine."""
    with pages_of(browser, served.url) as opened:
        yield opened


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """Return a page of 1280 by 900."""
    return new_page(viewport={"width": 1280, "height": 900})


@contextmanager
def pages_of(browser: Browser, url: str) -> Iterator[NewPage]:
    """Yield what opens pages on an address; at the end no request has gone elsewhere, and nothing went wrong."""
    contexts, asked, faults = [], [], []

    def noted(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            faults.append(message.text)

    def open_page(**options: object) -> Page:
        context = browser.new_context(base_url=url, **options)  # type: ignore[arg-type]
        contexts.append(context)
        opened = context.new_page()
        opened.on("request", lambda request: asked.append(request.url))
        opened.on("console", noted)
        opened.on("pageerror", lambda error: faults.append(str(error)))
        opened.on("dialog", lambda dialog: faults.append(f"a dialog opened: {dialog.message}"))
        return opened

    yield open_page
    for context in contexts:
        context.close()
    assert [address for address in asked if not address.startswith(f"{url}/")] == []
    assert faults == []
