"""Grouping: what says the same is one point, what only repeats is left out, the best come first."""

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.document import Document, Role, Section, SourceKind
from corpus.passage import Passage, Sentence
from qa.evidence import Evidence
from qa.grouping import MOST_ALSO, Chosen, Limits, as_point, choose, spread, under_one_lead, without_parts
from qa.library import Library
from qa.points import Point, Span
from qa.statements import statement

LIMITS = Limits(most=3, per_document=2, floor=0.4)


def unit(*values: float) -> NDArray[np.float32]:
    vector = np.array(values, np.float32)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


ONE, LIKE_ONE, OTHER = unit(1, 0, 0), unit(1, 0.2, 0), unit(0, 1, 0)


def said(text: str, document: str, vector: NDArray[np.float32] = ONE) -> Evidence:
    """Return a sentence that is all of its document."""
    section = Section(("Results",), text)
    sentence = Sentence(0, len(text))
    passage = Passage(document, 0, 0, len(text), text, (sentence,))
    key = f"research:{document}"
    return Evidence(
        0, 0, Document(key, SourceKind.RESEARCH, document, ()), section, passage, sentence, text, vector, 0.5
    )


def chosen(*ranked: tuple[float, Evidence], limits: Limits = LIMITS) -> list[tuple[str, list[str]]]:
    """Return each point's document, and those that are cited with it."""
    return [(one.evidence.document.title, [e.document.title for e in one.also]) for one in choose(ranked, limits)]


REDUCED = "X reduced fractures by 48%."


def test_the_same_claim_in_another_document_is_cited_with_the_better_one() -> None:
    assert chosen((0.9, said(REDUCED, "a")), (0.8, said("X reduced the fractures by 48% overall.", "b", LIKE_ONE))) == [
        ("a", ["b"])
    ]


def test_the_sentence_with_one_number_less_is_shown_and_the_fuller_one_cited_with_it() -> None:
    fuller = said("X reduced fractures by 48% in 4 trials.", "a")
    assert chosen((0.9, fuller), (0.8, said(REDUCED, "b", LIKE_ONE))) == [("b", ["a"])]


def test_where_more_figures_would_be_lost_both_are_points() -> None:
    fuller = said("X reduced fractures by 48% in 4 trials of 815 women.", "a")
    assert chosen((0.9, fuller), (0.8, said(REDUCED, "b", unit(1, 0.6, 0)))) == [("a", []), ("b", [])]


def test_another_number_is_another_point() -> None:
    assert chosen((0.9, said(REDUCED, "a")), (0.8, said("X reduced fractures by 31%.", "b", LIKE_ONE))) == [
        ("a", []),
        ("b", []),
    ]


def test_a_denial_is_a_point_of_its_own() -> None:
    assert chosen((0.9, said("X reduced fractures.", "a")), (0.8, said("X has not reduced fractures.", "b"))) == [
        ("a", []),
        ("b", []),
    ]


def test_the_same_words_twice_in_one_document_are_said_once() -> None:
    assert chosen((0.9, said(REDUCED, "a")), (0.8, said(REDUCED, "a"))) == [("a", [])]


def test_what_only_repeats_a_point_with_less_is_left_out() -> None:
    assert chosen((0.9, said("X reduced fractures by 48% at 24 months.", "a")), (0.8, said(REDUCED, "a"))) == [
        ("a", [])
    ]


def test_no_more_points_than_the_limit_and_no_more_of_one_document() -> None:
    ranked = [(0.9 - n / 100, said(f"X reduced fractures by {n}%.", "a", OTHER)) for n in range(5)]
    assert len(chosen(*ranked)) == LIMITS.per_document
    spread = [(0.9 - n / 100, said(f"X reduced fractures by {n}%.", str(n), OTHER)) for n in range(5)]
    assert [title for title, _ in chosen(*spread)] == ["0", "1", "2"]


def test_nothing_below_the_floor_is_taken() -> None:
    assert chosen((0.5, said(REDUCED, "a")), (0.39, said("Y raised density by 3%.", "b", OTHER))) == [("a", [])]


def test_a_point_that_is_full_still_takes_citations() -> None:
    full = Limits(most=1, per_document=1, floor=0.4)
    assert chosen((0.9, said(REDUCED, "a")), (0.5, said(REDUCED, "b")), limits=full) == [("a", ["b"])]


def test_a_point_has_at_most_a_handful_of_further_citations() -> None:
    ranked = [(0.9 - n / 100, said(REDUCED, str(n))) for n in range(9)]
    (point,) = chosen(*ranked)
    assert len(point[1]) == MOST_ALSO


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_better_one_is_shown_whichever_it_is(order: tuple[int, int]) -> None:
    both = [said(REDUCED, "a"), said(REDUCED, "b")]
    ranked = [(0.9 - n / 10, both[at]) for n, at in enumerate(order)]
    assert chosen(*ranked) == [("ab"[order[0]], ["ab"[order[1]]])]


def test_a_chosen_sentence_becomes_a_point_with_its_further_citations(library: Library) -> None:
    snapshot = library.snapshot
    row = next(r for r in range(len(snapshot)) if "It should be corrected" in snapshot.passage(r).text)
    passage, section, document = snapshot.passage(row), snapshot.section_of(row), snapshot.document_of(row)
    number = next(n for n, s in enumerate(passage.sentences) if section.text[s.start : s.end].startswith("It should"))
    sentence = passage.sentences[number]
    text = section.text[sentence.start : sentence.end]
    evidence = Evidence(row, number, document, section, passage, sentence, text, ONE, 0.5)
    (one,) = choose([(0.9, evidence), (0.8, said(text, "b"))], LIMITS)
    point = as_point(snapshot, one, context="Zelo")
    assert point.text == f"Hypocalcemia has occurred in patients on zelomab. {text}"
    assert [span.quote for span in point.also] == [text]
    assert (point.context, point.score) == ("Zelo", 0.9)


def test_each_document_has_its_say_before_one_has_its_third() -> None:
    ranked = [(0.90, said("A.", "a")), (0.89, said("B.", "a")), (0.88, said("C.", "a")), (0.87, said("D.", "b"))]
    order = [(one.text, round(score, 2)) for score, one in spread(ranked, 0.03)]
    assert order == [("A.", 0.9), ("D.", 0.87), ("B.", 0.86), ("C.", 0.82)]
    assert [one.text for _, one in spread(ranked, 0.0)] == ["A.", "B.", "C.", "D."]


def test_sentences_under_one_lead_and_the_lead_go_together() -> None:
    text = "Avoid in:\nheart block\nshock\nOther."
    section = Section(("A",), text)
    lead = (0, 9)
    sentences = (
        Sentence(0, 9),
        Sentence(10, 21, Role.ITEM, lead),
        Sentence(22, 27, Role.ITEM, lead),
        Sentence(28, 34),
    )
    passage = Passage("x", 0, 0, len(text), text, sentences)
    document = Document("research:x", SourceKind.RESEARCH, "x", (section,))
    made = [
        Chosen(0.5, Evidence(0, n, document, section, passage, one, text[one.start : one.end], ONE, 0.5), statement(""))
        for n, one in enumerate(sentences)
    ]
    groups = under_one_lead([made[2], made[3], made[0], made[1]])
    assert [[one.evidence.number for one in group] for group in groups] == [[2, 0, 1], [3]]


def test_a_point_whose_words_stand_in_another_is_left_out() -> None:
    text = "X binds Y. Therefore Z rises."
    section = Section(("A",), text)
    document = Document("research:x", SourceKind.RESEARCH, "x", (section,))
    whole, part = (Point((Span(document, section, 0, end, "p"),)) for end in (29, 10))
    assert without_parts([part, whole]) == [whole]
    assert without_parts([whole, part]) == [whole]
    assert without_parts([part, part]) == [part]
