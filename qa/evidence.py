"""Candidate sentences for an answer: those of the passages found, each with its likeness to the question."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document, Role, Section
from corpus.passage import Passage, Sentence
from index.hit import Hit
from index.snapshot import Snapshot
from qa.points import Located, Point, Span, lay_out
from qa.terms import normalised

Vector = NDArray[np.float32]
# Below this cosine with the question no sentence is looked at further.
FLOOR = 0.18
MIN_CHARS = 25


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence: where it stands, what it says, its vector, and its cosine with the question."""

    row: int
    number: int
    document: Document
    section: Section
    passage: Passage
    sentence: Sentence
    text: str
    vector: Vector
    similarity: float
    found: float

    @property
    def spoken(self) -> str:
        """Return the text as terms are matched in it, its lead first."""
        if self.sentence.lead is None:
            return normalised(self.text)
        start, end = self.sentence.lead
        return normalised(f"{self.section.text[start:end]} {self.text}")


def sentences_of_hits(snapshot: Snapshot, hits: Sequence[Hit], vectors: Sequence[Vector]) -> list[Evidence]:
    """Return the sentences of the hits at least FLOOR like one of the question's forms, in the hits' order."""
    found = []
    for hit in hits:
        own = snapshot.sentence_vectors(hit.row)
        alike = np.max(np.stack([own @ vector for vector in vectors]), axis=0) if len(own) else []
        for number, sentence in enumerate(hit.passage.sentences):
            if alike[number] < FLOOR or sentence.end - sentence.start < MIN_CHARS or sentence.role is Role.CAPTION:
                continue
            text = hit.section.text[sentence.start : sentence.end]
            found.append(
                Evidence(
                    hit.row,
                    number,
                    hit.document,
                    hit.section,
                    hit.passage,
                    sentence,
                    text,
                    own[number],
                    float(alike[number]),
                    hit.score,
                )
            )
    return found


def section_sentences(snapshot: Snapshot, row: int) -> tuple[list[Located], dict[tuple[int, int], int]]:
    """Return the sentences of the section that a row lies in, and the number of each by (row, sentence)."""
    section = snapshot.section_of(row).id
    first = row
    while first > 0 and _same_section(snapshot, first - 1, row, section):
        first -= 1
    last = row
    while last + 1 < len(snapshot) and _same_section(snapshot, last + 1, row, section):
        last += 1
    located: list[Located] = []
    numbers: dict[tuple[int, int], int] = {}
    for one in range(first, last + 1):
        passage = snapshot.passage(one)
        for number, sentence in enumerate(passage.sentences):
            numbers[one, number] = len(located)
            located.append(Located(sentence, passage.id))
    return located, numbers


def _same_section(snapshot: Snapshot, other: int, row: int, section: str) -> bool:
    return (
        snapshot.section_of(other).id == section
        and snapshot.document_of(other).id == snapshot.document_of(row).id
        and snapshot.passage(other).section == snapshot.passage(row).section
    )


def point_of(snapshot: Snapshot, evidence: Evidence) -> Point:
    """Return the sentence as a point that reads on its own."""
    located, numbers = section_sentences(snapshot, evidence.row)
    laid = lay_out(evidence.document, evidence.section, located, [numbers[evidence.row, evidence.number]])
    return laid[0][0]


def span_of(evidence: Evidence) -> Span:
    """Return the sentence alone as a span."""
    return Span(
        evidence.document,
        evidence.section,
        evidence.sentence.start,
        evidence.sentence.end,
        evidence.passage.id,
        evidence.sentence.role,
    )
