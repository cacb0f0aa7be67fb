"""The page on a terminal: folded to its width, brackets untouched, citations drawn together."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text

from commands.lines import print_folded
from commands.show import show
from corpus.document import Integrity
from qa.answer import Answer
from qa.answerer import Answerer
from qa.bibliography.numbers import runs
from tests.small_home import CONTRAINDICATIONS, UNKNOWN


def page(answer: Answer, width: int) -> str:
    console = Console(width=width, file=io.StringIO())
    show(answer, console)
    return printed(console)


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.fixture(scope="module")
def answer(asked_home: Path) -> Answer:
    return Answerer(asked_home).ask(CONTRAINDICATIONS)


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [((1,), "1"), ((1, 2), "1, 2"), ((1, 2, 3), "1–3"), ((3, 1, 2, 7, 9, 10, 11, 12), "1–3, 7, 9–12"), ((4, 4), "4")],
)
def test_three_neighbours_and_more_are_drawn_together(numbers: tuple[int, ...], shown: str) -> None:
    assert runs(numbers) == shown


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal_and_none_ends_in_spaces(answer: Answer, width: int) -> None:
    lines = page(answer, width).splitlines()
    assert max(map(len, lines)) <= width
    assert [line for line in lines if line != line.rstrip()] == []


def test_later_lines_stand_under_the_words_of_the_first(answer: Answer) -> None:
    lines = page(answer, 40).splitlines()
    first = next(n for n, line in enumerate(lines) if "contraindicated" in line)
    assert lines[first].startswith("  • Examplumab")
    assert lines[first + 1].startswith("    ")
    assert lines[first + 1][4] != " "


def test_a_word_longer_than_the_line_is_cut_and_all_of_it_is_there() -> None:
    console = Console(width=30, file=io.StringIO())
    print_folded(console, Text("x" * 100), 2, 2)
    assert printed(console).replace("\n", "").replace(" ", "") == "x" * 100


def test_nothing_of_a_source_is_taken_for_markup(answer: Answer) -> None:
    first, *others = answer.citations
    hostile = "[/bold cyan] [link=https://example.org]title[/link] [red]"
    changed = replace(
        answer,
        question=hostile,
        notice=hostile,
        citations=(replace(first, title=hostile, body=hostile, digest_of=hostile, url=hostile), *others),
    )
    assert page(changed, 200).count(hostile) == 6


def test_where_a_publication_stands_comes_before_everything_else_on_it(answer: Answer) -> None:
    first, *others = answer.citations
    changed = replace(first, integrity=Integrity.CONCERN, notice="The journal looks into its figures.")
    shown = page(replace(answer, citations=(changed, *others)), 120).splitlines()
    title = shown.index("  Sampla (examplumab): prescribing information")
    assert shown[title + 1] == "    concern: The journal looks into its figures."


def test_a_refusal_says_why_what_is_missing_and_what_comes_nearest(asked_home: Path) -> None:
    shown = page(Answerer(asked_home).ask(UNKNOWN), 120)
    assert "missing: " in shown
    assert "Nearest sources" in shown
    assert "References" not in shown
