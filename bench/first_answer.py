"""How long until an answer is on screen, and what its page weighs: `python -m bench.first_answer http://127.0.0.1:8000`.

A browser of its own for each question asks a running service over the starter corpus on its start page. The time runs
from sending the form, over the redirect, to the first words painted. The weight is of all bodies as they are sent, to a
browser with an empty cache.
"""

import shutil
import sys

from playwright.sync_api import Browser, sync_playwright

from evals.intervals import bootstrap, percentile

QUESTIONS = (
    "What are the indications for romosozumab in the treatment of osteoporosis?",
    "How does denosumab compare with zoledronic acid?",
    "What is the dose of alendronate?",
    "Who should not receive teriparatide?",
    "What are the side effects of raloxifene?",
    "Can zoledronic acid be given in renal impairment?",
    "Does abaloparatide lower vertebral fracture risk?",
    "What should follow romosozumab?",
    "Is denosumab safe in pregnancy?",
    "How is ibandronate taken?",
    "What is the boxed warning of romosozumab?",
    "Is risedronate effective in men?",
)
ROUNDS = 3
FIRST_WORDS = "performance.getEntriesByName('first-contentful-paint').map(entry => entry.startTime)[0] ?? null"


def once(browser: Browser, url: str, question: str) -> tuple[float | None, str]:
    """Return (milliseconds until the first words, None where the browser has not noted them; the answer's path)."""
    context = browser.new_context(base_url=url)
    page = context.new_page()
    page.goto("/")
    page.locator("#question").fill(question)
    page.wait_for_load_state("networkidle")
    page.locator("form.ask").evaluate("form => form.requestSubmit()")
    page.wait_for_selector("article.answer")
    page.wait_for_load_state("networkidle")
    first: float | None = page.evaluate(FIRST_WORDS)
    path: str = page.evaluate("location.pathname")
    context.close()
    return first, path


def weigh(browser: Browser, url: str, path: str) -> int:
    """Return the bytes of one page, opened with an empty cache."""
    context = browser.new_context(base_url=url)
    page = context.new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    context.close()
    return sum(sizes)


def main(url: str) -> None:
    """Print the median and the 95th percentile of the time, with intervals, and the heaviest page."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    times: list[float] = []
    weights: list[int] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for number in range(ROUNDS):
            for question in QUESTIONS:
                first, path = once(browser, url, question)
                times += [first] if first is not None else []
                if number == 0:
                    weights.append(weigh(browser, url, path))
        browser.close()
    for name, p in (("median", 50), ("95th percentile", 95)):
        one = bootstrap(times, percentile(p))
        print(f"first words, {name}: {one.value:.0f} ms (95 % {one.low:.0f} to {one.high:.0f}), n={len(times)}")
    print(
        f"weight without a cache: {sorted(weights)[len(weights) // 2]:,} bytes in the middle, {max(weights):,} at most"
    )


if __name__ == "__main__":
    main(sys.argv[1])
