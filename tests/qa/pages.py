"""What a reader finds on the page of an answer, and whether all of it is as stored."""

import re

from corpus.document import SourceKind
from corpus.store import Store
from qa.answer import Answer, Claim, Support

LABEL, GUIDELINE, RESEARCH = SourceKind.LABEL, SourceKind.GUIDELINE, SourceKind.RESEARCH


def headings(answer: Answer, kind: SourceKind) -> list[str]:
    """Return the headings of one part, in order."""
    return [block.heading for part in answer.parts if part.kind is kind for block in part.blocks]


def claims(answer: Answer, kind: SourceKind, heading: str | None = None) -> list[Claim]:
    """Return the claims of one part in order, of one heading where it is given."""
    return [
        claim
        for part in answer.parts
        if part.kind is kind
        for block in part.blocks
        if heading in (None, block.heading)
        for claim in block.claims
    ]


def texts(answer: Answer, kind: SourceKind, heading: str | None = None) -> list[str]:
    """Return what those claims say."""
    return [claim.text for claim in claims(answer, kind, heading)]


def everything(answer: Answer) -> str:
    """Return all the words of the claims."""
    return " ".join(claim.text for claim in answer.claims())


def documents(answer: Answer) -> set[str]:
    """Return the keys of the documents that are cited."""
    return {citation.document for citation in answer.citations}


def unsound(answer: Answer, store: Store) -> list[str]:
    """Return what is wrong with an answer against the store, not against the snapshot it was made from."""
    wrong = []
    by_number = {citation.n: citation for citation in answer.citations}
    claims = answer.every_claim()
    used = {n for claim in claims for n in claim.citations}
    if set(by_number) != used or sorted(by_number) != list(range(1, len(by_number) + 1)):
        wrong.append(f"citations {sorted(by_number)}, cited {sorted(used)}")
    for citation in answer.citations:
        document = store.get(citation.version)
        stored = store.section(citation.section.id).text[citation.start : citation.end]
        place = store.passage(citation.passage)
        if stored != citation.quote or not citation.quote.strip():
            wrong.append(f"[{citation.n}] quotes {citation.quote!r}, stored is {stored!r}")
        if citation.section.id not in {section.id for section in document.sections}:
            wrong.append(f"[{citation.n}] names a section that its version does not have")
        if not document.integrity.is_evidence or (document.key, document.kind) != (citation.document, citation.kind):
            wrong.append(f"[{citation.n}] is of {document.key}, {document.integrity}")
        if place.document.sections[place.passage.section].id != citation.section.id:
            wrong.append(f"[{citation.n}] names a passage of another section")
    said = set()
    for claim in claims:
        quotes = " ".join(by_number[n].quote for n in claim.quoted)
        if claim.text.split() != quotes.split() or claim.support is not Support.VERBATIM:
            wrong.append(f"claim {claim.text!r} is not its quotes")
        if not set(claim.quoted) <= set(claim.citations):
            wrong.append(f"claim {claim.text!r} quotes what it does not cite")
    for claim in answer.claims():
        plain = re.sub(r"\W+", " ", claim.text.lower()).strip()
        if plain in said:
            wrong.append(f"claim {claim.text!r} stands twice")
        said.add(plain)
    return wrong
