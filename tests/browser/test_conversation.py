"""A conversation in a browser, and the pages around it: in place, by keyboard, without a script, by axe."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NewPage, Served, pages_of
from tests.browser.test_answer_page import PHONE, marked, quotes, violations
from tests.qa.web.conftest import EFFICACY
from tests.small_home import CONTRAINDICATIONS, INDICATION, UNKNOWN

PREGNANT = "Can a pregnant woman with eGFR 25 receive examplumab?"
FOLLOW_UP = "What is the dose?"
LABEL = "/sources/label:examplumab"


def ask_on(page: Page, question: str) -> None:
    page.get_by_label("Your follow-up question").fill(question)
    page.locator("#follow").get_by_role("button", name="Ask").click()


def test_a_follow_up_is_answered_below_the_page_and_the_address_leads_back_to_it(page: Page, served: Served) -> None:
    page.goto(served.ask(INDICATION))
    ask_on(page, FOLLOW_UP)
    turn = page.locator(".turn")
    expect(turn.get_by_role("heading", name=FOLLOW_UP)).to_be_focused()
    expect(turn.locator(".standalone")).to_have_text("Understood as: What is the dose of examplumab?")
    expect(turn).to_contain_text("The recommended dose of examplumab is 70 mg")
    expect(page.get_by_role("heading", level=1)).to_have_text(INDICATION)
    assert page.get_by_label("Your follow-up question").input_value() == ""
    assert page.url.endswith("-what-is-the-dose")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(FOLLOW_UP)
    page.locator(".earlier summary").click()
    page.locator(".earlier").get_by_role("link", name=INDICATION).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(INDICATION)


def test_a_turn_s_own_citations_open_their_own_quotes(page: Page, served: Served) -> None:
    page.goto(served.ask(INDICATION))
    ask_on(page, FOLLOW_UP)
    expect(page.locator(".turn .turn-more")).to_be_attached()
    path = page.url.removeprefix(served.url)
    for number, quote in quotes(served, path).items():
        cite = page.locator(f".turn > .part a.cite[data-cite='{number}']").first
        cite.hover()
        expect(page.locator("#tip")).to_contain_text(quote[:40].split("\n")[0])
        cite.click()
        expect(cite).to_have_attribute("aria-expanded", "true")
        assert marked(page, "#source") == quote


def test_a_second_follow_up_goes_on_from_the_first(page: Page, served: Served) -> None:
    page.goto(served.ask(INDICATION))
    ask_on(page, "And in someone with eGFR 25?")
    expect(page.locator(".turn .turn-head")).to_have_count(1)
    ask_on(page, "Who should not receive it?")
    expect(page.locator(".turn .turn-head")).to_have_count(2)
    last = page.locator(".turn").nth(1)
    expect(last.locator(".standalone")).to_contain_text("Who should not receive examplumab")
    expect(last.get_by_role("button", name="Ask again without: eGFR 25")).to_be_visible()
    page.reload()
    expect(page.locator(".earlier li")).to_have_count(2)


def test_enter_sends_a_follow_up_and_shift_enter_begins_a_line(page: Page, served: Served) -> None:
    page.goto(served.ask(INDICATION))
    page.get_by_label("Your follow-up question").focus()
    page.keyboard.type("What is")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("the dose?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .turn-question")).to_have_text(FOLLOW_UP)


def test_a_question_that_cannot_be_used_leads_to_a_page_that_says_why(page: Page, served: Served) -> None:
    page.goto(served.ask(INDICATION))
    ask_on(page, "\u200b")
    expect(page.get_by_role("heading", level=1)).to_have_text("This cannot be used as it stands")


def test_what_was_understood_is_edited(page: Page, served: Served) -> None:
    page.goto(served.ask(PREGNANT))
    page.locator(".edit summary").click()
    page.get_by_label("Ask it as").fill(CONTRAINDICATIONS)
    page.get_by_role("button", name="Ask this instead").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(CONTRAINDICATIONS)
    expect(page.locator(".chip-form")).to_have_count(0)


def test_a_chip_is_removed_and_the_question_asked_again_without_it(page: Page, served: Served) -> None:
    page.goto(served.ask(PREGNANT))
    expect(page.locator(".chip-constraint")).to_have_count(2)
    page.get_by_role("button", name="Ask again without: pregnancy").click()
    expect(page.get_by_role("button", name="Ask again with: pregnancy")).to_be_visible()
    expect(page.get_by_role("button", name="Ask again without: pregnancy")).to_have_count(0)
    expect(page.get_by_role("button", name="Ask again without: eGFR 25")).to_be_visible()
    expect(page.locator(".standalone")).to_have_text("Understood as: Can a woman with eGFR 25 receive examplumab?")


def test_what_could_be_asked_next_comes_when_the_page_is_read_to_its_end(page: Page, served: Served) -> None:
    page.goto(served.ask(INDICATION))
    page.locator("#follow-title").scroll_into_view_if_needed()
    first = page.locator(".suggestions button").first
    expect(first).to_be_visible()
    question = first.inner_text().strip()
    first.click()
    expect(page.locator(".turn .turn-question")).to_have_text(question)
    expect(page.locator(".suggestions button", has_text=question)).to_have_count(0)


def test_without_a_script_a_conversation_goes_on_page_by_page(new_page: NewPage, served: Served) -> None:
    page = new_page(java_script_enabled=False, **PHONE)
    page.goto("/")
    page.locator(".examples button").first.click()
    expect(page.locator("article.answer")).to_be_visible()
    ask_on(page, FOLLOW_UP)
    expect(page.get_by_role("heading", level=1)).to_have_text(FOLLOW_UP)
    page.get_by_role("link", name="What could be asked next").click()
    page.locator(".suggestions button").first.click()
    expect(page.locator(".earlier li")).to_have_count(2)
    page.goto("/search")
    page.get_by_label("Words to look for").fill("stroke")
    page.get_by_role("button", name="Search").click()
    page.locator(".hit h2 a").first.click()
    expect(page.locator("mark").first).to_be_visible()
    page.goto("/sources")
    page.get_by_role("link", name="Sampla (examplumab): prescribing information").click()
    expect(page.locator(".readable").first).to_be_visible()


def test_a_passage_found_opens_beside_the_search(page: Page) -> None:
    page.goto("/search?q=stroke")
    page.locator(".hit h2 a").first.click()
    expect(page.locator("#source mark").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    expect(page.locator(".hit h2 a").first).to_be_focused()


def test_the_search_is_filled_in_and_sent_by_keyboard_alone(page: Page) -> None:
    page.goto("/search")
    page.get_by_label("Words to look for").focus()
    page.keyboard.type("stroke")
    page.keyboard.press("Enter")
    expect(page.locator(".hit").first).to_be_visible()
    assert "q=stroke" in page.url


@pytest.fixture
def paths(served: Served) -> list[str]:
    """Return an address of every page of ours."""
    answer = served.ask(PREGNANT)
    name = answer.split("/")[2].partition("-")[0]
    searches = ["/search", "/search?q=stroke+women", "/search?q=stroke&drug=none"]
    sources = ["/sources", "/sources?words=zzz", "/sources/refreshes", LABEL, "/sources/research:hostile"]
    return ["/", answer, f"/answers/{name}/next", *searches, *sources]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_on_any_page(new_page: NewPage, paths: list[str], scheme: str, width: int) -> None:
    page = new_page(color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    for path in paths:
        page.goto(path)
        assert violations(page) == [], path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_conversation(new_page: NewPage, served: Served, scheme: str) -> None:
    page = new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.goto(served.ask(EFFICACY))
    for count, question in enumerate((FOLLOW_UP, CONTRAINDICATIONS, UNKNOWN), 1):
        ask_on(page, question)
        expect(page.locator(".turn .turn-head")).to_have_count(count)
    page.locator(".turn").first.locator(".edit summary").click()
    page.locator(".turn").first.locator(".turn-more summary").first.click()
    expect(page.locator(".suggestions")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 390, 820, 1280])
def test_no_page_is_wider_than_the_screen(new_page: NewPage, paths: list[str], width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    for path in paths:
        page.goto(path)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, path


def test_every_page_is_light(new_page: NewPage, paths: list[str]) -> None:
    weights: dict[str, int] = {}
    for path in paths:
        page = new_page()
        total: list[int] = []
        counted: Callable[..., None] = lambda response, total=total: total.append(len(response.body()))  # noqa: E731
        page.on("response", counted)
        page.goto(path, wait_until="networkidle")
        weights[path] = sum(total)
    assert max(weights.values()) < 150_000, weights


def test_real_sources_fit_any_screen_and_axe_finds_nothing_in_them(browser: Browser, starter: Served) -> None:
    paths = ["/", "/search?q=dose+in+renal+impairment", "/sources"]
    for kind in ("guideline", "label", "research"):
        listed = BeautifulSoup(starter.client.get(f"/sources?kind={kind}").text, "lxml").select(".documents a")
        paths += [str(link["href"]) for link in listed[:3]]
    assert len(paths) == 12
    with pages_of(browser, starter.url) as open_page:
        page = open_page(viewport={"width": 320, "height": 800}, reduced_motion="reduce")
        for path in paths:
            page.goto(path)
            assert page.evaluate("document.scrollingElement.scrollWidth") <= 320, path
            assert violations(page) == [], path
