"""Suggested follow-ups: each is answered, none repeats what was asked, all are about what is held."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from qa.answer import Answer, Status
from qa.answerer import Answerer
from qa.library import Library
from qa.suggest import MOST, TRIED, suggestions
from qa.suggest_drugs import drugs_to_suggest, of_the_class
from qa.suggest_questions import candidates
from tests.index.corpora import WordEncoder
from tests.small_home import CONTRAINDICATIONS, DOSE, INDICATION, UNKNOWN

SMALL = (INDICATION, CONTRAINDICATIONS, DOSE, UNKNOWN, "How is gout diagnosed?", "Hello")
STARTER = (
    "What is romosozumab indicated for?",
    "What are the contraindications of alendronate?",
    "Can denosumab be used with eGFR 25?",
    "How does romosozumab compare with alendronate?",
    "What did ARCH show?",
    "What should follow teriparatide?",
    "What is the dose of pamidronate?",
    "What is the capital of France?",
)


class Counting:
    """Answers as another does, and counts what it is asked."""

    def __init__(self, answerer: Answerer) -> None:
        self.answerer = answerer
        self.asked: list[str] = []

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        self.asked.append(question)
        return self.answerer.ask(question, history)

    def library(self) -> Library:
        return self.answerer.library()


@pytest.fixture(scope="module")
def small(small_home: Path) -> Answerer:
    return Answerer(small_home, encoder=WordEncoder())


@pytest.fixture(scope="module")
def starter(starter_home: Path) -> Answerer:
    return Answerer(starter_home)


def wrong(answerer: Answerer, question: str) -> list[str]:
    """Return what is wrong with the suggestions that follow a question."""
    answer = answerer.ask(question)
    found = suggestions(answer, answerer)
    answers = {one: answerer.ask(one) for one in found}
    faults = [f"{one}: not answered" for one in found if answers[one].status is not Status.ANSWERED]
    faults += [f"{one}: was asked" for one in found if one in (answer.question, answer.standalone)]
    drugs = drugs_to_suggest(answer, answerer.library())
    faults += [f"{one}: of none of {drugs}" for one in found if not any(drug in one for drug in drugs)]
    said = {claim.text for claim in answer.claims()}
    faults += [f"{one}: nothing new" for one in found if {claim.text for claim in answers[one].claims()} <= said]
    if len(found) > MOST or len(set(found)) < len(found):
        faults.append(f"{question}: {found}")
    return faults


@pytest.mark.parametrize("question", SMALL)
def test_all_that_is_suggested_is_answered_and_new(small: Answerer, question: str) -> None:
    assert wrong(small, question) == []


def test_what_is_held_of_the_drug_is_suggested_and_no_more(small: Answerer) -> None:
    assert suggestions(small.ask(INDICATION), small) == (
        "Who should not receive examplumab?",
        "What is the recommended dose of examplumab?",
    )


def test_what_was_shown_already_is_not_suggested(small: Answerer) -> None:
    # The boxed warning stands in the answer to what a drug is for, and is no news after it.
    assert all("boxed warning" not in one for one in suggestions(small.ask(INDICATION), small))
    assert any("boxed warning" in one for one in suggestions(small.ask("How is gout diagnosed?"), small))


def test_a_refused_question_leads_to_what_is_held(small: Answerer) -> None:
    answer = small.ask(UNKNOWN)
    found = suggestions(answer, small)
    assert answer.status is Status.REFUSED and found
    assert all("examplumab" in question for question in found)


def test_questions_of_the_conversation_are_not_suggested_again(small: Answerer) -> None:
    answer = small.ask(INDICATION)
    first = suggestions(answer, small)
    assert first[0] not in suggestions(answer, small, earlier=[first[0].upper()])


def test_a_patient_is_given_a_patients_words(small: Answerer) -> None:
    found = suggestions(small.ask(INDICATION, audience="patient"), small)
    assert "Who should not take examplumab?" in found


def test_an_emergency_has_no_next_question(small: Answerer) -> None:
    answer = small.ask("I took Sampla and cannot breathe, my face is swelling up")
    assert answer.status is Status.EMERGENCY and suggestions(answer, small) == ()


def test_no_more_is_asked_than_is_needed(small: Answerer) -> None:
    counting = Counting(small)
    assert len(suggestions(small.ask(INDICATION), counting, most=2)) == 2
    assert len(counting.asked) < TRIED
    counting.asked.clear()
    suggestions(small.ask(INDICATION), counting)
    assert len(counting.asked) <= TRIED


def test_what_was_said_of_the_patient_comes_first() -> None:
    texts = [one.text for one in candidates("xamab", (), ("dosing",), ("eGFR 25",), "clinician")]
    assert texts[0] == "Can xamab be used in severe renal impairment?"
    assert "What is the recommended dose of xamab?" not in texts
    texts = [one.text for one in candidates("xamab", ("yomab",), ("dosing",), ("pregnant",), "patient")]
    assert texts[0] == "Is xamab safe in pregnancy?" and "How does xamab compare with yomab?" in texts


@pytest.mark.parametrize("question", STARTER)
def test_over_the_starter_corpus_too(starter: Answerer, question: str) -> None:
    assert wrong(starter, question) == []
    assert len(suggestions(starter.ask(question), starter)) >= 3


def test_a_drug_is_compared_with_one_of_its_class_that_is_held(starter: Answerer) -> None:
    library = starter.library()
    assert of_the_class("teriparatide", library)[0] == "abaloparatide"
    assert of_the_class("pamidronate", library)[:2] == ["alendronate", "risedronate"]
    assert of_the_class("no such drug", library) == []
    found = suggestions(starter.ask("What is romosozumab indicated for?"), starter)
    assert "How does romosozumab compare with teriparatide?" in found


@pytest.mark.shared
def test_over_the_questions_kept_for_development(starter: Answerer, shared: Path) -> None:
    gold = json.loads((shared / "facts/gold/followups.json").read_text(encoding="utf-8"))
    questions = [one["question"] for one in (*gold["single"][::2], *gold["unanswerable"][::2])]
    assert len(questions) >= 9
    assert [fault for question in questions for fault in wrong(starter, question)] == []
