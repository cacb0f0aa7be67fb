"""An edit of a section's characters, its blocks moved along."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.document import Block, Section

Span = tuple[str, int, int]
"""A section's id and characters [start, end) of it."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters [start, end) of a section are replaced."""

    start: int
    end: int
    text: str

    def applied(self, section: Section) -> Section:
        """Return the section after the edit, its blocks moved with their characters."""
        text = section.text[: self.start] + self.text + section.text[self.end :]
        return replace(section, text=text, blocks=moved(section.blocks, self._start, self._end))

    def _start(self, place: int) -> int:
        """Return where what began at a place begins now: behind what is put in there."""
        return self._shifted(place) if place > self.start or self.start == self.end == place else place

    def _end(self, place: int) -> int:
        """Return where what ended at a place ends now: behind what is added to its last sentence."""
        grows = place == self.start == self.end and self.text.startswith(" ")
        return self._shifted(place) if place > self.start or grows else place

    def _shifted(self, place: int) -> int:
        return max(place, self.end) + len(self.text) - (self.end - self.start)


def moved(blocks: Sequence[Block], start_of: Callable[[int], int], end_of: Callable[[int], int]) -> tuple[Block, ...]:
    """Return the blocks at their new places; one that has lost its characters is left out, and a lead likewise."""
    found = []
    for block in blocks:
        start, end = start_of(block.start), end_of(block.end)
        lead = block.lead and (start_of(block.lead[0]), end_of(block.lead[1]))
        if start < end:
            found.append(Block(block.role, start, end, lead if lead and lead[0] < lead[1] else None))
    return tuple(found)
