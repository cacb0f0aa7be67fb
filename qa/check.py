"""The check in code that every answer passes before it leaves: citations resolve, quotes are exact."""

import re
from dataclasses import replace
from typing import Protocol, TypeVar

from corpus.document import Document, Section
from corpus.errors import NotFound
from qa.answer import Answer, Block, Citation, Claim, Conflict, Part, Plain

OnePart = TypeVar("OnePart", Part, Plain)
_SPACE = re.compile(r"\s+")


class Stored(Protocol):
    """Where the stored characters are read from: a snapshot."""

    def row_of(self, passage_id: str) -> int:
        """Return a passage's row. Raises NotFound."""

    def section_of(self, row: int) -> Section:
        """Return the section that a row lies in."""

    def document_of(self, row: int) -> Document:
        """Return the document that a row lies in."""


def faults(citation: Citation, stored: Stored) -> list[str]:
    """Return what is wrong with a citation, nothing where all is right."""
    try:
        row = stored.row_of(citation.passage)
    except NotFound:
        return [f"citation {citation.n} names passage {citation.passage}, which is not in the snapshot"]
    section, document = stored.section_of(row), stored.document_of(row)
    wrong = []
    if document.id != citation.version:
        wrong.append(f"citation {citation.n} names version {citation.version}; the snapshot holds {document.id}")
    if section.id != citation.section.id:
        wrong.append(f"citation {citation.n} names section {citation.section.id}; its passage lies in {section.id}")
    elif section.text[citation.start : citation.end] != citation.quote or not citation.quote:
        wrong.append(f"citation {citation.n} quotes what section {section.id} does not say at {citation.start}")
    if not document.integrity.is_evidence:
        wrong.append(f"citation {citation.n} rests on a publication that is {document.integrity}")
    return wrong


def claim_faults(claim: Claim, citations: dict[int, Citation]) -> list[str]:
    """Return what is wrong between a claim's words and its quotes, nothing where all is right."""
    if not claim.quoted or not set(claim.quoted) <= set(claim.citations):
        return ["a claim quotes nothing, or quotes what it does not cite"]
    missing = [n for n in claim.citations if n not in citations]
    if missing:
        return [f"a claim cites {missing}, which no citation has"]
    quotes = " ".join(citations[n].quote for n in claim.quoted)
    if _SPACE.sub(" ", quotes) != _SPACE.sub(" ", claim.text):
        return [f"a claim says {claim.text[:80]!r}, its quotes {quotes[:80]!r}"]
    return []


def checked(answer: Answer, stored: Stored) -> tuple[Answer, list[str]]:
    """Return the answer without the claims that fail, and what was wrong with them.

    A citation that nothing cites any longer is left out too; numbers stay as they were.
    """
    wrong: list[str] = []
    sound: dict[int, Citation] = {}
    for citation in answer.citations:
        found = faults(citation, stored)
        wrong += found
        if not found:
            sound[citation.n] = citation
    parts = tuple(_sound_part(part, sound, wrong) for part in answer.parts)
    conflicts = tuple(one for one in answer.conflicts if not _conflict_faults(one, sound, wrong))
    plain = answer.plain and _sound_part(answer.plain, sound, wrong)
    if not wrong:
        return answer, wrong
    return without_uncited(replace(answer, parts=parts, conflicts=conflicts, plain=plain)), wrong


def without_uncited(answer: Answer) -> Answer:
    """Return the answer with the citations that something in it cites; numbers stay as they were."""
    used = {n for claim in answer.every_claim() for n in claim.citations}
    return replace(answer, citations=tuple(one for one in answer.citations if one.n in used))


def _conflict_faults(conflict: Conflict, sound: dict[int, Citation], wrong: list[str]) -> list[str]:
    """Return what is wrong with the sides of a disagreement, and add it to `wrong`: one that lost a side is none."""
    found = [fault for side in conflict.sides for fault in claim_faults(side.claim, sound)]
    wrong += found
    return found


def _sound_part(part: OnePart, sound: dict[int, Citation], wrong: list[str]) -> OnePart:
    blocks = []
    for block in part.blocks:
        claims = []
        for claim in block.claims:
            found = claim_faults(claim, sound)
            wrong += found
            if not found:
                claims.append(claim)
        if claims:
            blocks.append(Block(block.heading, tuple(claims)))
    documents = {sound[n].document for block in blocks for claim in block.claims for n in claim.citations if n in sound}
    return replace(part, blocks=tuple(blocks), found=len(documents))
