"""What a page says of its answer's standing: the step, who approved, what is out of date, the log, what came after."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fastapi import FastAPI

from corpus.flags import Flag, Reason
from corpus.store import Store
from qa.answer import Answer
from qa.answerer import Answerer
from qa.disclaimer import PENDING
from qa.keep import AnswerKeeper
from qa.web.add import add_pages
from qa.web.site import Site
from qa.web.state import Event, PageState, Step, Submitted
from tests.index.corpora import WordEncoder
from tests.qa.web.conftest import html, words
from tests.serving import serving
from tests.small_home import INDICATION

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
APPROVED = PageState(
    Step.APPROVED,
    AT,
    "Ann <b>Lee</b>",
    log=(Event(AT, "Ann <b>Lee</b>", "approved"),),
    successor="0123456789abcdef0123",
)
FLAG = Flag("a", 1, Reason.REMOVED, "label:x@1", "label:x", "Old words.", "", "the cited words are gone", AT)


class Fixed:
    """Says of every answer that it stands so."""

    def __init__(self, state: PageState) -> None:
        self._state = state

    def of(self, answer: Answer) -> PageState:
        return self._state


@contextmanager
def page(home: Path, state: PageState) -> Iterator[BeautifulSoup]:
    """Yield the page of an answer that stands so."""
    answerer = Answerer(home, encoder=WordEncoder())
    answer = answerer.ask(INDICATION)
    with Store.open(home) as store:
        keeper = AnswerKeeper(store)
        keeper.keep(answer)
        app = FastAPI()
        add_pages(app, Site(answerer, keeper, store, Fixed(state)))
        with serving(app) as client:
            yield html(client.get(f"/answers/{answer.id}-what-is-examplumab-indicated-for"))


def reached(page: BeautifulSoup) -> list[str]:
    return [words(step.get_text()) for step in page.select(".steps .reached")]


def test_an_approved_answer_says_by_whom_and_of_what_and_carries_no_caution(own_home: Path) -> None:
    with page(own_home, APPROVED) as shown:
        assert reached(shown) == ["Submitted", "Under Review", "Approved"]
        assert shown.select(".steps [aria-current]")[0].get_text() == "Approved"
        assert PENDING not in shown.get_text()
        approved = words(shown.select(".approved")[0].get_text())
        assert approved == (
            "Approved by Ann <b>Lee</b>: exactly these words, these cited characters and the disclaimer."
        )
        assert "Last updated March 4, 2026" in words(shown.select(".updated")[0].get_text())
        assert words(shown.select(".log li")[0].get_text()) == "March 4, 2026, 05:06 UTC Ann <b>Lee</b> approved"


def test_what_took_its_place_is_linked_to(own_home: Path) -> None:
    with page(own_home, APPROVED) as shown:
        assert [link["href"] for link in shown.select(".notice a")] == ["/answers/0123456789abcdef0123"]


def test_an_answer_under_review_still_asks_for_caution(own_home: Path) -> None:
    with page(own_home, PageState(Step.UNDER_REVIEW, AT)) as shown:
        assert reached(shown) == ["Submitted", "Under Review"]
        assert [words(tag.get_text()) for tag in shown.select(".caution")] == [PENDING]
        assert not shown.select(".log, .approved, .stale, .notice")


def test_words_that_are_gone_are_said_to_be_and_the_caution_is_back(own_home: Path) -> None:
    with page(own_home, replace(APPROVED, flags=(FLAG,))) as shown:
        stale = shown.select(".stale")[0]
        assert "Source 1: the cited words are gone." in stale.get_text()
        assert stale.select("del")[0].get_text() == "Old words."
        assert "These words are no longer there." in stale.get_text()
        assert not shown.select(".approved")
        assert [words(tag.get_text()) for tag in shown.select(".caution")] == [PENDING]


@pytest.mark.parametrize(("step", "count"), [(Step.SUBMITTED, 1), (Step.UNDER_REVIEW, 2), (Step.APPROVED, 3)])
def test_the_steps_come_in_their_order(step: Step, count: int) -> None:
    state = PageState(step, AT)
    assert [state.reached(one) for one in Step] == [True] * count + [False] * (3 - count)
    assert state.is_pending is (step is not Step.APPROVED)


def test_without_a_review_an_answer_was_submitted_when_it_was_made(own_home: Path) -> None:
    answer = Answerer(own_home, encoder=WordEncoder(), now=lambda: AT).ask(INDICATION)
    with Store.open(own_home) as store:
        AnswerKeeper(store).keep(answer)
        state = Submitted(store).of(answer)
    assert (state.step, state.updated, state.flags, state.by) == (Step.SUBMITTED, AT, (), "")
    assert state.log == (Event(AT, "Curbside", "made this answer"),)
