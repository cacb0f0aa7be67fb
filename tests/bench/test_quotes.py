"""The comparison of quotes with the store finds every way in which a citation can be wrong."""

from dataclasses import replace

import pytest

from bench.quotes import Held, Tally, _compare
from corpus.document import Document, Integrity, Section, SourceKind
from corpus.errors import NotFound
from qa.answer import Answer, Block, Citation, CitedSection, Claim, Part, Status, Support
from tests import made_answers
from tests.made_answers import citation

TEXT = "Give 210 mg once a month. Stop after 12 doses."
DOCUMENT = Document("spl:x", SourceKind.LABEL, "X", (Section(("Dosage",), TEXT),))
QUOTE = "Give 210 mg once a month."
CITATION = replace(
    citation(1, "spl:x", QUOTE),
    version=DOCUMENT.id,
    section=CitedSection(DOCUMENT.sections[0].id, "", "Dosage", ("Dosage",)),
)
CLAIM = Claim(QUOTE, (1,), (1,), Support.VERBATIM)


def answer(citation: Citation = CITATION, claim: Claim = CLAIM) -> Answer:
    """Return an answer of one claim that rests on one citation."""
    part = Part(SourceKind.LABEL, "one label", 1, (Block("", (claim,)),))
    return replace(made_answers.answer("q", citations=(citation,)), status=Status.ANSWERED, parts=(part,), refusal=None)


def compared(given: Answer, document: Document = DOCUMENT) -> Tally:
    """Return what the comparison makes of an answer where the store holds one document."""

    def held(version: str) -> Document:
        if version != document.id:
            raise NotFound(version)
        return document

    tally = Tally()
    store: Held = held
    _compare(given, store, tally)
    return tally


def test_an_exact_quote_is_counted_and_its_moved_control_is_not_equal() -> None:
    tally = compared(answer())
    assert (tally.citations, tally.exact, tally.moved) == (1, 1, 0)
    assert (tally.claims, tally.made_of_quotes, tally.wrong) == (1, 1, [])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (replace(CITATION, quote="Give 210 mg once a week.."), "quotes"),
        (replace(CITATION, start=1, end=26), "quotes"),
        (replace(CITATION, end=len(TEXT) + 1), "cites characters"),
        (replace(CITATION, start=25, quote=""), "cites characters"),
        (replace(CITATION, version="spl:x@other"), "not held"),
        (replace(CITATION, section=replace(CITATION.section, id="0" * 32)), "does not have"),
        (replace(CITATION, document="spl:y"), "calls"),
        (replace(CITATION, kind=SourceKind.RESEARCH), "calls"),
    ],
)
def test_a_wrong_citation_is_said_to_be_wrong(changed: Citation, said: str) -> None:
    tally = compared(answer(changed))
    assert tally.exact == 0
    assert said in tally.wrong[0]


def test_a_retracted_publication_is_no_evidence() -> None:
    tally = compared(answer(), replace(DOCUMENT, integrity=Integrity.RETRACTED))
    assert tally.exact == 0
    assert "retracted" in tally.wrong[0]


@pytest.mark.parametrize(
    "claim",
    [
        replace(CLAIM, text="Give 210 mg once a month"),
        replace(CLAIM, quoted=()),
        replace(CLAIM, citations=(1, 2)),
        replace(CLAIM, citations=(), quoted=(1,)),
    ],
)
def test_a_claim_that_is_not_its_quotes_is_said_to_be_wrong(claim: Claim) -> None:
    tally = compared(answer(claim=claim))
    assert tally.made_of_quotes == 0
    assert len(tally.wrong) == 1
