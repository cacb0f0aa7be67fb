"""The review in a browser: logged in, approved, edited, made stale; by pointer, by keyboard alone, without a script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from corpus.stale import flag_stale
from corpus.store import Store
from qa.accounts.doors import Doors
from qa.accounts.roles import Role
from qa.answerer import Answerer
from qa.disclaimer import PENDING
from qa.keep import AnswerKeeper
from qa.serve import create_app
from tests.browser.conftest import NewPage, Served, pages_of
from tests.browser.test_answer_page import violations
from tests.index.corpora import WordEncoder
from tests.qa.accounts.conftest import quick
from tests.serving import serving
from tests.small_home import CONTRAINDICATIONS, DOSE, read_in

GOOD = "a quite good password"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    read_in(tmp_path, WordEncoder())
    return tmp_path


@pytest.fixture
def reviewed(home: Path) -> Iterator[Served]:
    """Return a service with two reviewers, anna and berta, and an admin."""
    with Store.open(home) as store:
        doors = Doors.of(store, passwords=quick())
        for name, role in (("anna", Role.REVIEWER), ("berta", Role.REVIEWER), ("admin", Role.ADMIN)):
            doors.accounts.change_password(name, doors.accounts.add(name, role).password, GOOD)
        answerer = Answerer(home, encoder=WordEncoder())
        with serving(create_app(answerer, AnswerKeeper(store), store, doors=doors)) as client:
            yield Served(str(client.base_url).rstrip("/"), client)


@pytest.fixture
def new_page(browser: Browser, reviewed: Served) -> Iterator[NewPage]:
    with pages_of(browser, reviewed.url) as opened:
        yield opened


def log_in(page: Page, name: str = "anna") -> None:
    page.goto("/login")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(GOOD)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    expect(page.locator("a.account")).to_have_text(name)


def review_path(path: str) -> str:
    return f"/review/{path.split('/')[2].partition('-')[0]}"


@pytest.mark.parametrize("script", [True, False])
def test_an_answer_is_reviewed_edited_and_approved_by_a_second_reviewer(
    new_page: NewPage, reviewed: Served, script: bool
) -> None:
    path = reviewed.ask(CONTRAINDICATIONS)
    page = new_page(viewport=DESKTOP, java_script_enabled=script)
    log_in(page)
    page.goto(path)
    page.get_by_role("link", name="Review this answer").click()
    page.get_by_role("button", name="Begin the review").click()
    sentence = page.locator("#sentence-1")
    expect(sentence.locator("blockquote mark").first).to_be_visible()
    sentence.get_by_text("Comment").first.click()
    sentence.get_by_label("What is to be said of this sentence").fill("Is <i>this</i> all?")
    sentence.get_by_role("button", name="Comment").click()
    expect(page.locator("#sentence-1 .comment")).to_contain_text("Is <i>this</i> all?")
    page.locator("#sentence-1").get_by_role("link", name="Replace").click()
    page.get_by_label("Search the label passages").fill("recommended dose")
    page.get_by_role("button", name="Search").click()
    hit = page.locator("form.hit", has_text="70 mg")
    hit.get_by_role("checkbox").first.check()
    hit.get_by_role("button").click()
    expect(page.get_by_text("another reviewer has to approve it")).to_be_visible()
    expect(page.locator(".log ins.figure")).to_have_text("70 mg")
    edited = page.url
    other = new_page(viewport=DESKTOP, java_script_enabled=script)
    log_in(other, "berta")
    other.goto(edited)
    other.get_by_role("button", name="Approve", exact=True).click()
    other.get_by_role("link", name="the answer's page").click()
    expect(other.locator(".approved")).to_contain_text("Approved by berta")
    expect(other.get_by_text(PENDING)).to_have_count(0)


def test_a_source_that_changes_takes_the_approval_from_the_page(
    new_page: NewPage, reviewed: Served, home: Path
) -> None:
    path = reviewed.ask(DOSE)
    page = new_page(viewport=DESKTOP)
    log_in(page)
    page.goto(review_path(path))
    page.get_by_role("button", name="Approve", exact=True).click()
    page.goto(path)
    expect(page.locator(".approved")).to_be_visible()
    read_in(home, WordEncoder(), dose=80)
    with Store.open(home) as store:
        flag_stale(store)
    page.reload()
    expect(page.locator(".approved")).to_have_count(0)
    expect(page.get_by_text(PENDING)).to_be_visible()
    expect(page.locator(".stale ins")).to_contain_text("80 mg")
    page.goto("/review?view=stale")
    page.get_by_role("link", name=DOSE).click()
    expect(page.locator(".review-main .change ins").first).to_have_text("80 mg")
    page.get_by_role("button", name="Ask again of what is held now").click()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.locator(".tag-good")).to_have_text("Approved")


def test_of_two_reviewers_the_second_is_told_and_keeps_what_was_typed(new_page: NewPage, reviewed: Served) -> None:
    path = review_path(reviewed.ask(CONTRAINDICATIONS))
    anna, berta = new_page(viewport=DESKTOP), new_page(viewport=DESKTOP)
    log_in(anna)
    log_in(berta, "berta")
    anna.goto(path)
    berta.goto(path)
    anna.get_by_role("button", name="Approve", exact=True).click()
    berta.get_by_label("A comment on the whole").fill("Wait.")
    berta.get_by_role("complementary").get_by_role("button", name="Comment").click()
    expect(berta.get_by_role("alert")).to_contain_text("anna approved at")
    expect(berta.get_by_label("A comment on the whole")).to_have_value("Wait.")
    berta.get_by_role("complementary").get_by_role("button", name="Comment").click()
    expect(berta.locator(".log")).to_contain_text("Wait.")


def test_by_keyboard_alone_one_logs_in_and_approves(new_page: NewPage, reviewed: Served) -> None:
    path = review_path(reviewed.ask(CONTRAINDICATIONS))
    page = new_page(viewport=DESKTOP)
    page.goto(path)
    assert page.url.endswith(f"/login?next={path}")
    tab_to(page, "#name")
    page.keyboard.type("anna")
    page.keyboard.press("Tab")
    page.keyboard.type(GOOD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{reviewed.url}{path}")
    tab_to(page, "form.act button.primary")
    page.keyboard.press("Enter")
    expect(page.locator(".tag-good")).to_have_text("Approved")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_axe_finds_no_violation_on_any_page_of_the_review(
    new_page: NewPage, reviewed: Served, viewport: dict[str, int], scheme: str
) -> None:
    path = review_path(reviewed.ask(CONTRAINDICATIONS))
    page = new_page(viewport=viewport, color_scheme=scheme)
    page.goto("/login")
    assert violations(page) == []
    log_in(page, "admin")
    for address in ("/account", "/accounts", "/review", path, f"{path}/replace/0"):
        page.goto(address)
        assert violations(page) == [], address
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, f"{address} scrolls sideways"


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached by the keyboard")
