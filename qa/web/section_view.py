"""A section as it is shown: every character of it, line by line, the cited ones apart."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Role, Section


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that are cited, or that are not."""

    text: str
    cited: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, item, header, row or caption, with the white space after it."""

    role: Role
    segments: tuple[Segment, ...]


def lines(section: Section, start: int, end: int) -> list[Line]:
    """Return a section's text with [start, end) cited.

    All segments put together are the text, and the cited ones the span.
    """
    spans = list(_spans(section))
    return [Line(role, tuple(_segments(section.text, first, last, start, end))) for role, first, last in spans]


def _spans(section: Section) -> Iterator[tuple[Role, int, int]]:
    """Yield (role, start, end) without gaps: what a block leaves out belongs to the one before it."""
    starts = [0, *(block.start for block in section.blocks[1:])] if section.blocks else [0]
    roles = [block.role for block in section.blocks] or [Role.PARAGRAPH]
    yield from zip(roles, starts, [*starts[1:], len(section.text)], strict=True)


def _segments(text: str, first: int, last: int, start: int, end: int) -> Iterator[Segment]:
    low, high = min(max(start, first), last), min(max(end, first), last)
    for begin, until, cited in ((first, low, False), (low, high, True), (high, last, False)):
        if begin < until:
            yield Segment(text[begin:until], cited)
