"""What is taken back of what was said of the patient is gone from the question's words too."""

import pytest

from qa.constraints import constraints_of
from qa.drugs import DrugLexicon
from qa.understand import history_of, understand
from qa.unsaid import still_said, unsaid

LEXICON = DrugLexicon([(["romosozumab"], ["Evenity"])])


@pytest.mark.parametrize(
    ("question", "without", "left"),
    [
        (
            "Can a pregnant woman with eGFR of 25 take examplumab?",
            "pregnancy",
            "Can a woman with eGFR of 25 take examplumab?",
        ),
        ("Can a pregnant woman with eGFR of 25 take examplumab?", "eGFR 25", "Can a pregnant woman take examplumab?"),
        ("Is examplumab safe in pregnancy?", "pregnancy", "Is examplumab safe?"),
        ("She is pregnant. Can she take examplumab?", "pregnancy", "Can she take examplumab?"),
        ("What is the dose if eGFR is 25?", "eGFR 25", "What is the dose?"),
        ("Can a man take it?", "men", "Can a patient take it?"),
        ("What is the dose in men with eGFR 25?", "men", "What is the dose with eGFR 25?"),
        (
            "Is it safe in a 75 year old woman who had a stroke?",
            "75 year old",
            "Is it safe in a woman who had a stroke?",
        ),
        ("Is it safe in a woman who had a stroke 3 months ago?", "stroke 3 months ago", "Is it safe in a woman?"),
        ("My patient has a penicillin allergy, can she take it?", "penicillin allergy", "My patient, can she take it?"),
    ],
)
def test_the_words_that_state_a_trait_are_taken_out(question: str, without: str, left: str) -> None:
    assert without in [one.text for one in constraints_of(question)]
    assert unsaid(question, [without]) == left
    assert without not in [one.text for one in constraints_of(left)]


def test_a_question_that_is_about_nothing_else_keeps_its_words() -> None:
    assert unsaid("And if she is pregnant?", ["pregnancy"]) == "And if she is pregnant?"


def test_nothing_is_taken_out_that_was_not_taken_back() -> None:
    question = "Can a pregnant woman take examplumab?"
    assert unsaid(question, []) == question
    assert unsaid(question, ["eGFR 25"]) == question


def test_what_was_taken_back_is_known_in_any_case_of_letters() -> None:
    stated = constraints_of("Is it safe in pregnancy with eGFR 25?")
    assert [one.text for one in still_said(stated, ["EGFR 25"])] == ["pregnancy"]


def test_what_was_taken_back_is_neither_understood_nor_written_out() -> None:
    found = understand("Can a pregnant woman with eGFR 25 have romosozumab?", (), LEXICON, ["pregnancy"])
    assert found.question == "Can a pregnant woman with eGFR 25 have romosozumab?"
    assert found.standalone == "Can a woman with eGFR 25 have romosozumab?"
    assert [one.text for one in found.constraints] == ["women", "eGFR 25"]


def test_what_was_taken_back_does_not_come_back_in_later_turns() -> None:
    said = ["She is pregnant and has eGFR 25. Can she have romosozumab?", "What is the dose?"]
    kept = understand("And how is it stored?", history_of(said, LEXICON), LEXICON)
    assert {one.text for one in kept.constraints} >= {"pregnancy", "eGFR 25"}
    without = ["pregnancy"]
    found = understand("And how is it stored?", history_of(said, LEXICON, without), LEXICON, without)
    assert "eGFR 25" in {one.text for one in found.constraints}
    assert "pregnancy" not in {one.text for one in found.constraints}
    assert "pregnan" not in found.standalone and "eGFR 25" in found.standalone


def test_turns_that_were_understood_before_lose_what_is_taken_back_now() -> None:
    turns = history_of(["She has eGFR 25. Can she have romosozumab?"], LEXICON)
    assert understand("What is the dose?", turns, LEXICON).standalone.endswith("with eGFR 25?")
    found = understand("What is the dose?", turns, LEXICON, ["eGFR 25"])
    assert (found.constraints, found.standalone) == ((), "What is the dose of romosozumab?")
