"""LiveQA-Med: judgements and questions read from small files, pages found by what quotes them, and the set as it is."""

from pathlib import Path

import pytest

from corpus.document import Document, Section, SourceKind
from evals.gold.base import GoldQuestion, GoldSet
from evals.gold.liveqa import REFERENCE, Judged, judgements, load, questions, quoted_pages, references

XML = b"""<?xml version="1.0"?><Set>
<NLM-QUESTION qid="TQ7"><NIST-PARAPHRASE>Is it
 safe?</NIST-PARAPHRASE><ANNOTATIONS><TYPE tid="T1">EFFECT</TYPE><TYPE>CAUSE</TYPE></ANNOTATIONS>
<ReferenceAnswers><RefAnswer><ANSWER> It is. </ANSWER></RefAnswer><ReferenceAnswer><ANSWER>Mostly.</ANSWER>
</ReferenceAnswer><RefAnswer><ANSWER> </ANSWER></RefAnswer></ReferenceAnswers></NLM-QUESTION>
<NLM-QUESTION qid="TQ8"><NIST-PARAPHRASE>What is it?</NIST-PARAPHRASE></NLM-QUESTION></Set>"""


def test_questions_have_the_judgements_ids_one_line_and_the_first_type() -> None:
    assert list(questions(XML)) == [GoldQuestion("7", "Is it safe?", "EFFECT"), GoldQuestion("8", "What is it?")]


def test_reference_answers_are_excellent_and_empty_ones_are_none() -> None:
    assert list(references(XML)) == [Judged("7", REFERENCE, "It is."), Judged("7", REFERENCE, "Mostly.")]


def test_grades_begin_at_nothing_for_an_incorrect_answer_and_what_was_not_readable_is_left_out() -> None:
    lines = "7 1 Wrong.\n7 4 All  of it.\n8 -2 ####\n8 2 Near.\n"
    assert list(judgements(lines)) == [Judged("7", 0, "Wrong."), Judged("7", 3, "All of it."), Judged("8", 1, "Near.")]


def page(key: str, *texts: str) -> Document:
    return Document(key, SourceKind.GUIDELINE, key, tuple(Section((), text) for text in texts))


QUOTE = "The staph germ lives on the skin of many healthy people and seldom does any harm"


def test_a_page_is_found_by_what_quotes_half_of_it_or_more() -> None:
    pages = [
        page("near", "The staph germ lives on the skin."),
        page("right", "First of all.", f"{QUOTE}."),
        page("other"),
    ]
    half = f"{QUOTE}, a nurse once told me in the ward"
    assert quoted_pages([QUOTE, half.upper()], pages) == {QUOTE: "right", half.upper(): "right"}


def test_a_page_is_not_found_by_what_quotes_less_or_only_shares_words() -> None:
    little = f"{QUOTE}, {' '.join(f'word{n}' for n in range(20))}"
    shuffled = " ".join(sorted(QUOTE.split()))
    assert quoted_pages([little, shuffled, "Too short."], [page("right", QUOTE)]) == {}


@pytest.fixture(scope="module")
def held(shared: Path) -> GoldSet:
    return load(shared)


@pytest.mark.shared
def test_the_set_holds_every_question_with_documents_that_are_there(held: GoldSet) -> None:
    assert held.documents is not None
    keys = [document.key for document in held.documents()]
    assert len(set(keys)) == len(keys)
    assert (len(held.questions), len(keys)) == (104, 1189)
    assert {key for question in held.questions for key in question.relevant} <= set(keys)
    assert {grade for question in held.questions for grade in question.relevant.values()} == {1, 2, 3}
    first, last = held.questions[0], held.questions[-1]
    assert first.text == "What is the relationship between Noonan syndrome and polycystic renal disease?"
    assert (first.id, len(first.relevant), last.id) == ("1", 6, "104")
    assert "680 answers" in held.about
    assert "18 pages are quoted" in held.about


@pytest.mark.shared
def test_pages_that_judged_answers_quote_take_their_grades(held: GoldSet) -> None:
    of = {question.id: question.relevant for question in held.questions}
    assert of["9"]["bench:medquad-4_MPlus_Health_Topics_QA-0000410"] == REFERENCE
    assert sum(key.startswith("bench:medquad-") for relevant in of.values() for key in relevant) == 18
