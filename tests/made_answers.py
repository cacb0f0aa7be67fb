"""Answers and citations made by hand, for tests of what is done with outcomes."""

from corpus.document import Integrity, SourceKind
from qa.answer import (
    FORMAT,
    Answer,
    Block,
    Citation,
    CitedSection,
    Claim,
    Part,
    Refusal,
    Status,
    Support,
    Understood,
)


def citation(n: int, document: str, quote: str, *, start: int = 0, number: str = "") -> Citation:
    """Return a citation of characters [start, start + length of the quote) of a label."""
    section = CitedSection(f"section-of-{document}", number, "Warnings", ("Warnings",))
    return Citation(
        n=n,
        document=document,
        version=f"{document}@1",
        kind=SourceKind.LABEL,
        title="Label",
        body="",
        section=section,
        loinc="",
        start=start,
        end=start + len(quote),
        quote=quote,
        identifiers={},
        url="",
        date="",
        design="",
        integrity=Integrity.CURRENT,
        notice="",
        digest_of="",
        licence="",
        passage="",
    )


def answer(question: str, *claims: tuple[str, tuple[int, ...]], citations: tuple[Citation, ...] = ()) -> Answer:
    """Return an answer of these (text, numbers cited); without claims, a refusal."""
    block = Block("", tuple(Claim(text, cited, cited[:1], Support.VERBATIM) for text, cited in claims))
    return Answer(
        format=FORMAT,
        id="a",
        question=question,
        standalone=question,
        audience="",
        created="",
        snapshot="s",
        hash="",
        status=Status.ANSWERED if claims else Status.REFUSED,
        notice="",
        understood=Understood((), (), (), (), ()),
        parts=(Part(SourceKind.LABEL, "labels", 1, (block,)),) if claims else (),
        citations=citations,
        refusal=None if claims else Refusal("The sources do not say.", (), ()),
        timing_ms={},
    )


def one_claim(question: str, document: str, text: str) -> Answer:
    """Return an answer of one claim that cites its own words."""
    return answer(question, (text, (1,)), citations=(citation(1, document, text),))
