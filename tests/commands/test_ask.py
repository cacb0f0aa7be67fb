"""`curbside ask` prints the page, or the same answer as JSON, and keeps it."""

import json
from pathlib import Path

import pytest

from corpus.errors import BadQuestion, NotReady
from corpus.store import Store
from qa.answer_json import to_json
from qa.answerer import Answerer
from tests.commands.conftest import Run
from tests.small_home import CONTRAINDICATIONS, INDICATION, UNKNOWN

APART = ("id", "created", "timing_ms")


@pytest.mark.parametrize("question", [CONTRAINDICATIONS, UNKNOWN])
def test_json_is_the_answer_and_nothing_else(run: Run, asked_home: Path, question: str) -> None:
    printed = json.loads(run("ask", question, "--json").stdout)
    plain = to_json(Answerer(asked_home).ask(question))
    assert {n: v for n, v in printed.items() if n not in APART} == {n: v for n, v in plain.items() if n not in APART}


def test_the_answer_is_kept_as_printed(run: Run, asked_home: Path) -> None:
    printed = json.loads(run("ask", INDICATION, "--json").stdout)
    with Store.open(asked_home) as store:
        assert json.loads(store.answer(printed["id"]).json) == printed


def test_the_page_shows_claims_their_numbers_and_each_document_once(run: Run) -> None:
    page = run("ask", CONTRAINDICATIONS).stdout
    assert "• Examplumab is contraindicated in patients with hypocalcemia. [2]" in page
    assert "    – a stroke in the year before\n" in page
    assert page.count("Sampla (examplumab): prescribing information") == 1
    assert "[2–5] 4 Contraindications · characters 0–60, 61–101, 102–129, 130–154" in page


def test_square_brackets_of_a_source_are_words_not_markup(run: Run) -> None:
    assert "[bold]in the first year[/bold]" in run("ask", INDICATION, columns=120).stdout


def test_square_brackets_of_a_question_are_words_not_markup(run: Run) -> None:
    assert "[/red] What is examplumab for? [blink]" in run("ask", "[/red] What is examplumab for? [blink]").stdout


def test_a_question_before_it_says_what_it_is_about(run: Run) -> None:
    page = run("ask", "What is its recommended dose?", "--after", INDICATION).stdout
    assert "Understood as: " in page
    assert "70 mg" in page


def test_a_question_without_words_is_refused(run: Run) -> None:
    with pytest.raises(BadQuestion, match="found nothing"):
        run("ask", "  ")


def test_without_a_set_up_folder_it_says_what_to_run_and_makes_nothing(run: Run, tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="curbside setup"):
        run("ask", INDICATION, home=tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_with_an_encoder_but_nothing_published_it_says_what_to_run(run: Run, model_home: Path) -> None:
    with pytest.raises(NotReady, match="curbside index"):
        run("ask", INDICATION, home=model_home)
