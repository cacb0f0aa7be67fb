"""Bearing: how likely a candidate sentence bears on the question, beside the others of its passage."""

import numpy as np
import pytest

from corpus.document import Document, Section, SourceKind
from corpus.passage import Passage, Sentence
from qa.bearing import bearing
from qa.evidence import Evidence

QUESTION = "Does zelomab lower fever in children?"


def passage(row: int, heading: str, *said: tuple[str, float], title: str = "A trial") -> list[Evidence]:
    """Return the sentences of a passage with their likeness to the question."""
    text = " ".join(one for one, _ in said)
    places = [(text.index(one), text.index(one) + len(one)) for one, _ in said]
    section, document = Section((heading,), text), Document("research:a", SourceKind.RESEARCH, title, ())
    own = Passage(f"p{row}", 0, 0, len(text), text, tuple(Sentence(*place) for place in places))
    vector = np.zeros(3, np.float32)
    return [
        Evidence(row, number, document, section, own, own.sentences[number], one, vector, likeness)
        for number, (one, likeness) in enumerate(said)
    ]


FEVER = ("Fever is common in children.", 0.4)
LOWERS = ("Zelomab lowered fever in children.", 0.8)
OTHER = ("Weight was stable in both groups.", 0.3)


def test_each_sentence_has_a_probability_in_their_order_and_nothing_has_none() -> None:
    likely = bearing(QUESTION, [*passage(4, "Text", FEVER, LOWERS), *passage(2, "Text", OTHER)])
    assert len(likely) == 3
    assert all(0 < one < 1 for one in likely)
    assert likely[1] == max(likely)
    assert bearing(QUESTION, []) == []


def test_a_sentence_is_set_beside_its_own_passage_and_no_other() -> None:
    alone = bearing(QUESTION, passage(4, "Text", FEVER, LOWERS))
    assert bearing(QUESTION, [*passage(2, "Text", OTHER), *passage(4, "Text", FEVER, LOWERS)])[1:] == alone
    assert bearing(QUESTION, passage(4, "Text", FEVER, LOWERS, LOWERS))[:2] != alone


def test_the_same_sentence_is_likelier_under_results_than_under_background_or_methods() -> None:
    results, background, methods = (
        bearing(QUESTION, passage(0, heading, LOWERS))[0] for heading in ("Results", "Background", "Methods")
    )
    assert results > background > methods


def test_where_the_heading_says_no_stage_a_label_in_the_text_does() -> None:
    plain = passage(0, "Abstract", FEVER, LOWERS)
    told = passage(0, "Abstract", FEVER, (f"RESULTS {LOWERS[0]}", LOWERS[1]))
    assert bearing(QUESTION, told)[0] == pytest.approx(bearing(QUESTION, plain)[0])
    assert bearing(QUESTION, told)[1] > bearing(QUESTION, plain)[1]


def test_a_label_does_not_outweigh_the_heading() -> None:
    under_methods = passage(0, "Methods", (f"RESULTS {LOWERS[0]}", LOWERS[1]))
    under_none = passage(0, "Abstract", (f"RESULTS {LOWERS[0]}", LOWERS[1]))
    assert bearing(QUESTION, under_methods)[0] < bearing(QUESTION, under_none)[0]
