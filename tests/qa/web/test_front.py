"""The start page over real HTTP: what to ask, what was asked, what is held."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from corpus import reviews
from corpus.reviews import Event
from corpus.store import Store
from corpus.transactions import writing
from qa.answerer import Answerer
from qa.keep import AnswerKeeper
from qa.review.desk import ReviewDesk
from qa.serve import create_app
from tests.index.corpora import WordEncoder
from tests.qa.web.conftest import BROWSER, ask, html, service
from tests.serving import serving
from tests.small_home import CONTRAINDICATIONS, INDICATION, UNKNOWN, read_in


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a small data folder of its own: what was asked there is known."""
    read_in(tmp_path, WordEncoder())
    return tmp_path


@pytest.fixture
def own(home: Path) -> Iterator[httpx.Client]:
    with service(home) as running:
        yield running


def approve(home: Path, answer_id: str) -> None:
    """Write the approval of an answer as it stands now."""
    with Store.open(home) as store, writing(store.engine) as connection:
        seen = ReviewDesk(store, Answerer(home, encoder=WordEncoder())).seen(answer_id)
        now = seen.state
        at = datetime.now(UTC)
        reviews.append(connection, Event(answer_id, now.seen + 1, at, "anna", "approved", now.hash, {"flags": []}))


def id_of(path: str) -> str:
    return path.removeprefix("/answers/").partition("-")[0]


def test_the_examples_are_of_what_is_held_and_each_is_answered(own: httpx.Client) -> None:
    questions = [str(one["value"]) for one in html(own.get("/")).select(".examples input[name=question]")]
    assert questions and len(set(questions)) == len(questions)
    assert all("examplumab" in question for question in questions)
    for question in questions:
        assert own.post("/api/ask", json={"question": question}).json()["status"] == "answered"


def test_nothing_is_kept_of_the_examples_that_were_tried(own: httpx.Client) -> None:
    page = html(own.get("/"))
    assert page.select(".examples button") and not page.select(".card")


def test_what_was_answered_lately_is_a_card_and_a_refusal_is_none(own: httpx.Client) -> None:
    first = ask(own, INDICATION)
    ask(own, UNKNOWN)
    second = ask(own, CONTRAINDICATIONS)
    again = ask(own, INDICATION)
    page = html(own.get("/"))
    cards = page.select("section[aria-labelledby=recent-title] .card")
    assert [card.a.get_text() for card in cards if card.a] == [INDICATION, CONTRAINDICATIONS]
    assert [str(card.a["href"]) for card in cards if card.a] == [again, second]
    assert "1 label" in cards[0].get_text() and "Submitted" in cards[0].get_text()
    assert first != again and not page.select("#approved-title")


def test_what_others_asked_is_not_shown_where_that_is_not_wanted(home: Path) -> None:
    with service(home, show_recent=False) as client:
        ask(client, INDICATION)
        assert "Answered lately" not in client.get("/").text
    with service(home) as client:
        assert "Answered lately" in client.get("/").text


def test_an_approved_answer_has_its_own_place(home: Path, own: httpx.Client) -> None:
    path = ask(own, INDICATION)
    ask(own, CONTRAINDICATIONS)
    approve(home, id_of(path))
    page = html(own.get("/"))
    [card] = page.select("section[aria-labelledby=approved-title] .card")
    assert card.a is not None and card.a["href"] == path and "Approved" in card.get_text()
    recent = page.select("section[aria-labelledby=recent-title] .card a")
    assert [one.get_text() for one in recent] == [CONTRAINDICATIONS]


def test_an_answer_whose_source_changed_is_approved_no_more(home: Path, own: httpx.Client) -> None:
    path = ask(own, "What is the recommended dose of Sampla?")
    approve(home, id_of(path))
    assert html(own.get("/")).select("#approved-title")
    read_in(home, WordEncoder(), dose=140)
    page = html(own.get("/"))
    assert not page.select("#approved-title")
    assert "Out of date" in page.select("section[aria-labelledby=recent-title] .card")[0].get_text()


def test_the_counts_of_what_is_held_lead_to_it(own: httpx.Client) -> None:
    held = html(own.get("/")).select(".held div")
    assert [one.dd.get_text() for one in held if one.dd] == ["1", "1", "1"]
    assert held[1].a is not None and held[1].a["href"] == "/sources?kind=label"


def test_a_page_is_there_before_anything_is_held(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        app = create_app(Answerer(tmp_path, encoder=WordEncoder()), AnswerKeeper(store), store)
        with serving(app) as client:
            page = html(client.get("/", headers=BROWSER))
    assert "curbside" in page.select(".missing")[0].get_text()
    assert page.select("form.ask") and not page.select(".examples")
