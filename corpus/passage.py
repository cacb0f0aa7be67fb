"""Passage and Sentence: the runs of a section's characters that are searched and quoted."""

from dataclasses import dataclass

from corpus.document import Document, Role, Section, digest

# What the encoder may read before the text, in UTF-8 bytes: together about a third of 256 tokens in English.
MAX_TITLE_BYTES, MAX_HEADING_BYTES, MAX_LEAD_BYTES = 160, 80, 120


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

    @property
    def lead(self) -> tuple[int, int] | None:
        """Return the lead of a list or table that was begun before this passage, None where it needs none."""
        lead = self.sentences[0].lead if self.sentences else None
        return lead if lead and lead[0] < self.start else None


@dataclass(frozen=True, slots=True)
class SplitDocument:
    """A document with the passages it was split into, in reading order."""

    document: Document
    passages: tuple[Passage, ...]


def passage_id(key: str, section_id: str, start: int, end: int) -> str:
    """Return 24 hex digits: the same for the same characters of the same section, always."""
    return digest([key, section_id, start, end])[:24]


def encoder_text(document: Document, section: Section, text: str, lead: tuple[int, int] | None = None) -> str:
    """Return what an encoder reads for `text`: title, heading path, the lead's characters where given, and the text.

    For a passage, `lead` is `passage.lead`. What comes before the text is shortened at a word; of
    the heading path the innermost titles are kept. Offsets never count any of it.
    """
    heading = [title for title in section.heading if title and title != document.title]
    while len(heading) > 1 and len(" > ".join(heading).encode()) > MAX_HEADING_BYTES:
        heading.pop(0)
    before = (
        _shorten(document.title, MAX_TITLE_BYTES),
        _shorten(" > ".join(heading), MAX_HEADING_BYTES),
        _shorten(section.text[slice(*lead)], MAX_LEAD_BYTES) if lead else "",
    )
    return "\n".join([*filter(None, before), text])


def _shorten(text: str, max_bytes: int) -> str:
    raw = text.encode("utf-8", "replace")
    if len(raw) <= max_bytes:
        return text
    cut = raw[:max_bytes].decode("utf-8", "ignore")
    return cut.rsplit(None, 1)[0] if " " in cut.strip() else cut
