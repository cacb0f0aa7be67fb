"""Ranking: what speaks to the question, what stands in a conclusion, what a strong design found."""

import numpy as np
import pytest

from corpus.document import Document, Role, Section, SourceKind
from corpus.passage import Passage, Sentence
from qa.asked import Asked
from qa.evidence import Evidence, sentences_of_hits
from qa.library import Library
from qa.ranking import OF_THE_BODY, WEIGHTS, may_answer, rank, score_of, tells_of_method
from qa.terms import normalised
from tests.qa.conftest import AskOf

EFFICACY = "Does zelomab reduce asthma exacerbations?"


def sentence(
    text: str,
    heading: str = "Results",
    *,
    title: str = "A trial",
    drugs: tuple[str, ...] = ("zelomab",),
    design: str = "randomized trial",
    year: int | None = 2020,
    similarity: float = 0.6,
    role: Role = Role.PARAGRAPH,
    row: int = 0,
    found: float = 0.5,
    body: str = "",
) -> Evidence:
    """Return a sentence of a research document about zelomab."""
    section = Section((heading,), text)
    document = Document(
        "research:test", SourceKind.RESEARCH, title, (), drugs=drugs, design=design, year=year, body=body
    )
    one = Sentence(0, len(text), role)
    passage = Passage("p", 0, 0, len(text), text, (one,))
    return Evidence(row, 0, document, section, passage, one, text, np.zeros(3, np.float32), similarity, found)


def scored(asked: Asked, *evidence: Evidence) -> list[str]:
    """Return the texts that may answer, best first."""
    return [one.text for _, one in rank(evidence, asked)]


REDUCED = "Zelomab reduced asthma exacerbations by 48%."


def test_a_sentence_on_the_drug_the_terms_and_the_theme_answers(asked: AskOf) -> None:
    assert scored(asked(EFFICACY), sentence(REDUCED)) == [REDUCED]


def test_one_of_another_drug_does_not(asked: AskOf) -> None:
    other = sentence("Velatide reduced asthma exacerbations.", drugs=("velatide",))
    assert scored(asked(EFFICACY), other) == []


def test_one_that_leaves_the_drug_unnamed_does_where_its_document_is_about_it(asked: AskOf) -> None:
    assert scored(asked(EFFICACY), sentence("Asthma exacerbations fell by half.")) != []
    assert scored(asked(EFFICACY), sentence("Asthma exacerbations fell by half.", drugs=(), title="Zelomab")) != []
    assert scored(asked(EFFICACY), sentence("Asthma exacerbations fell by half.", drugs=())) == []


def test_one_that_speaks_of_nothing_asked_about_stays_out_unless_it_is_all_but_the_question(asked: AskOf) -> None:
    off = "Zelomab improved bone density."
    assert scored(asked(EFFICACY), sentence(off, similarity=0.74)) == []
    assert scored(asked(EFFICACY), sentence(off, similarity=0.76)) == [off]


def test_one_off_the_theme_needs_likeness_and_half_of_the_terms(asked: AskOf) -> None:
    off = "Zelomab has a name that asthma exacerbations share."
    assert scored(asked(EFFICACY), sentence(off, similarity=0.59)) == []
    assert scored(asked(EFFICACY), sentence(off, similarity=0.61)) == [off]


def test_without_a_drug_most_of_what_is_asked_must_be_spoken_of(asked: AskOf) -> None:
    question = asked("How is gout diagnosed by joint aspiration?")
    assert scored(question, sentence("Joint aspiration diagnoses gout.", drugs=())) != []
    assert scored(question, sentence("Gout is painful.", drugs=())) == []


def test_where_a_trial_is_named_only_what_names_it_answers(asked: AskOf) -> None:
    question = asked("What did QUILLON find for asthma exacerbations?")
    own = sentence("Asthma exacerbations were reduced.", title="Zelomab in asthma: the QUILLON trial")
    assert scored(question, own, sentence("Asthma exacerbations were reduced twice.", title="Another")) == [own.text]


def test_a_conclusion_comes_before_a_result_and_a_result_before_background(asked: AskOf) -> None:
    places = [sentence(REDUCED, heading, row=n) for n, heading in enumerate(("Background", "Results", "Conclusions"))]
    found = rank(places, asked(EFFICACY))
    assert [one.section.title for _, one in found] == ["Conclusions", "Results", "Background"]


@pytest.mark.parametrize("heading", ["Methods", "Patients", "Objective", "Study design"])
def test_what_stands_in_methods_stays_out_unless_the_method_is_asked_for(asked: AskOf, heading: str) -> None:
    text = "Zelomab was given to 815 adults with asthma exacerbations."
    assert scored(asked(EFFICACY), sentence(text, heading)) == []
    assert scored(asked("How many adults with asthma exacerbations were given zelomab?"), sentence(text, heading)) != []


def test_a_sentence_that_tells_how_a_study_was_done_stays_out_wherever_it_stands(asked: AskOf) -> None:
    text = "In this trial 815 adults with asthma exacerbations were randomized to zelomab, which reduced nothing yet."
    assert scored(asked(EFFICACY), sentence(text)) == []


def test_a_trial_comes_before_a_case_report_that_is_newer(asked: AskOf) -> None:
    case = sentence(REDUCED, title="Case", design="case report", year=2026)
    trial = sentence(REDUCED, title="Trial", design="phase 3 randomized trial", year=2010, row=1)
    assert [one.document.title for _, one in rank([case, trial], asked(EFFICACY))] == ["Trial", "Case"]


def test_being_recent_breaks_ties_and_no_more(asked: AskOf) -> None:
    old, new = sentence(REDUCED, year=2001), sentence(REDUCED, year=2025, row=1)
    assert [one.document.year for _, one in rank([old, new], asked(EFFICACY))] == [2025, 2001]
    nearer = sentence(REDUCED, year=2001, similarity=0.63, row=2)
    assert [one.row for _, one in rank([new, nearer], asked(EFFICACY))] == [2, 1]


def test_ties_stand_in_the_order_of_the_snapshot(asked: AskOf) -> None:
    both = [sentence(REDUCED, row=5), sentence(REDUCED, row=3)]
    assert [one.row for _, one in rank(both, asked(EFFICACY))] == [3, 5]


def test_of_equal_sentences_the_one_whose_passage_was_found_better_comes_first(asked: AskOf) -> None:
    better, worse = sentence(REDUCED, found=0.8, row=7), sentence(REDUCED, found=0.4, row=3)
    assert [one.row for _, one in rank([worse, better], asked(EFFICACY))] == [7, 3]


def test_a_sentence_gains_by_what_it_bears_on_the_question_as_much_as_its_passage_was_found(asked: AskOf) -> None:
    question = asked(EFFICACY)
    for found in (0.25, 1.0):
        one = sentence(REDUCED, found=found)
        alone = score_of(one, question)
        ((score, _),) = rank([one], question)
        assert alone is not None
        assert 0 < score - alone < WEIGHTS.bears * found


def test_of_sentences_that_score_alike_by_themselves_the_one_that_bears_on_the_question_comes_first(
    asked: AskOf,
) -> None:
    question = asked(EFFICACY)
    hedged = sentence("However, this remains unclear: zelomab reduced asthma exacerbations.")
    finding = sentence("We found that zelomab significantly reduced asthma exacerbations by 48%.")
    assert score_of(hedged, question) == score_of(finding, question)
    assert scored(question, hedged, finding) == [finding.text, hedged.text]


def test_what_bears_on_the_question_lets_nothing_in_that_does_not_speak_of_it(asked: AskOf) -> None:
    off = sentence("We found that zelomab improved bone density by 48%.", found=1.0)
    assert scored(asked(EFFICACY), off, sentence(REDUCED)) == [REDUCED]


def test_the_word_of_a_body_asked_for_counts_whatever_verb_asks_for_it(asked: AskOf) -> None:
    question = asked("What has NICE decided on zelomab?")
    option = "Zelomab is an option for severe asthma."
    assert scored(question, sentence(option, body="NICE", similarity=OF_THE_BODY)) == [option]
    assert scored(question, sentence(option, body="NICE", similarity=OF_THE_BODY - 0.01)) == []
    assert scored(question, sentence(option, body="Another society")) == []


def test_a_condition_that_a_body_is_asked_about_must_be_spoken_of(asked: AskOf) -> None:
    question = asked("What has NICE decided on zelomab in chronic kidney disease?")
    option = sentence("Zelomab is an option for severe asthma.", body="NICE")
    kidney = sentence("Zelomab needs no other dose in chronic kidney disease.", body="NICE")
    assert scored(question, option, kidney) == [kidney.text]


@pytest.mark.parametrize(
    "text",
    [
        "Does zelomab reduce asthma exacerbations?",
        "| 48% | 31% asthma exacerbations reduced by zelomab",
        "Zelomab reduced asthma exacerbations by 48\ufffd.",
        "Asthma → zelomab → fewer exacerbations reduced",
    ],
)
def test_what_cannot_be_quoted_stays_out(asked: AskOf, text: str) -> None:
    assert score_of(sentence(text, similarity=0.9), asked(EFFICACY)) is None


def test_a_header_row_alone_stays_out(asked: AskOf) -> None:
    assert score_of(sentence(REDUCED, role=Role.HEADER), asked(EFFICACY)) is None


def test_a_sentence_that_recommends_the_drug_gains_where_its_use_is_asked_for(asked: AskOf) -> None:
    question = asked("What is zelomab indicated for in severe asthma?")
    plain = sentence("Severe asthma was eased by zelomab in candidates.")
    recommending = sentence("The society recommends zelomab for severe asthma.", row=1)
    (first, _), (second, _) = rank([plain, recommending], question)
    assert first - second > 0.1


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("This randomized trial compared two doses.", True),
        ("To determine whether zelomab works.", True),
        ("The primary endpoint was exacerbations.", True),
        ("We searched five databases.", True),
        ("Zelomab reduced exacerbations.", False),
        ("Patients on zelomab had fewer exacerbations.", False),
    ],
)
def test_method_is_told_from_finding(text: str, method: bool) -> None:
    assert tells_of_method(normalised(text)) is method


@pytest.mark.parametrize(
    "question",
    [
        "What prevents fractures in postmenopausal women?",
        "How is asthma treated in adults?",
        "Which exacerbations need steroids?",
        "What is the boiling point of water?",
        "Does zelomab lower the rate of exacerbations?",
    ],
)
def test_passages_that_are_not_read_have_no_sentence_that_answers(
    asked: AskOf, library: Library, question: str
) -> None:
    one, snapshot, left_out = asked(question), library.snapshot, 0
    for kind in (SourceKind.GUIDELINE, SourceKind.RESEARCH):
        hits = one.hits(library.searcher, kind, 40)
        read = [hit for hit in hits if may_answer(hit, one)]
        left_out += len(hits) - len(read)
        found = [rank(sentences_of_hits(snapshot, own, one.vectors), one) for own in (hits, read)]
        places = [[(sentence.row, sentence.number, round(score, 5)) for score, sentence in ranked] for ranked in found]
        assert places[0] == places[1]
    assert bool(left_out) is not one.names_source
