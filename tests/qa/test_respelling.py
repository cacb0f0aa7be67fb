"""Misspelt clinical words are read as what was meant, and other words stay as they are."""

import pytest

from qa.drugs import DrugMention, Kind
from qa.respelling import Respelling, put_right
from tests.qa.conftest import AskOf


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("hyptotension", "hypotension"),
        ("tromboembolism", "thromboembolism"),
        ("hypocalcmeia", "hypocalcemia"),
        ("osteoporossis", "osteoporosis"),
    ],
)
def test_a_letter_too_many_too_few_or_swapped_is_put_right(written: str, read: str) -> None:
    text, changes = put_right(f"Does it cause {written.upper()}?", ())
    assert text == f"Does it cause {read}?"
    assert changes == (Respelling(written.upper(), read),)


@pytest.mark.parametrize(
    "text",
    [
        "Is hypertension or hypotension the worse?",
        "Is giant cell arteritis treated, and dysphasia?",
        "In addition to the deletion, is there morality in the structure?",
        "Which infections and fractures are osteoporotic?",
        "Is it safr?",
    ],
)
def test_another_word_is_not_a_misspelling(text: str) -> None:
    assert put_right(text, ()) == (text, ())


def test_a_drugs_name_is_left_to_the_drugs() -> None:
    text = "Is hyptotensin safe in hyptotension?"
    drug = DrugMention("hyptotensin", 3, 14, ("hyptotensin",), ("hyptotensin",), Kind.GENERIC, ())
    assert put_right(text, (drug,))[0] == "Is hyptotensin safe in hypotension?"


def test_what_was_read_is_said_and_the_question_stays_as_written(asked: AskOf) -> None:
    understanding = asked("Does zelomab cause hyptotension?").understanding
    assert understanding.question == "Does zelomab cause hyptotension?"
    assert understanding.standalone == "Does zelomab cause hypotension?"
    assert understanding.corrections == ("hyptotension → hypotension",)
