"""The check drops what is not as stored, whoever wrote it."""

from dataclasses import replace

import pytest

from corpus.document import Document, Integrity, Section, SourceKind
from corpus.errors import NotFound
from qa.answer import Answer, Block, Claim, Part, Support
from qa.check import checked, claim_faults, faults
from qa.cite import Citations
from qa.points import Point, Span
from tests.qa.conftest import Ask

SECTION = Section(("Results",), "Zelomab reduced exacerbations by 48%. It was well tolerated.")
DOCUMENT = Document("research:test-check", SourceKind.RESEARCH, "A trial", (SECTION,))
FIRST, SECOND = (0, 37), (38, 60)


class Shelf:
    """One passage of one document."""

    def __init__(self, document: Document = DOCUMENT, section: Section = SECTION) -> None:
        self._document, self._section = document, section

    def row_of(self, passage_id: str) -> int:
        if passage_id != "p1":
            raise NotFound(passage_id)
        return 0

    def section_of(self, row: int) -> Section:
        return self._section

    def document_of(self, row: int) -> Document:
        return self._document


def answer(ask: Ask, *spans: tuple[int, int]) -> Answer:
    """Return an answer with one claim for each span."""
    citations = Citations()
    points = [Point((Span(DOCUMENT, SECTION, start, end, "p1"),)) for start, end in spans]
    block = Block("Efficacy", citations.claims(points))
    part = Part(SourceKind.RESEARCH, "Searched.", 1, (block,))
    return replace(ask("What is zelomab indicated for?"), parts=(part,), citations=citations.all(), conflicts=())


def test_what_is_as_stored_passes_unchanged(ask: Ask) -> None:
    made = answer(ask, FIRST, SECOND)
    kept, wrong = checked(made, Shelf())
    assert kept is made and wrong == []


def test_a_claim_whose_quote_was_altered_is_dropped_with_its_citation_and_the_rest_stays(ask: Ask) -> None:
    made = answer(ask, FIRST, SECOND)
    first, second = made.citations
    claim = made.claims()[0]
    altered = claim.text.replace("48%", "84%")
    block = Block("Efficacy", (replace(claim, text=altered), made.claims()[1]))
    forged = replace(
        made,
        citations=(replace(first, quote=altered), second),
        parts=(replace(made.parts[0], blocks=(block,)),),
    )
    kept, wrong = checked(forged, Shelf())
    assert [claim.text for claim in kept.claims()] == ["It was well tolerated."]
    assert kept.citations == (second,)
    assert any("does not say at 0" in fault for fault in wrong)


def test_a_claim_that_says_other_words_than_its_quotes_is_dropped(ask: Ask) -> None:
    made = answer(ask, FIRST)
    block = Block("", (replace(made.claims()[0], text="Zelomab cured everybody."),))
    kept, wrong = checked(replace(made, parts=(replace(made.parts[0], blocks=(block,)),)), Shelf())
    assert kept.claims() == [] and kept.citations == () and kept.parts[0].found == 0
    assert any("Zelomab cured everybody." in fault for fault in wrong)


def test_a_citation_of_another_version_is_dropped(ask: Ask) -> None:
    other = replace(DOCUMENT, title="A trial, second version")
    kept, wrong = checked(answer(ask, FIRST), Shelf(document=other))
    assert kept.claims() == []
    assert any(DOCUMENT.id in fault and other.id in fault for fault in wrong)


def test_a_citation_of_another_section_is_dropped(ask: Ask) -> None:
    kept, wrong = checked(answer(ask, FIRST), Shelf(section=Section(("Methods",), SECTION.text)))
    assert kept.claims() == []
    assert any("its passage lies in" in fault for fault in wrong)


@pytest.mark.parametrize("state", [Integrity.RETRACTED, Integrity.WITHDRAWN])
def test_a_citation_of_a_document_that_is_no_evidence_is_dropped(ask: Ask, state: Integrity) -> None:
    kept, wrong = checked(answer(ask, FIRST), Shelf(document=replace(DOCUMENT, integrity=state)))
    assert kept.claims() == []
    assert any(f"is {state}" in fault for fault in wrong)


@pytest.mark.parametrize("state", [Integrity.CONCERN, Integrity.CORRECTED, Integrity.SUPERSEDED])
def test_other_states_are_shown_and_do_not_drop(ask: Ask, state: Integrity) -> None:
    _, wrong = checked(answer(ask, FIRST), Shelf(document=replace(DOCUMENT, integrity=state)))
    assert wrong == []


def test_a_citation_of_a_passage_that_is_not_there_is_dropped(ask: Ask) -> None:
    made = answer(ask, FIRST)
    lost = replace(made, citations=(replace(made.citations[0], passage="p2"),))
    kept, wrong = checked(lost, Shelf())
    assert kept.claims() == []
    assert any("p2" in fault and "not in the snapshot" in fault for fault in wrong)


def test_an_empty_quote_is_no_citation(ask: Ask) -> None:
    citation = replace(answer(ask, FIRST).citations[0], end=0, quote="")
    assert any("quotes what section" in fault for fault in faults(citation, Shelf()))


def test_a_claim_must_quote_and_cite_what_it_quotes(ask: Ask) -> None:
    made = answer(ask, FIRST)
    (claim,), numbers = made.claims(), {1: made.citations[0]}
    assert claim_faults(claim, numbers) == []
    assert claim_faults(replace(claim, quoted=()), numbers)
    assert claim_faults(replace(claim, citations=(), quoted=(1,)), numbers)
    assert claim_faults(replace(claim, citations=(1, 7)), numbers) == ["a claim cites [7], which no citation has"]


def test_one_faulty_citation_among_several_drops_the_claim(ask: Ask) -> None:
    made = answer(ask, FIRST, SECOND)
    both = Claim(made.claims()[0].text, (1, 2), (1,), Support.VERBATIM)
    broken = replace(made.citations[1], quote="It was tolerated.")
    forged = replace(
        made,
        citations=(made.citations[0], broken),
        parts=(replace(made.parts[0], blocks=(Block("", (both,)),)),),
    )
    kept, _ = checked(forged, Shelf())
    assert kept.claims() == [] and kept.citations == ()
