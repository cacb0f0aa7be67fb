"""A service over the small data folder, and what it serves as parsed HTML."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup

from corpus.store import Store
from qa.answerer import Answerer
from qa.keep import AnswerKeeper
from qa.serve import create_app
from tests.index.corpora import WordEncoder
from tests.serving import serving

BROWSER = {"accept": "text/html,application/xhtml+xml"}


@contextmanager
def service(home: Path) -> Iterator[httpx.Client]:
    """Yield a client that asks as a browser does, of a service over a data folder."""
    with Store.open(home) as store:
        app = create_app(Answerer(home, encoder=WordEncoder()), AnswerKeeper(store), store)
        with serving(app) as client:
            client.headers.update(BROWSER)
            yield client


@pytest.fixture(scope="session")
def web_home(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the small data folder: what is asked here is kept in it."""
    return Path(shutil.copytree(small_home, tmp_path_factory.mktemp("web") / "home"))


@pytest.fixture(scope="module")
def client(web_home: Path) -> Iterator[httpx.Client]:
    with service(web_home) as running:
        yield running


def html(response: httpx.Response, status: int = 200) -> BeautifulSoup:
    """Return a page, after checking its status and that it is one."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return BeautifulSoup(response.text, "lxml")
