"""Screenshots of the pages, at three widths, light and dark: `python -m bench.screenshots http://127.0.0.1:8000`.

Asks a running service over the starter corpus, and writes PNG files of 256 colours into docs/screenshots, or into the
folder named after the address. An answer is shown at every width in both schemes, what is rarer in two of them.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

WIDTHS = {390: 844, 820: 1100, 1280: 900}
ANSWER = "What are the indications for romosozumab in the treatment of osteoporosis?"
DISAGREE = "How does denosumab compare with zoledronic acid?"
REFUSAL = "What is the dose of quizartinib?"
EMERGENCY = "Crushing chest pain, what now?"
CONSTRAINED = "Can a pregnant woman with eGFR 25 receive romosozumab?"
FOLLOW_UP = "And what should follow it?"
SEARCH = "hypocalcemia before romosozumab"
COLOURS = 256
RARER = ((390, "dark"), (1280, "light"))


def ask(page: Page, question: str) -> None:
    """Ask on the start page and wait for the answer's."""
    page.goto("/")
    page.locator("#question").fill(question)
    page.locator("form.ask button.primary").click()
    page.wait_for_selector("article.answer")


def open_source(page: Page) -> None:
    """Open the source of the label's indication."""
    page.locator("#label > ul a.cite").first.click()
    page.wait_for_selector("#source mark")
    page.mouse.move(5, 5)
    page.wait_for_timeout(700)  # the sheet rises, and the page moves out of its way


def save(page: Page, folder: Path, name: str) -> None:
    """Write what the window shows."""
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    path = folder / f"{name}.png"
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path} {path.stat().st_size // 1024} KB")


def shoot(browser: Browser, url: str, folder: Path, width: int, scheme: str) -> None:
    """Write the pages as one width and one colour scheme show them."""
    size = {"width": width, "height": WIDTHS[width]}
    context = browser.new_context(base_url=url, viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    end = f"{width}-{scheme}"
    ask(page, ANSWER)
    save(page, folder, f"answer-{end}")
    open_source(page)
    save(page, folder, f"source-{end}")
    if (width, scheme) in RARER:
        shoot_rarer(page, folder, end)
        shoot_around(page, folder, end)
    context.close()


def shoot_rarer(page: Page, folder: Path, end: str) -> None:
    """Write the start page, a disagreement, a refusal and an emergency."""
    page.goto("/")
    save(page, folder, f"start-{end}")
    ask(page, DISAGREE)
    page.locator("#conflicts").evaluate("e => e.scrollIntoView()")
    page.wait_for_timeout(700)
    save(page, folder, f"disagree-{end}")
    for name, question in (("refusal", REFUSAL), ("emergency", EMERGENCY)):
        ask(page, question)
        save(page, folder, f"{name}-{end}")


def shoot_around(page: Page, folder: Path, end: str) -> None:
    """Write a conversation, a search, the sources and one of them."""
    ask(page, CONSTRAINED)
    page.get_by_role("button", name="Ask again without: pregnancy").click()
    page.wait_for_selector(".taken-back")
    page.locator("#follow-question").fill(FOLLOW_UP)
    page.locator("#follow button").click()
    page.wait_for_selector(".turn .turn-head")
    page.wait_for_timeout(700)
    save(page, folder, f"conversation-{end}")
    page.goto(f"/search?q={SEARCH}")
    save(page, folder, f"search-{end}")
    page.goto("/sources")
    save(page, folder, f"sources-{end}")
    page.goto("/sources?kind=label")
    page.locator(".documents a").first.click()
    page.wait_for_selector(".document-main")
    save(page, folder, f"document-{end}")


def main(url: str, folder: Path) -> None:
    """Write every page at every width in both colour schemes."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                shoot(browser, url, folder, width, scheme)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2] if len(sys.argv) > 2 else "docs/screenshots"))
