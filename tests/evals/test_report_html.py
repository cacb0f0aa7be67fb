"""The page: every figure stands in it, no text becomes mark-up, nothing is fetched, and it is the same each time."""

import re
import sys
from html.parser import HTMLParser

import pytest

from corpus.errors import NotReady
from evals.compare import compare
from evals.report import Report, Value
from evals.report_html import number, quality_markdown, report_html, verdict, worst_questions
from evals.report_plots import bars_by_type, latencies
from tests.evals.made_report import report

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """Reads a page: tags opened, the text outside styles, ids, and whether each tag is closed in turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.ids: list[str] = []
        self.text = ""
        self.feed(html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data + " "


@pytest.fixture(scope="module")
def made() -> Report:
    return report()


@pytest.fixture(scope="module")
def html(made: Report) -> str:
    return report_html(made)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_every_tag_is_closed_and_no_id_is_given_twice(page: Page) -> None:
    assert page.open == []
    assert len(page.ids) > 20
    assert len(set(page.ids)) == len(page.ids)


def test_a_question_that_holds_a_script_is_shown_and_not_run(page: Page) -> None:
    assert "script" not in page.tags
    assert 'Question 11 <script>alert("x")</script>' in page.text
    assert 'timed out <script>alert("x")</script>' in page.text
    assert "small <set>" in page.text


def test_nothing_is_fetched(html: str, page: Page) -> None:
    assert not page.tags & {"link", "img", "iframe", "object", "image"}
    assert not [pair for pair in page.attributes if pair[0] in ("href", "src") and not (pair[1] or "").startswith("#")]
    assert not re.findall(r"https?://|@import|url\((?!#)", html)


def test_every_reference_inside_the_page_leads_somewhere(html: str, page: Page) -> None:
    wanted = {value[1:] for name, value in page.attributes if name == "href" and value}
    wanted |= set(re.findall(r"url\(#([^)]+)\)", html))
    assert len(wanted) > 2
    assert wanted <= set(page.ids)


def test_figures_stand_with_interval_target_and_what_became_of_it(page: Page) -> None:
    assert "0.750 (0.500–1.000) ≥ 0.990 missed" in page.text
    assert "0.750 (0.500–1.000) ≥ 0.500 met" in page.text
    assert "1.000 (1.000–1.000) ≥ 0.500 void" in page.text
    assert "matcher's kappa 0.41, stated 0.60" in page.text
    assert "1 of 3 targets are met." in page.text


def test_the_rest_of_a_run_stands_in_it(page: Page) -> None:
    for said in (
        "Area under the curve 0.200 (0.100–0.300)",
        "passages swapped 0.000 fell",
        "numbers altered 1.000 did not fall",
        "c" * 64,
        "abc123",
        "curbside eval --gold made",
        "65 (35–95)",
        "Asked of a corpus of its own.",
        "must say: Take 21 mg.",
    ):
        assert said in page.text, said
    assert page.tags >= {"svg", "details", "table"}


def test_the_same_report_gives_the_same_bytes(made: Report, html: str) -> None:
    assert report_html(made) == html


def test_a_comparison_stands_in_it_with_both_answers(made: Report) -> None:
    text = Page(report_html(made, compare(report(right=11), made))).text
    assert "2 questions got worse" in text
    assert "retrieval Hit@1: 1 → 0" in text
    assert "Then wanted document: pmid:9 must say: Take 19 mg. status answered" in text
    assert "Now wanted document: pmid:9 must say: Take 19 mg. status refused: The sources do not say." in text


def test_the_worst_questions_come_first_failures_before_all_and_right_ones_not_at_all(made: Report) -> None:
    found = worst_questions(made.sets[0])
    assert [one.id for one, _ in found] == ["q11", "q9", "q10"]
    assert found[0][1][0] == "failed"
    assert "retrieval Hit@1 0" in found[1][1]
    assert worst_questions(made.sets[1]) == []


def test_the_page_of_quality_holds_figures_targets_and_fingerprints(made: Report) -> None:
    text = quality_markdown(made)
    assert "| retrieval | Hit@1 | 12 | 0.750 (0.500–1.000) | ≥ 0.500 | met |" in text
    assert "| retrieval | nDCG@10 | 12 | 0.750 (0.500–1.000) | ≥ 0.990 | **missed** |" in text
    assert "| blind | always | 12 | 1.000 (1.000–1.000) | ≥ 0.500 | void; did not get worse" in text
    assert "`curbside eval --gold made` on 2026-11-25" in text
    assert "corpus `cccccccccccccccc`" in text
    assert "## small &lt;set>" in text
    assert text.endswith("- code: `abc123`\n")


def test_a_report_without_targets_says_so_and_large_numbers_lose_their_places(made: Report) -> None:
    assert verdict(made.model_copy(update={"sets": made.sets[1:]})) == "No figure has a target."
    assert [number(one) for one in (0.12345, 12.3456, 1234.5678)] == ["0.123", "12.346", "1,235"]


def test_what_a_target_asks_for_weighs_more_than_other_figures(made: Report) -> None:
    held = made.sets[0]
    by_name = {figure.name: figure for figure in held.figures if figure.measure == "retrieval"}
    hit = by_name["Hit@1"].model_copy(update={"questions": {"q1": (0, 1), "q2": (1, 1)}})
    rest = [by_name[name].model_copy(update={"questions": {"q2": (0, 1)}}) for name in ("MRR", "Hit@5")]
    changed = held.model_copy(update={"figures": (*rest, hit), "questions": held.questions[:3]})
    assert [one.id for one, _ in worst_questions(changed)] == ["q1", "q2"]


def test_names_of_types_are_shown_as_they_are_and_take_the_ink_of_the_page() -> None:
    svg = bars_by_type("a b", {"<b>$x_1$": Value(n=5, value=0.5, low=0.2, high=0.8)}, 0.5)
    assert "<b>$x_1$ (n 5)" in Page(svg).text
    assert "currentColor" in svg
    assert all(one.startswith("a-b-") for one in Page(svg).ids)


def test_times_of_nothing_are_no_plot_and_equal_times_are_one() -> None:
    assert latencies("none", [0.0, 0.0]) == ""
    assert latencies("same", [5.0, 5.0]).startswith("<svg")


@pytest.mark.parametrize("module", ["jinja2", "matplotlib"])
def test_without_what_draws_the_page_the_error_names_the_extra(
    module: str, made: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(NotReady, match=rf"{module} is not installed: run `pip install 'curbside\[eval\]'`"):
        report_html(made)
