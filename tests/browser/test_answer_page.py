"""The answer's page in a browser: asked, read and checked, by pointer, by keyboard, by touch, without a script."""

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from qa.disclaimer import PENDING
from tests.browser.conftest import NewPage, Served, pages_of
from tests.qa.web.conftest import EFFICACY
from tests.small_home import CONTRAINDICATIONS, INDICATION, UNKNOWN

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
MARKED = "marks => marks.map(mark => mark.textContent).join('')"
STARTER = "What are the indications for romosozumab in the treatment of osteoporosis?"


def quotes(served: Served, path: str) -> dict[int, str]:
    """Return the quote of every citation of an answer, by number."""
    answer = served.client.get(f"/api/answers/{path.split('/')[2].partition('-')[0]}").json()
    return {citation["n"]: citation["quote"] for citation in answer["citations"]}


def marked(page: Page, where: str = "") -> str:
    text: str = page.locator(f"{where} mark").evaluate_all(MARKED)
    return text


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id || document.activeElement.dataset.cite || ''")
    return found


def test_a_question_is_asked_and_its_answer_read(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Your question").fill(CONTRAINDICATIONS)
    page.get_by_role("main").get_by_role("button", name="Ask").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(CONTRAINDICATIONS)
    expect(page.locator(".steps [aria-current=step]")).to_have_text("Submitted")
    expect(page.get_by_text(PENDING)).to_be_visible()
    expect(page.locator(".boxed")).to_be_visible()
    assert page.url.endswith("-what-are-the-contraindications-of-examplumab")


def test_a_click_opens_the_source_beside_the_answer_with_exactly_the_quoted_characters_marked(
    page: Page, served: Served
) -> None:
    path = served.ask(EFFICACY)
    page.goto(path)
    for number, quote in quotes(served, path).items():
        cite = page.locator(f".answer-main .part:not(#references) a.cite[data-cite='{number}']").first
        cite.click()
        expect(page.locator("#source mark").first).to_be_visible()
        page.wait_for_function(
            "n => document.querySelector(`a.cite[data-cite='${n}'][aria-expanded=true]`)", arg=str(number)
        )
        assert marked(page, "#source") == quote
    assert page.url.endswith(path)
    panel, main = page.locator("#source").bounding_box(), page.locator(".answer-main").bounding_box()
    assert panel is not None and main is not None
    assert panel["x"] >= main["x"] + main["width"]


def test_escape_closes_the_source_and_the_focus_returns_to_the_citation(page: Page, served: Served) -> None:
    page.goto(served.ask(CONTRAINDICATIONS))
    page.locator("a.cite[data-cite='2']").first.click()
    expect(page.locator("#source-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    assert focused(page) == "2"
    expect(page.locator("#tip")).to_be_hidden()


def test_by_keyboard_alone_a_citation_shows_its_quote_opens_and_closes(page: Page, served: Served) -> None:
    path = served.ask(CONTRAINDICATIONS)
    page.goto(path)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.cite')"):
            break
    number = int(focused(page))
    expect(page.locator("#tip")).to_contain_text(quotes(served, path)[number])
    page.keyboard.press("Escape")
    expect(page.locator("#tip")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("#source-title")).to_be_focused()
    assert marked(page, "#source") == quotes(served, path)[number]
    page.keyboard.press("Escape")
    assert focused(page) == str(number)


def test_hovering_shows_the_quote_and_the_pointer_can_move_onto_it(page: Page, served: Served) -> None:
    path = served.ask(CONTRAINDICATIONS)
    page.goto(path)
    cite = page.locator("a.cite[data-cite='3']").first
    cite.hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text(f"“{quotes(served, path)[3]}”")
    expect(cite).to_have_accessible_description(quotes(served, path)[3])
    tip.hover()
    page.wait_for_timeout(300)
    expect(tip).to_be_visible()
    page.mouse.move(0, 0)
    expect(tip).to_be_hidden()


def test_on_a_phone_a_tap_opens_a_sheet_that_does_not_cover_the_sentence(new_page: NewPage, served: Served) -> None:
    page = new_page(**PHONE)
    path = served.ask(EFFICACY)
    page.goto(path)
    last = max(quotes(served, path))
    cite = page.locator(f"#research a.cite[data-cite='{last}']")
    cite.scroll_into_view_if_needed()
    cite.tap()
    expect(page.locator("#source-title")).to_be_focused()
    assert marked(page, "#source") == quotes(served, path)[last]
    page.wait_for_timeout(600)  # the page scrolls smoothly
    sheet, at = page.locator("#source").bounding_box(), cite.bounding_box()
    assert sheet is not None and at is not None
    assert (sheet["x"], sheet["width"]) == (0, 390)
    assert at["y"] + at["height"] <= sheet["y"]
    page.get_by_role("button", name="Close").tap()
    expect(page.locator("#source")).to_be_hidden()


def test_without_a_script_one_can_ask_read_choose_and_open_a_citation(new_page: NewPage, served: Served) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Pharmacist").check()
    page.get_by_role("button", name="Remember").click()
    page.get_by_label("Your question").fill(CONTRAINDICATIONS)
    page.get_by_role("main").get_by_role("button", name="Ask").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(CONTRAINDICATIONS)
    expect(page.get_by_label("Pharmacist")).to_be_checked()
    path = "/" + page.url.split("/", 3)[3]
    page.locator("#label a.cite[data-cite='2']").click()
    assert page.locator("mark").all_text_contents() == [quotes(served, path)[2]]
    assert "/sources/passages/" in page.url and page.url.endswith("#cited")


def test_a_choice_of_reader_is_remembered_from_page_to_page(page: Page, served: Served) -> None:
    page.goto(served.ask(INDICATION))
    with page.expect_navigation():
        page.get_by_label("Student").click()
    expect(page.get_by_label("Student")).to_be_checked()
    page.goto("/")
    expect(page.get_by_label("Student")).to_be_checked()


def test_a_term_is_explained_on_the_spot_by_pointer_and_key(page: Page, served: Served) -> None:
    page.context.add_cookies([{"name": "audience", "value": "student", "url": served.url}])
    page.goto(served.ask(EFFICACY))
    term = page.locator("#guideline a.term", has_text="osteoporosis")
    term.hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text(page.locator("#means-term-osteoporosis").inner_text())
    page.mouse.move(0, 0)
    expect(tip).to_be_hidden()
    term.focus()
    page.keyboard.press("Enter")
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    assert violations(page) == []


def test_the_answer_is_copied_with_its_citations(new_page: NewPage, served: Served) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    path = served.ask(EFFICACY)
    page.goto(path)
    page.get_by_role("link", name="Copy with citations").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == served.client.get(f"{path.partition('-')[0]}/answer.txt").text
    assert all(quote in copied for quote in quotes(served, path).values())


def test_a_source_full_of_scripts_runs_none_and_shows_them(page: Page, served: Served) -> None:
    page.goto(served.ask(EFFICACY))
    expect(page.locator("#research")).to_contain_text("<script>alert('text')</script> & men")
    page.locator("#research a.cite").last.click()
    expect(page.locator("#source")).to_contain_text("<script>alert('title')</script>")
    assert "<script>alert('text')</script>" in marked(page, "#source")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_no_violation_on_any_page(new_page: NewPage, served: Served, scheme: str, width: int) -> None:
    page = new_page(color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    source = served.client.get(served.ask(EFFICACY)).text.split('href="/sources/', 1)[1].split('"', 1)[0]
    paths = ["/", "/docs", "/editorial-policy", "/nowhere", f"/sources/{source.replace('&amp;', '&')}"]
    paths += [served.ask(question) for question in (EFFICACY, UNKNOWN, "Crushing chest pain, what now?")]
    for path in paths:
        page.goto(path)
        assert violations(page) == [], path
    page.goto(served.ask(CONTRAINDICATIONS))
    page.locator("#label a.cite").first.click()
    expect(page.locator("#source-title")).to_be_focused()
    assert violations(page) == [], "with a source open"


def violations(page: Page) -> list[tuple[str, str]]:
    """Return (rule, first element) of everything that axe-core objects to."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [(one["id"], json.dumps(one["nodes"][0]["html"])) for one in found]


@pytest.mark.parametrize("width", [320, 390, 820, 1280])
def test_nothing_is_wider_than_the_screen(new_page: NewPage, served: Served, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    for path in ("/", "/docs", "/editorial-policy", served.ask(EFFICACY), served.ask(UNKNOWN)):
        page.goto(path)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, path


def test_on_paper_there_is_the_answer_and_nothing_to_click(page: Page, served: Served) -> None:
    page.goto(served.ask(EFFICACY))
    page.emulate_media(media="print")
    for hidden in ("header.top", ".answer-aside", ".audience", "footer nav"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.get_by_text(PENDING)).to_be_visible()
    expect(page.locator("footer .disclaimer")).to_be_visible()
    assert page.locator("#label a.cite").first.evaluate("e => getComputedStyle(e, '::before').content") == '"["'


def test_a_real_answer_weighs_under_150_kb_without_a_cache(browser: Browser, starter: Served) -> None:
    with pages_of(browser, starter.url) as open_page:
        page = open_page()
        sizes: list[int] = []
        page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
        page.goto(starter.ask(STARTER))
        page.wait_for_load_state("networkidle")
        expect(page.locator(".part")).not_to_have_count(0)
        assert len(sizes) >= 5
        assert sum(sizes) < 150_000
