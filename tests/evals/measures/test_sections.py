"""Label sections: what counts as the section referred to, and what a question adds."""

from dataclasses import replace

import pytest

from evals.gold.base import GoldQuestion, Place
from evals.measures.base import Share
from evals.measures.sections import MEASURE, is_place, same_title
from evals.outcome import FoundPassage, Outcome
from qa.answer import Answer
from tests.made_answers import answer, citation

DOSING = Place("spl:a", "2", "DOSAGE & ADMINISTRATION")


@pytest.mark.parametrize(
    ("found", "counts"),
    [
        (Place("spl:a", "2", "Dosage and Administration"), True),
        (Place("spl:a", "2.1", "Adults"), True),
        (Place("spl:a", "2.10", "Children"), True),
        (Place("spl:a", "", "Dosage and administration"), True),
        (Place("spl:a", "", "Adults"), False),
        (Place("spl:a", "20", "Dosage and Administration"), False),
        (Place("spl:a", "12.2", "Pharmacodynamics"), False),
        (Place("spl:b", "2", "Dosage and Administration"), False),
    ],
)
def test_a_section_counts_by_document_and_number_or_title(found: Place, counts: bool) -> None:
    assert is_place(found, DOSING) is counts


def test_the_section_that_a_reference_lies_in_counts() -> None:
    assert is_place(Place("spl:a", "5", "Warnings and Precautions"), Place("spl:a", "5.3", "Bleeding"))
    assert not is_place(Place("spl:a", "5.2", "Diarrhea"), Place("spl:a", "5.3", "Bleeding"))


def test_titles_are_the_same_but_for_case_numbers_and_signs() -> None:
    assert same_title("2 DOSAGE & ADMINISTRATION:", "Dosage and Administration")
    assert not same_title("Warnings", "Warnings and Precautions")


def test_ranks_one_and_three_are_told_apart() -> None:
    passages = tuple(
        FoundPassage("spl:a", f"p{n}", number, "", "", 1.0 - n / 10) for n, number in enumerate(("12.2", "14", "2.3"))
    )
    outcome = Outcome("q", run=("spl:a",), passages=passages)
    assert MEASURE.shares(_question(DOSING), outcome) == {"section@1": Share(0.0), "section@3": Share(1.0)}


def test_a_section_is_answered_where_its_words_are_shown() -> None:
    answer = _answer("Take one a day.", "2.1", "Take one a day.")
    outcome = Outcome("q", answer=answer)
    assert MEASURE.shares(_question(DOSING), outcome) == {
        "label section answered": Share(1.0),
        "label section right": Share(1.0),
    }
    other = replace(outcome, answer=_answer("Take one a day.", "14", "Take one a day."))
    assert MEASURE.shares(_question(DOSING), other)["label section right"] == Share(0.0)


def test_a_citation_of_other_words_does_not_count() -> None:
    outcome = Outcome("q", answer=_answer("Take one a day.", "2.1", "Swallow it whole."))
    assert MEASURE.shares(_question(DOSING), outcome)["label section answered"] == Share(0.0)


def test_a_refusal_is_no_answer_and_no_wrong_section() -> None:
    outcome = Outcome("q", answer=answer(""))
    assert MEASURE.shares(_question(DOSING), outcome) == {"label section answered": Share(0.0)}


def test_a_failure_is_wrong_everywhere_and_a_question_without_section_says_nothing() -> None:
    failed = Outcome("q", error="TimeoutError")
    assert set(MEASURE.shares(_question(DOSING), failed).values()) == {Share(0.0)}
    assert set(MEASURE.shares(_question(DOSING), failed)) == {figure.name for figure in MEASURE.figures}
    assert MEASURE.shares(_question(), failed) == {}


def _question(*places: Place) -> GoldQuestion:
    return GoldQuestion("q", "What is the dose?", places=places)


def _answer(text: str, number: str, quote: str) -> Answer:
    """Return an answer of one sentence that cites a section of that number."""
    return answer("", (text, (1,)), citations=(citation(1, "spl:a", quote, number=number),))
