"""The review over real HTTP: from the queue to an approval, and each outcome that has a page of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup

from corpus.stale import flag_stale
from corpus.store import Store
from qa.accounts.doors import Doors
from qa.accounts.roles import Role
from qa.answerer import Answerer
from qa.keep import AnswerKeeper
from qa.serve import create_app
from tests.index.corpora import WordEncoder
from tests.qa.accounts.conftest import quick
from tests.qa.web.conftest import BROWSER, html
from tests.qa.web.test_login import account, log_in, opened, sign_in
from tests.serving import serving
from tests.small_home import CONTRAINDICATIONS, DOSE, read_in


@pytest.fixture
def own_home(untouched_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(untouched_home, tmp_path / "home"))


@pytest.fixture
def service(own_home: Path) -> Iterator[tuple[httpx.Client, Doors]]:
    """Return a service with two reviewers, and a client of one of them, anna."""
    with opened(own_home) as (client, doors):
        account(doors, "anna")
        account(doors, "berta")
        log_in(client)
        yield client, doors


def ask(client: httpx.Client, question: str = CONTRAINDICATIONS) -> str:
    return str(client.post("/api/ask", json={"question": question}).json()["id"])


def form(page: BeautifulSoup, action: str, claim: int | None = None) -> dict[str, str]:
    """Return the fields of the form that does something to a sentence or to the whole, as the page fills them in."""
    for one in page.find_all("form"):
        fields = {
            str(field["name"]): field.text if field.name == "textarea" else str(field.get("value", ""))
            for field in one.find_all(["input", "textarea"])
            if field.get("type") != "checkbox"
        }
        if fields.get("action") == action and fields.get("claim") == (None if claim is None else str(claim)):
            return fields
    raise AssertionError(f"the page has no form for {action}")


def page_of(client: httpx.Client, answer: str) -> BeautifulSoup:
    return html(client.get(f"/review/{answer}"))


def do(client: httpx.Client, answer: str, action: str, claim: int | None = None, **fields: str) -> httpx.Response:
    """Return what comes of sending one of the page's forms."""
    return client.post(f"/review/{answer}", data={**form(page_of(client, answer), action, claim), **fields})


def as_other(client: httpx.Client, name: str = "berta") -> None:
    client.cookies.clear()
    log_in(client, name)


def test_from_the_queue_to_an_approval_that_the_answer_shows(service: tuple[httpx.Client, Doors]) -> None:
    client, _ = service
    answer = ask(client)
    queue = html(client.get("/review"))
    [link] = [one for one in queue.select(".queue-question") if one["href"] == f"/review/{answer}"]
    assert link.text == CONTRAINDICATIONS
    for response in (
        do(client, answer, "open"),
        do(client, answer, "comment", text="Look at <b>this</b>."),
        do(client, answer, "approve"),
    ):
        assert (response.status_code, response.headers["location"]) == (303, f"/review/{answer}")
    page = page_of(client, answer)
    assert page.select_one(".tag-good").text == "Approved"  # type: ignore[union-attr]
    assert [one.b.text for one in page.select(".log li")] == ["anna"] * 3  # type: ignore[union-attr]
    assert "Look at <b>this</b>." in page.get_text() and "<b>this</b>" not in str(page.select_one(".log p"))
    public = html(client.get(client.get(f"/answers/{answer}").headers["location"]))
    assert "Approved by anna" in public.text and "anna approved" in public.text
    assert "Look at" not in public.text, "what reviewers say to each other is not on the answer's page"


def test_every_quote_stands_in_its_surroundings_with_its_very_characters_marked(
    service: tuple[httpx.Client, Doors],
) -> None:
    client, _ = service
    answer = ask(client, DOSE)
    page = page_of(client, answer)
    kept = client.get(f"/api/answers/{answer}").json()
    quotes = {citation["quote"] for citation in kept["citations"]}
    marked = [one.text for one in page.select("blockquote mark")]
    assert set(marked) == quotes
    assert len(page.select(".sentence")) == sum(
        len(block["claims"]) for part in kept["parts"] for block in part["blocks"]
    )


def test_a_comment_stands_under_its_sentence(service: tuple[httpx.Client, Doors]) -> None:
    client, _ = service
    answer = ask(client)
    do(client, answer, "comment", 1, text="Is this all?")
    sentence = page_of(client, answer).select_one("#sentence-1")
    assert sentence is not None and "Is this all?" in sentence.select_one(".comment").text  # type: ignore[union-attr]


def test_a_passage_is_found_and_put_in_a_sentences_place_and_another_reviewer_approves(
    service: tuple[httpx.Client, Doors],
) -> None:
    client, _ = service
    answer = ask(client)
    page = page_of(client, answer)
    where = str(page.select_one("#sentence-1 a[href*=replace]")["href"])  # type: ignore[index]
    sign = sign_in(page)
    found = html(client.post(where, data={"words": "recommended dose", "csrf": sign}))
    [hit] = [one for one in found.select("form.hit") if "70 mg" in one.text]
    fields = {str(one["name"]): str(one.get("value", "")) for one in hit.select("input[type=hidden], input[type=text]")}
    response = client.post(f"/review/{answer}", data=fields | {"sentences": ["0"], "text": "The dose was asked for."})
    made = response.headers["location"].rpartition("/")[2]
    assert response.status_code == 303 and made != answer
    page = page_of(client, made)
    assert "another reviewer has to approve" in page.text and "70 mg" in page.text
    with pytest.raises(AssertionError, match="no form"):
        form(page_of(client, answer), "approve")
    assert f"/review/{made}" in str(page_of(client, answer))
    as_other(client)
    assert do(client, made, "approve").status_code == 303


def test_an_own_edit_sent_without_the_page_is_refused_all_the_same(service: tuple[httpx.Client, Doors]) -> None:
    client, _ = service
    answer = ask(client)
    made = do(client, answer, "remove", 0, text="Not asked for.").headers["location"].rpartition("/")[2]
    state = client.get(f"/api/answers/{made}/review").json()
    fields = {"action": "approve", "seen": state["seen"], "hash": state["hash"], "alone": "true"}
    response = client.post(f"/review/{made}", data=fields | {"csrf": sign_in(page_of(client, made))})
    assert "edited this version yourself" in html(response, status=403).text


def test_who_comes_second_is_told_what_happened_and_keeps_what_they_typed(service: tuple[httpx.Client, Doors]) -> None:
    client, _ = service
    answer = ask(client)
    looked_at = form(page_of(client, answer), "comment")
    do(client, answer, "comment", text="I was first.")
    page = html(client.post(f"/review/{answer}", data=looked_at | {"text": "I was second."}), status=409)
    assert "anna commented at" in page.select_one(".said-error").text  # type: ignore[union-attr]
    assert page.select_one("#comment").text == "I was second."  # type: ignore[union-attr]
    assert client.post(f"/review/{answer}", data=form(page, "comment")).status_code == 303


def test_a_source_that_changed_is_shown_word_by_word_and_the_answer_cannot_be_approved_but_asked_again(
    service: tuple[httpx.Client, Doors], own_home: Path
) -> None:
    client, _ = service
    answer = ask(client, DOSE)
    looked_at = form(page_of(client, answer), "approve")
    do(client, answer, "approve")
    read_in(own_home, WordEncoder(), dose=80)
    with Store.open(own_home) as store:
        flag_stale(store)
    assert "Stale 1" in " ".join(html(client.get("/review?view=stale")).select_one(".views").text.split())  # type: ignore[union-attr]
    page = page_of(client, answer)
    assert [one.text for one in page.select(".review-main .change del")] == ["70 mg"]
    assert [one.text for one in page.select(".review-main .change ins")] == ["80 mg"]
    assert "holds no longer" in page.text and "cannot be approved" in page.text
    seen = client.get(f"/api/answers/{answer}/review").json()
    response = client.post(f"/review/{answer}", data=looked_at | {"seen": seen["seen"], "hash": seen["hash"]})
    assert "out of date and cannot be approved" in html(response, status=409).text
    made = do(client, answer, "renew").headers["location"].rpartition("/")[2]
    page = page_of(client, made)
    assert "80 mg" in page.text and [one.text for one in page.select(".change del")] == ["70 mg"]
    assert do(client, made, "approve").status_code == 303
    public = html(client.get(client.get(f"/answers/{made}").headers["location"]))
    assert "Approved by anna" in public.text


def test_a_form_without_its_sign_does_nothing(service: tuple[httpx.Client, Doors]) -> None:
    client, _ = service
    answer = ask(client)
    fields = form(page_of(client, answer), "approve")
    assert client.post(f"/review/{answer}", data=fields | {"csrf": "0" * 64}).status_code == 403
    assert client.get(f"/api/answers/{answer}/review").json()["step"] == "Submitted"


@pytest.mark.parametrize(
    "fields",
    [{}, {"action": "burn", "seen": "0"}, {"action": "approve"}, {"action": "comment", "seen": "0", "text": " "}],
)
def test_a_form_that_means_nothing_is_refused(service: tuple[httpx.Client, Doors], fields: dict[str, str]) -> None:
    client, _ = service
    answer = ask(client)
    sign = sign_in(page_of(client, answer))
    assert html(client.post(f"/review/{answer}", data=fields | {"csrf": sign}), status=422).select(".said-error")


def test_readers_and_programs_without_the_role_see_no_review(service: tuple[httpx.Client, Doors]) -> None:
    client, doors = service
    answer = ask(client)
    account(doors, "roy", Role.READER)
    as_other(client, "roy")
    for path in ("/review", f"/review/{answer}", f"/review/{answer}/replace/0"):
        assert client.get(path).status_code == 403
    assert "Review queue" not in client.get("/").text
    fields = {"action": "open", "seen": "0", "csrf": sign_in(html(client.get("/account")))}
    assert client.post(f"/review/{answer}", data=fields).status_code == 403


def test_the_api_says_what_happened_and_to_reviewers_alone_what_was_said(service: tuple[httpx.Client, Doors]) -> None:
    client, doors = service
    answer = ask(client)
    secret = doors.keys.add("anna", Role.REVIEWER, "a test").secret
    client.cookies.clear()
    bearer = {"authorization": f"Bearer {secret}"}
    path = f"/api/answers/{answer}/review"
    act = {"action": "comment", "seen": 0, "text": "A word.", "claim": 0}
    state = client.post(path, json=act, headers=bearer).json()
    assert (state["step"], state["seen"], state["log"][0]["text"]) == ("Under Review", 1, "A word.")
    [entry] = client.get(path).json()["log"]
    assert (entry["who"], entry["what"], entry["text"]) == ("anna", "commented on a sentence", "")
    again = client.post(path, json=act, headers=bearer)
    assert again.status_code == 409 and "anna commented" in again.json()["error"]
    approve = {"action": "approve", "seen": 1, "hash": state["hash"]}
    state = client.post(path, json=approve, headers=bearer).json()
    assert (state["step"], state["approved_by"], state["void"]) == ("Approved", "anna", [])
    assert client.post(path, json={"action": "approve", "seen": 2}, headers=bearer).status_code == 422
    assert client.get("/api/answers/nosuch/review").status_code == 404


def test_a_browsers_script_needs_the_sign_for_the_api_too(service: tuple[httpx.Client, Doors]) -> None:
    client, _ = service
    answer = ask(client)
    sign = sign_in(page_of(client, answer))
    act = {"action": "open", "seen": 0}
    assert client.post(f"/api/answers/{answer}/review", json=act).status_code == 403
    signed = client.post(f"/api/answers/{answer}/review", json=act, headers={"x-csrf-token": sign})
    assert signed.json()["step"] == "Under Review"


def test_reading_an_answers_page_is_counted_and_opening_its_review_is_not(own_home: Path) -> None:
    read: list[str] = []
    with Store.open(own_home) as store:
        answerer = Answerer(own_home, encoder=WordEncoder())
        app = create_app(
            answerer, AnswerKeeper(store), store, doors=Doors.of(store, passwords=quick()), read=read.append
        )
        with serving(app) as client:
            client.headers.update(BROWSER)
            answer = ask(client)
            client.get(f"/api/answers/{answer}")
            page = client.get(client.get(f"/answers/{answer}").headers["location"])
            client.get(f"/answers/{answer}/references.bib")
    assert page.status_code == 200 and read == [answer]
    assert "Review this answer" not in page.text


def test_a_reviewer_is_led_from_the_answer_to_its_review(service: tuple[httpx.Client, Doors]) -> None:
    client, _ = service
    answer = ask(client)
    page = html(client.get(client.get(f"/answers/{answer}").headers["location"]))
    [link] = [one["href"] for one in page.select(".review a") if "Review" in one.text]
    assert link == f"/review/{answer}" and client.get(str(link)).status_code == 200
