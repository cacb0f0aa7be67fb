"""An answer as plain text: every point with the numbers of its citations, and the references under it."""

from collections.abc import Iterable, Iterator, Mapping

from corpus.document import Document, SourceKind
from qa.answer import Answer, Claim
from qa.disclaimer import DISCLAIMER, DISCLAIMER_LEAD, PENDING

TITLES = {
    SourceKind.GUIDELINE: "From the Guidelines",
    SourceKind.LABEL: "From the FDA Drug Label",
    SourceKind.RESEARCH: "From the Research",
}


def as_text(answer: Answer, documents: Mapping[str, Document], *, pending: bool) -> str:
    """Return the whole answer, fit to be pasted; `documents` are those cited, by version."""
    return "\n".join(_lines(answer, documents, pending)) + "\n"


def _lines(answer: Answer, documents: Mapping[str, Document], pending: bool) -> Iterator[str]:
    yield answer.question
    if pending:
        yield PENDING
    yield from filter(None, (answer.notice, answer.refusal.reason if answer.refusal else ""))
    for part in answer.parts:
        yield from ("", TITLES[part.kind])
        if not part.found:
            yield part.searched
        for block in part.blocks:
            yield from filter(None, (block.heading,))
            yield from map(_point, block.claims)
    if answer.conflicts:
        yield from ("", "Where sources disagree")
    for conflict in answer.conflicts:
        yield conflict.subject
        yield from (f"{_point(side.claim)}" for side in conflict.sides)
    if answer.citations:
        yield from ("", "References")
        yield from _references(answer, documents)
    yield from ("", f"{DISCLAIMER_LEAD} {DISCLAIMER}")


def _point(claim: Claim) -> str:
    context = f"{claim.context}: " if claim.context else ""
    return f"- {context}{claim.text} [{', '.join(map(str, claim.citations))}]"


def _references(answer: Answer, documents: Mapping[str, Document]) -> Iterable[str]:
    for citation in answer.citations:
        document = documents[citation.version]
        where = " ".join(filter(None, (citation.section.number, citation.section.title)))
        state = "" if document.integrity == "current" else str(document.integrity).upper()
        facts = (document.title, document.body, citation.date, where, document.url, state)
        yield f"[{citation.n}] {'. '.join(filter(None, facts))}"
