"""What is a question, and what is refused with a reason."""

import pytest

from corpus.errors import BadQuestion
from qa.question import MAX_CHARS, clean_question


def test_a_plain_question_stays_as_it_is() -> None:
    assert clean_question("Can it be used if eGFR <30 and K >5?") == "Can it be used if eGFR <30 and K >5?"


def test_white_space_and_control_characters_become_single_spaces() -> None:
    assert clean_question("  What\x00 is\t the\r\n dose?\u2028 ") == "What is the dose?"


def test_invisible_characters_and_lone_surrogates_are_dropped() -> None:
    assert clean_question("Ev\u200benity\ufeff \u202edose\ud800?") == "Evenity dose?"


def test_markup_is_dropped_and_its_text_kept() -> None:
    assert clean_question("<p>What is the <b>dose</b>?</p><script>alert(1)</script>") == "What is the dose ?"


def test_an_entity_is_read_as_its_character() -> None:
    assert clean_question("eGFR &lt;30 &amp; dialysis") == "eGFR <30 & dialysis"


def test_accents_are_composed() -> None:
    assert clean_question("Cafe\u0301ine?") == "Caféine?"


@pytest.mark.parametrize("text", ["¿Cuál es la dosis de alendronato?", "ロモソズマブの用量は？", "какова доза?"])
def test_other_scripts_are_questions(text: str) -> None:
    assert clean_question(text) == text


@pytest.mark.parametrize("text", ["", "   \n", "\x00\x01", "???", "<p></p>", "\u200b"])
def test_a_text_without_words_is_refused_with_what_was_found(text: str) -> None:
    with pytest.raises(BadQuestion, match=r"found .* where a question was expected"):
        clean_question(text)


def test_a_hundred_kilobytes_are_refused_with_both_lengths() -> None:
    with pytest.raises(BadQuestion, match=r"100,000 characters, expected at most 2,000"):
        clean_question("a" * 100_000)


def test_the_longest_allowed_question_passes() -> None:
    assert len(clean_question("a" * MAX_CHARS)) == MAX_CHARS
