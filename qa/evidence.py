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
FLOOR = 0.28
MIN_CHARS = 25


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence: where it stands, what it says, its vector, its cosine with the question, its passage's score."""

    row: int
    number: int
    document: Document
    section: Section
    passage: Passage
    sentence: Sentence
    text: str
    vector: Vector
    similarity: float
    found: float = 0.0

    @property
    def spoken(self) -> str:
        """Return the text as terms are matched in it, its lead first."""
        if self.sentence.lead is None:
            return normalised(self.text)
        start, end = self.sentence.lead
        return normalised(f"{self.section.text[start:end]} {self.text}")


def sentences_of_hits(snapshot: Snapshot, hits: Sequence[Hit], vectors: Sequence[Vector]) -> list[Evidence]:
    """Return the sentences of the hits at least FLOOR like one of the question's forms, in the hits' order."""
    if not hits:
        return []
    own, offsets = snapshot.sentences_of(np.array([hit.row for hit in hits], np.int64))
    alike = _likeness(own, vectors)
    near = np.flatnonzero(alike >= FLOOR)
    of = np.searchsorted(offsets, near, side="right") - 1
    found = []
    for at, which, number, likeness in zip(
        near.tolist(), of.tolist(), (near - offsets[of]).tolist(), alike[near].tolist(), strict=True
    ):
        hit = hits[which]
        sentence = hit.passage.sentences[number]
        if sentence.end - sentence.start < MIN_CHARS or sentence.role is Role.CAPTION:
            continue
        text = hit.section.text[sentence.start : sentence.end]
        where = (hit.row, number, hit.document, hit.section, hit.passage, sentence)
        found.append(Evidence(*where, text, own[at], likeness, hit.score))
    return found


def _likeness(own: NDArray[np.float32], vectors: Sequence[Vector]) -> NDArray[np.float32]:
    """Return the highest cosine of each row of `own` with any of the vectors."""
    alike: NDArray[np.float32] = (own @ np.stack(vectors, axis=1)).max(axis=1)
    return alike


def section_sentences(snapshot: Snapshot, row: int) -> tuple[list[Located], dict[tuple[int, int], int]]:
    """Return the sentences of the section that a row lies in, and the number of each by (row, sentence)."""
    position = snapshot.passage(row).section
    rows = snapshot.rows(int(snapshot.document_numbers[row]))
    first = last = row
    while first > rows[0] and snapshot.passage(first - 1).section == position:
        first -= 1
    while last < rows[-1] and snapshot.passage(last + 1).section == position:
        last += 1
    located: list[Located] = []
    numbers: dict[tuple[int, int], int] = {}
    for one in range(first, last + 1):
        passage = snapshot.passage(one)
        for number, sentence in enumerate(passage.sentences):
            numbers[one, number] = len(located)
            located.append(Located(sentence, passage.id))
    return located, numbers


def point_of(snapshot: Snapshot, *evidence: Evidence) -> Point:
    """Return a sentence, or sentences that belong under one lead, as a point that reads on its own."""
    first = evidence[0]
    located, numbers = section_sentences(snapshot, first.row)
    laid = lay_out(first.document, first.section, located, [numbers[one.row, one.number] for one in evidence])
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
