"""Questions of a few words, completed from the talk."""

import pytest

from qa.constraints import constraints_of
from qa.ellipsis import asked_of_body, completed, stated

BEFORE = "What does the Endocrine Society say about zelomab?"


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("And then?", "What should follow zelomab?"),
        ("What next?", "What should follow zelomab?"),
        ("And after 12 months?", "What should follow zelomab after 12 months?"),
        ("What about after a year of treatment?", "What should follow zelomab after a year of treatment?"),
        ("How long?", "How long should zelomab be given?"),
        ("And how often?", "How often should zelomab be given?"),
        ("How much?", "What is the dose of zelomab?"),
        ("For whom?", "Who should be given zelomab, according to the Endocrine Society?"),
        ("And after surgery?", None),
        ("How long does it last in the body?", None),
    ],
)
def test_a_few_words_become_a_question(question: str, whole: str | None) -> None:
    assert completed(question, "zelomab", BEFORE) == whole


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("And ACP?", "What does ACP say about zelomab?"),
        ("Why did NICE change its mind?", "Why did NICE change its mind about zelomab?"),
        ("Does NICE recommend it?", None),
        ("Is it safe?", None),
    ],
)
def test_a_body_is_asked_about_the_drug_of_the_talk(question: str, whole: str | None) -> None:
    assert asked_of_body(question, "zelomab", BEFORE) == whole


def test_a_body_named_alone_is_asked_what_the_last_was_asked() -> None:
    before = "Does NICE recommend zelomab after a stroke?"
    assert asked_of_body("And ACP?", "zelomab", before) == "Does ACP recommend zelomab after a stroke?"
    assert asked_of_body("And ACP?", "zelomab", "Is zelomab safe?") == "What does ACP say about zelomab?"


@pytest.mark.parametrize(
    ("statement", "whole"),
    [
        ("She is pregnant.", "What about zelomab in pregnancy?"),
        ("My patient has an eGFR of 25.", "What about zelomab with eGFR 25?"),
        ("Is she pregnant?", None),
        ("She likes tea.", None),
    ],
)
def test_a_statement_on_the_patient_asks_about_the_drug(statement: str, whole: str | None) -> None:
    assert stated(statement, "zelomab", constraints_of(statement)) == whole
