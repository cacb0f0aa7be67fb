"""Passage and Sentence: the runs of a section's characters that are searched and quoted."""

from dataclasses import dataclass

from corpus.document import Document, Role, digest


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters [start, end) of a section's text: the smallest thing that is quoted.

    `role` and `lead` are those of the block it lies in.
    """

    start: int
    end: int
    role: Role = Role.PARAGRAPH
    lead: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one section, characters [start, end), small enough for the encoder.

    `section` counts from 0 in `document.sections`. `text` equals the section's characters.
    """

    id: str
    section: int
    start: int
    end: int
    text: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class SplitDocument:
    """A document with the passages it was split into, in reading order."""

    document: Document
    passages: tuple[Passage, ...]


def passage_id(key: str, section_id: str, start: int, end: int) -> str:
    """Return 24 hex digits: the same for the same characters of the same section, always."""
    return digest([key, section_id, start, end])[:24]
