import numpy as np

from corpus.document import Role, SourceKind
from qa.asked import Asked
from qa.evidence import FLOOR, MIN_CHARS, Evidence, point_of, section_sentences, sentences_of_hits, span_of
from qa.library import Library
from tests.qa.conftest import AskOf


def found(asked: Asked, library: Library, kind: SourceKind) -> list[Evidence]:
    hits = asked.hits(library.searcher, kind, 40)
    return sentences_of_hits(library.snapshot, hits, asked.vectors)


def test_every_sentence_is_the_stored_characters_and_near_enough(asked: AskOf, library: Library) -> None:
    for kind in SourceKind:
        evidence = found(asked("zelomab for severe asthma"), library, kind)
        assert evidence
        for one in evidence:
            assert one.text == one.section.text[one.sentence.start : one.sentence.end]
            assert one.similarity >= FLOOR and len(one.text) >= MIN_CHARS
            assert one.sentence.role is not Role.CAPTION


def test_the_likeness_is_the_best_over_the_forms_of_the_question(asked: AskOf, library: Library) -> None:
    follow = asked("And the dose?", "What is zelomab indicated for?")
    assert len(follow.vectors) == 2
    for one in found(follow, library, SourceKind.LABEL):
        assert np.isclose(one.similarity, max(float(one.vector @ vector) for vector in follow.vectors), atol=1e-6)


def test_no_hits_are_no_evidence(asked: AskOf, library: Library) -> None:
    assert sentences_of_hits(library.snapshot, [], asked("zelomab").vectors) == []


def test_retracted_documents_give_no_evidence(asked: AskOf, library: Library) -> None:
    evidence = found(asked("Zelomab ended asthma exacerbations in adults"), library, SourceKind.RESEARCH)
    assert "research:test-retracted" not in {one.document.key for one in evidence}


def test_a_row_speaks_of_its_header_too(asked: AskOf, library: Library) -> None:
    evidence = found(asked("zelomab asthma admissions to hospital"), library, SourceKind.RESEARCH)
    (spoken,) = [one.spoken for one in evidence if one.sentence.role is Role.ROW]
    assert spoken == " outcome zelomab placebo asthma admissions to hospital 3 1 5 9 "


def test_a_section_is_read_over_all_its_passages(library: Library) -> None:
    row = next(r for r in range(len(library.snapshot)) if "| 12%" in library.snapshot.passage(r).text)
    located, numbers = section_sentences(library.snapshot, row)
    text = library.snapshot.section_of(row).text
    said = [text[one.sentence.start : one.sentence.end] for one in located]
    assert said[0].startswith("Table 1.") and said[-1].startswith("The most common adverse reactions")
    assert sorted(numbers.values()) == list(range(len(located)))


def test_a_sentence_becomes_a_point_that_reads_alone_and_a_span_that_is_it(asked: AskOf, library: Library) -> None:
    (one,) = [
        e
        for e in found(asked("Hypocalcemia corrected before first dose zelomab"), library, SourceKind.LABEL)
        if e.text == "It should be corrected before the first dose."
    ]
    assert point_of(library.snapshot, one).text.startswith("Hypocalcemia has occurred in patients on zelomab. It")
    assert span_of(one).quote == one.text and span_of(one).passage == one.passage.id
