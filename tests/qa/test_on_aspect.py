"""What is beside the question is not shown, however near its words are."""

import pytest

from corpus.document import Document, Section, SourceKind
from qa.on_aspect import on_aspect
from qa.points import Point, Span
from tests.qa.conftest import AskOf

BOXED, DOSAGE, STORAGE = "34066-1", "34068-7", "44425-7"


def point(text: str, heading: str, code: str = "", kind: SourceKind = SourceKind.LABEL) -> Point:
    section = Section((heading,), text, code=code, codes=(code,) if code else ())
    return Point((Span(Document("x:1", kind, "Velat", (section,)), section, 0, len(text), "p"),))


def left(asked: AskOf, question: str, label: list[Point], guideline: list[Point] | None = None) -> list[str]:
    """Return the texts that are left, the label's first."""
    given = {SourceKind.LABEL: [("", label)], SourceKind.GUIDELINE: [("", guideline or [])]}
    kept = on_aspect(asked(question), given)
    return [one.text for kind in given for _, points in kept.get(kind, []) for one in points]


DOSE = point("The dose of velatide is 40 mg once daily.", "Dosage", DOSAGE)
PAGE = point("The dose of velatide is 40 mg, as on a reference page.", "Dosage", DOSAGE)
CHILD = point("In children velatide is given at 1 mg/kg.", "Dosage", DOSAGE)
KEPT = point("Velatide lies in a dry place.", "Storage and Handling", STORAGE)
BOX = point("Velatide has caused death.", "Boxed Warning", BOXED)
ADVISED = point("Velatide 80 mg is recommended.", "Treatment", kind=SourceKind.GUIDELINE)


@pytest.mark.parametrize(
    "question", ["How should velatide be stored?", "What to do in an overdose of velatide?", "Velatide boxed warning?"]
)
def test_a_dose_answers_no_question_of_storage_overdose_or_boxed_warning(asked: AskOf, question: str) -> None:
    assert left(asked, question, [DOSE], [ADVISED]) == []


def test_a_section_that_the_aspect_leads_to_answers_in_whatever_words(asked: AskOf) -> None:
    assert left(asked, "How should velatide be stored?", [DOSE, KEPT]) == [KEPT.text]


def test_the_dose_of_adults_is_not_shown_for_children(asked: AskOf) -> None:
    assert left(asked, "What is the dose of velatide in children?", [DOSE, PAGE, CHILD], [ADVISED]) == [CHILD.text]


def test_the_age_of_a_child_says_as_much_as_the_word(asked: AskOf) -> None:
    assert left(asked, "What is the dose of velatide in a 5 year old?", [DOSE, CHILD], [ADVISED]) == [CHILD.text]
    assert left(asked, "What is the dose of velatide in a 50 year old?", [DOSE]) == [DOSE.text]


def test_the_boxed_warning_stays_with_what_is_shown_and_not_alone(asked: AskOf) -> None:
    assert left(asked, "What is the dose of velatide in children?", [BOX, DOSE, CHILD]) == [BOX.text, CHILD.text]
    assert left(asked, "What is the dose of velatide in children?", [BOX, DOSE]) == []


def test_a_boxed_warning_held_leaves_guidelines_their_own_words(asked: AskOf) -> None:
    assert left(asked, "What is the boxed warning of velatide?", [BOX, DOSE], [ADVISED]) == [BOX.text, ADVISED.text]


def test_other_questions_lose_nothing(asked: AskOf) -> None:
    assert left(asked, "What is the dose of velatide?", [DOSE, KEPT], [ADVISED]) == [
        DOSE.text,
        KEPT.text,
        ADVISED.text,
    ]


RENAL = point("In severe renal impairment the dose of velatide is 10 mg.", "Renal Impairment")


def test_two_groups_in_two_clauses_are_both_answered(asked: AskOf) -> None:
    question = "What is the dose of velatide in renal impairment, and is it for children?"
    assert left(asked, question, [RENAL, CHILD]) == [RENAL.text, CHILD.text]


@pytest.mark.parametrize(
    "question",
    [
        "What is the dose of velatide in children with renal impairment?",
        "What is the dose of velatide in children with renal impairment, and how is it stored?",
        "What is the dose of velatide in renal impairment and children?",
    ],
)
def test_two_groups_in_one_clause_are_one_patient(asked: AskOf, question: str) -> None:
    assert left(asked, question, [RENAL, CHILD]) == [CHILD.text]
