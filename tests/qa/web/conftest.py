"""A service over the small data folder, and what it serves as parsed HTML."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup

from corpus.store import Store
from index.publish import publish
from ingest import pipeline
from ingest.splitter import EncoderSplitter
from qa.answerer import Answerer
from qa.keep import AnswerKeeper
from qa.serve import create_app
from tests.index.corpora import WordEncoder
from tests.serving import serving

BROWSER = {"accept": "text/html,application/xhtml+xml"}
# A publication full of what a browser would run if it were let.
HOSTILE = """---
key: research:hostile
kind: research
title: "<script>alert('title')</script> Examplumab & \\"friends\\""
body: "<img src=x onerror=alert('body')>"
year: 2022
licence: "<b>CC0</b>"
design: "<i>randomized trial</i>"
drugs: [examplumab]
authors: ["<u>Miller</u> PD"]
---

## Design and participants

Of the participants, 40 women with osteoporosis received examplumab.

## Results

Examplumab prevented vertebral fracture in women &lt;script&gt;alert('text')&lt;/script&gt; &amp; men with osteoporosis.
"""
EFFICACY = "Does examplumab lower vertebral fracture in women with osteoporosis?"


@contextmanager
def service(home: Path, *, show_recent: bool = True) -> Iterator[httpx.Client]:
    """Yield a client that asks as a browser does, of a service over a data folder."""
    with Store.open(home) as store:
        app = create_app(Answerer(home, encoder=WordEncoder()), AnswerKeeper(store), store, show_recent=show_recent)
        with serving(app) as client:
            client.headers.update(BROWSER)
            yield client


def add_hostile(home: Path) -> None:
    """Read the hostile publication into a small data folder as well, and publish it."""
    (home / "in/hostile.md").write_text(HOSTILE, encoding="utf-8")
    with Store.open(home) as store:
        report = pipeline.ingest([home / "in"], store, EncoderSplitter(WordEncoder()), retrieved=date(2026, 11, 24))
        assert report.read == 4
        publish(home, store.current_split(), WordEncoder(), corpus_fingerprint=store.fingerprint())


@pytest.fixture(scope="session")
def web_home(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the small data folder with one document more: what is asked here is kept in it."""
    home = Path(shutil.copytree(untouched_home, tmp_path_factory.mktemp("web") / "home"))
    add_hostile(home)
    return home


@pytest.fixture(scope="module")
def client(web_home: Path) -> Iterator[httpx.Client]:
    with service(web_home) as running:
        yield running


def html(response: httpx.Response, status: int = 200) -> BeautifulSoup:
    """Return a page, after checking its status and that it is one."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return BeautifulSoup(response.text, "lxml")


def ask(client: httpx.Client, question: str) -> str:
    """Ask as the form does; return the path of the answer's page."""
    asked = client.post("/ask", data={"question": question})
    assert asked.status_code == 303, asked.text
    return asked.headers["location"]


def words(text: str) -> str:
    """Return a text with its white space single."""
    return " ".join(text.split())
