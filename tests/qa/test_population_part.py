"""What was said of the patient holds turns later: in the understanding, on the page, and not after a new topic."""

import pytest

from qa.constraint import Trait
from qa.library import Library
from qa.population_part import for_whom
from qa.understand import history_of, understand
from tests.qa.conftest import Ask, AskOf
from tests.qa.pages import LABEL, headings, texts

OPENING = "What are the indications for zelomab?"
BETWEEN = ("How is it given?", "What are the side effects?", "Is it taken with food?")


@pytest.mark.parametrize(
    ("said", "text", "heading", "words"),
    [
        ("She is pregnant.", "pregnancy", "8.1 Pregnancy", "In rats zelomab caused no fetal harm."),
        ("Her eGFR is 25.", "eGFR 25", "8.6 Renal Impairment", "No dose adjustment of zelomab is needed"),
        (
            "My patient is on dialysis.",
            "dialysis",
            "8.6 Renal Impairment",
            "on dialysis who were given zelomab",
        ),
    ],
)
def test_at_turn_five_the_label_still_says_what_it_says_of_the_patient(
    ask: Ask, said: str, text: str, heading: str, words: str
) -> None:
    answer = ask("What is the dose?", OPENING, said, *BETWEEN)
    assert text in answer.understood.constraints
    assert "2.1 Recommended Dosage" in headings(answer, LABEL) and heading in headings(answer, LABEL)
    assert any(words in one for one in texts(answer, LABEL, heading))
    assert f"Shown too, as said before of the patient: {text}." in answer.notice


def test_without_the_patient_the_same_question_shows_no_population(ask: Ask) -> None:
    answer = ask("What is the dose?", OPENING, *BETWEEN)
    assert answer.understood.constraints == () and "Shown too" not in answer.notice
    assert not any(heading.startswith("8.") for heading in headings(answer, LABEL))


@pytest.mark.parametrize(
    "turn", ["Different question: what is the dose of velatide?", "What is gout?", "What is the dose of velatide?"]
)
def test_a_change_of_topic_drops_the_patient(ask: Ask, turn: str) -> None:
    history = (OPENING, "She is pregnant.", *BETWEEN)
    for question, before in ((turn, history), ("How is it stored?", (*history, turn))):
        answer = ask(question, *before)
        assert answer.understood.constraints == () and "said before" not in answer.notice


def test_the_same_patient_is_asked_about_with_another_drug(ask: Ask) -> None:
    answer = ask("What is the dose?", OPENING, "Her eGFR is 25.", *BETWEEN[:2], "What about velatide instead?")
    assert "2.2 Dosage in Renal Impairment" in headings(answer, LABEL)


def test_a_label_that_does_not_speak_of_the_patient_is_said_not_to(ask: Ask) -> None:
    answer = ask("What is the dose?", "What are the indications for velatide?", "She is pregnant.", *BETWEEN)
    assert "Said before, and not spoken of in the label: pregnancy." in answer.notice


def test_what_does_not_depend_on_the_patient_is_answered_without(ask: Ask) -> None:
    answer = ask("How is it stored?", OPENING, "She is pregnant.", *BETWEEN)
    assert headings(answer, LABEL) == ["16 How Supplied/Storage and Handling"]


def test_what_is_asked_of_a_patient_is_not_shown_twice(asked: AskOf, library: Library) -> None:
    question = asked("Is it safe in pregnancy?", OPENING, "She is pregnant.")
    assert for_whom(question, library.searcher, []).blocks == []


def test_an_event_is_met_by_what_the_label_says_of_it(ask: Ask) -> None:
    answer = ask("What is the dose?", OPENING, "She had a heart attack 6 months ago.", *BETWEEN)
    assert any("heart attack 6 months ago" in one for one in answer.understood.constraints)
    assert any("myocardial infarction" in one for one in texts(answer, LABEL))


def test_the_constraint_is_in_force_and_said_again_in_every_turn(library: Library) -> None:
    questions = (OPENING, "Her eGFR is 25.", *BETWEEN, "What is the dose?")
    for turn in range(1, len(questions)):
        found = understand(questions[turn], history_of(questions[:turn], library.lexicon), library.lexicon)
        assert [(one.trait, one.value) for one in found.constraints] == [(Trait.KIDNEY, 25.0)]
        assert "eGFR 25" in found.standalone and found.follows
        assert ("eGFR" in found.core) is (turn == 1)
