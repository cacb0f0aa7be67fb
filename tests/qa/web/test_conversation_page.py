"""The conversation around an answer over real HTTP: follow-ups, what was understood, what is taken back."""

import re
from collections.abc import Iterator

import httpx
import pytest
from bs4 import BeautifulSoup, Tag

from qa.web.turn_html import BREAK, own
from tests.qa.web.conftest import ask, html, words
from tests.small_home import CONTRAINDICATIONS, DOSE, INDICATION, UNKNOWN

PREGNANT = "Can a pregnant woman with eGFR 25 receive examplumab?"
EMERGENCY = "I have crushing chest pain, what now?"


def answer_id(path: str) -> str:
    return path.removeprefix("/answers/").partition("-")[0]


def post(client: httpx.Client, path: str, **fields: object) -> str:
    """Send a form; return the path that it leads to."""
    answered = client.post(path, data=fields)
    assert answered.status_code == 303, answered.text
    return answered.headers["location"]


def follow_up(client: httpx.Client, after: str, question: str) -> str:
    return post(client, f"/answers/{answer_id(after)}/follow-up", question=question)


def again(client: httpx.Client, path: str, **fields: object) -> str:
    return post(client, f"/answers/{answer_id(path)}/again", **fields)


def chips(page: BeautifulSoup) -> list[str]:
    return [str(one["value"]) for one in page.select(".chip-form input[name=without]")]


def kept(client: httpx.Client, path: str) -> dict[str, object]:
    found: dict[str, object] = client.get(f"/api/answers/{answer_id(path)}").json()
    return found


@pytest.fixture
def streamed(client: httpx.Client) -> Iterator[tuple[BeautifulSoup, list[str]]]:
    """Return a follow-up as a script gets it: the whole of it parsed, and its pieces."""
    first = ask(client, INDICATION)
    sent = client.post(
        f"/answers/{answer_id(first)}/follow-up", data={"question": "What is the dose?"}, headers={"x-streams": "1"}
    )
    assert sent.status_code == 200
    yield BeautifulSoup(sent.text, "lxml"), [piece for piece in sent.text.split(BREAK) if piece.strip()]


def test_a_follow_up_is_read_with_what_was_asked_before_and_leads_to_its_own_page(client: httpx.Client) -> None:
    first = ask(client, INDICATION)
    second = follow_up(client, first, "What is the dose?")
    page = html(client.get(second))
    assert page.select(".answer-head h1")[0].get_text() == "What is the dose?"
    assert "Understood as: What is the dose of examplumab?" in words(page.select(".understood")[0].get_text())
    assert "70 mg" in page.select("#label")[0].get_text()


def test_the_page_of_a_follow_up_links_every_turn_before_it(client: httpx.Client) -> None:
    first = ask(client, INDICATION)
    second = follow_up(client, first, "What is the dose?")
    third = follow_up(client, second, "Who should not receive it?")
    links = html(client.get(third)).select(".earlier a")
    assert [link.get_text() for link in links] == [INDICATION, "What is the dose?"]
    assert [client.get(str(link["href"])).headers["location"] for link in links] == [first, second]
    assert not html(client.get(first)).select(".earlier")
    assert kept(client, third)["standalone"] == "Who should not receive examplumab?"


def test_constraints_are_chips_and_one_that_is_removed_is_not_asked_about(client: httpx.Client) -> None:
    path = ask(client, PREGNANT)
    assert chips(html(client.get(path))) == ["pregnancy", "eGFR 25"]
    without = again(client, path, without="pregnancy")
    page = html(client.get(without))
    assert "pregnancy" not in chips(page) and "eGFR 25" in chips(page)
    assert page.select("h1")[0].get_text() == PREGNANT
    assert kept(client, without)["standalone"] == "Can a woman with eGFR 25 receive examplumab?"
    assert [str(one["value"]) for one in page.select(".taken-back input[name=restored]")] == ["pregnancy"]
    assert chips(html(client.get(again(client, without, restored="pregnancy")))) == ["pregnancy", "eGFR 25"]


def test_what_was_removed_stays_away_until_it_is_said_again(client: httpx.Client) -> None:
    path = again(client, ask(client, PREGNANT), without="pregnancy")
    later = follow_up(client, path, "And what is the dose?")
    assert "pregnancy" not in chips(html(client.get(later))) and "eGFR 25" in chips(html(client.get(later)))
    anew = follow_up(client, later, "And if she is pregnant?")
    assert "pregnancy" in chips(html(client.get(anew)))


def test_a_chip_of_an_earlier_turn_is_removed_in_the_same_place_of_the_conversation(client: httpx.Client) -> None:
    first = ask(client, "She has eGFR 25. Can she have examplumab?")
    second = follow_up(client, first, "What is the dose?")
    assert kept(client, second)["standalone"] == "What is the dose of examplumab with eGFR 25?"
    third = again(client, second, without="eGFR 25")
    assert kept(client, third)["standalone"] == "What is the dose of examplumab?"
    earlier = html(client.get(third)).select(".earlier a")
    assert [link.get_text() for link in earlier] == ["She has eGFR 25. Can she have examplumab?"]


def test_what_was_understood_can_be_edited_and_is_then_read_as_it_stands(client: httpx.Client) -> None:
    second = follow_up(client, ask(client, INDICATION), "What is the dose?")
    field = html(client.get(second)).select(".edit textarea[name=question]")[0]
    assert field.get_text() == "What is the dose of examplumab?"
    edited = again(client, second, question=CONTRAINDICATIONS)
    page = html(client.get(edited))
    assert page.select("h1")[0].get_text() == CONTRAINDICATIONS
    assert [link.get_text() for link in page.select(".earlier a")] == [INDICATION]
    assert (
        kept(client, follow_up(client, edited, "What is the dose?"))["standalone"] == "What is the dose of examplumab?"
    )


def test_what_is_sent_back_unedited_is_asked_again_with_its_history(client: httpx.Client) -> None:
    second = follow_up(client, ask(client, INDICATION), "What is the dose?")
    again_ = again(client, second, question="What is the dose of examplumab?")
    assert again_ != second
    assert kept(client, again_)["question"] == "What is the dose?"


def test_a_follow_up_is_streamed_part_after_part(streamed: tuple[BeautifulSoup, list[str]]) -> None:
    page, pieces = streamed
    assert len(pieces) >= 3
    assert 'class="turn-head"' in pieces[0] and "What is the dose?" in pieces[0]
    assert 'id="' in pieces[1] and "label" in pieces[1]
    assert "turn-more" in pieces[-1]
    head = page.select(".turn-head")[0]
    assert str(head["data-path"]).startswith(f"/answers/{head['data-answer']}-")


def test_a_turn_has_citations_and_names_of_its_own(streamed: tuple[BeautifulSoup, list[str]]) -> None:
    page, _ = streamed
    name = str(page.select(".turn-head")[0]["data-answer"])
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    assert ids and len(set(ids)) == len(ids) and all(one.startswith(f"{name}-") for one in ids)
    cites = page.select("a.cite")
    assert cites
    for cite in cites:
        assert page.find(id=str(cite["aria-describedby"])) is not None
        assert str(cite["href"]).startswith("/sources/passages/")
    for label in page.select("label[for]"):
        assert isinstance(page.find(id=str(label["for"])), Tag)


def test_names_are_changed_in_what_refers_to_them_too_and_in_no_text() -> None:
    text = '<p id="a" aria-describedby="b c">say id=&#34;a&#34; <a href="#a">x</a> <a href="/p#a">y</a></p>'
    changed = '<p id="t-a" aria-describedby="t-b t-c">say id=&#34;a&#34; <a href="#t-a">x</a> <a href="/p#a">y</a></p>'
    assert own(text, "t") == changed


def test_a_part_of_a_turn_is_told_apart_by_its_question() -> None:
    changed = own('<section class="part" id="label" aria-labelledby="label-title">', "t")
    assert changed == '<section class="part" id="t-label" aria-labelledby="t-label-title t-question">'


def test_a_refusal_is_a_turn_too(client: httpx.Client) -> None:
    first = ask(client, INDICATION)
    sent = client.post(f"/answers/{answer_id(first)}/follow-up", data={"question": UNKNOWN}, headers={"x-streams": "1"})
    assert "The sources held here do not answer this" in sent.text


def test_a_call_for_help_comes_before_its_question_in_a_turn(client: httpx.Client) -> None:
    first = ask(client, INDICATION)
    sent = client.post(
        f"/answers/{answer_id(first)}/follow-up", data={"question": EMERGENCY}, headers={"x-streams": "1"}
    )
    page = BeautifulSoup(sent.text, "lxml")
    assert [one.get_text() for one in page.select("h2")][:2] == ["Call for help first", EMERGENCY]
    assert not page.select(".chips")


def test_what_was_asked_over_the_api_goes_on_on_its_page(client: httpx.Client) -> None:
    asked = {"question": "What is the dose?", "history": [INDICATION]}
    given = client.post("/api/ask", json=asked).json()
    later = follow_up(client, f"/answers/{given['id']}", "Who should not receive it?")
    assert kept(client, later)["standalone"] == "Who should not receive examplumab?"


def test_what_a_patient_asks_again_in_plain_words_stays_in_its_conversation(client: httpx.Client) -> None:
    second = follow_up(client, ask(client, INDICATION), "What is the dose?")
    patient = {"cookie": "audience=patient"}
    [form] = html(client.get(second, headers=patient)).select(".ask-plain")
    sent = client.post(str(form["action"]), data={"question": str(form.select("input")[0]["value"])}, headers=patient)
    plain = html(client.get(sent.headers["location"]))
    assert [one.get_text() for one in plain.select(".earlier a")] == [INDICATION]
    assert kept(client, sent.headers["location"])["audience"] == "patient"


def test_a_question_that_cannot_be_used_says_why(client: httpx.Client) -> None:
    first = ask(client, INDICATION)
    page = html(client.post(f"/answers/{answer_id(first)}/follow-up", data={"question": " "}), 422)
    assert page.select("h1")
    assert client.post("/answers/none/follow-up", data={"question": DOSE}).status_code == 404


def test_suggestions_are_answered_from_what_is_held_and_asked_with_a_button(client: httpx.Client) -> None:
    path = ask(client, INDICATION)
    page = html(client.get(f"/answers/{answer_id(path)}/next"))
    part = html(client.get(f"/answers/{answer_id(path)}/next", headers={"hx-request": "true"}))
    questions = [str(one["value"]) for one in page.select("main .suggestions input[name=question]")]
    assert questions and all("examplumab" in one for one in questions)
    assert [str(one["value"]) for one in part.select("input[name=question]")] == questions
    assert kept(client, follow_up(client, path, questions[0]))["status"] == "answered"


def test_without_a_script_there_is_a_link_to_what_could_be_asked_next(client: httpx.Client) -> None:
    path = ask(client, INDICATION)
    [link] = html(client.get(path)).select("#suggested a")
    assert link["href"] == f"/answers/{answer_id(path)}/next"


def test_an_emergency_offers_nothing_to_ask_on(client: httpx.Client) -> None:
    page = html(client.get(ask(client, EMERGENCY)))
    assert not page.select(".follow, .chips, #suggested")


def test_a_script_in_a_follow_up_is_shown_as_text(client: httpx.Client) -> None:
    first = ask(client, INDICATION)
    hostile = "What is the dose \"'><img src=x onerror=alert(1)> of examplumab?"
    sent = client.post(f"/answers/{answer_id(first)}/follow-up", data={"question": hostile}, headers={"x-streams": "1"})
    page = BeautifulSoup(sent.text, "lxml")
    assert not page.select("img, script") and not re.search(r"<[^>]+ on\w+=", sent.text)
