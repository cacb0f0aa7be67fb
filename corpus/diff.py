"""Two versions of a document, section by section: what stayed, changed, moved, came and went."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.document import Document, Section
from corpus.pairing import heading_of, pair_sections
from corpus.text_diff import Run, TextDiff


class Change(StrEnum):
    """What became of a section. Moved: the same words under another number or heading."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section stands in its version: its id, the publisher's number, the headings, the LOINC code."""

    id: str
    number: str
    heading: tuple[str, ...]
    code: str

    @classmethod
    def of(cls, section: Section) -> "Place":
        """Return a section's place."""
        return cls(section.id, section.number, section.heading, section.code)

    @property
    def name(self) -> str:
        """Return number and title, e.g. "5.1 Hypocalcemia"; words for a section without either."""
        return f"{self.number} {self.heading[-1] if self.heading else ''}".strip() or "the untitled section"


@dataclass(frozen=True, slots=True)
class Hunk:
    """One sentence, item or row that changed: both wordings ("" where there is none), and their words in order."""

    was: str
    now: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What became of one section; `was` or `now` is None where it was added or removed.

    `hunks` are the places that changed, in order; only a changed section has any.
    """

    what: Change
    was: Place | None
    now: Place | None
    hunks: tuple[Hunk, ...] = ()

    @property
    def name(self) -> str:
        """Return the section's number and title, as they are now if it is still there."""
        place = self.now or self.was
        return place.name if place else ""


def diff_documents(was: Document, now: Document) -> tuple[SectionChange, ...]:
    """Return what became of each section, in the order of the later version; a removed one comes where it stood."""
    pairs = pair_sections(was.sections, now.sections)
    olds = {new: old for old, new in pairs.items()}
    changes: list[SectionChange] = []
    gone = iter(_removed(was.sections, pairs))
    waiting = next(gone, None)
    for number, section in enumerate(now.sections):
        old = olds.get(number)
        while waiting is not None and old is not None and waiting < old:
            changes.append(SectionChange(Change.REMOVED, Place.of(was.sections[waiting]), None))
            waiting = next(gone, None)
        changes.append(diff_sections(None if old is None else was.sections[old], section))
    while waiting is not None:
        changes.append(SectionChange(Change.REMOVED, Place.of(was.sections[waiting]), None))
        waiting = next(gone, None)
    return tuple(changes)


def diff_sections(was: Section | None, now: Section) -> SectionChange:
    """Return what became of a section, None where it is new."""
    if was is None:
        return SectionChange(Change.ADDED, None, Place.of(now))
    hunks = tuple(_hunks(TextDiff(was.text, now.text))) if was.text != now.text else ()
    if hunks:
        what = Change.CHANGED
    elif was.number != now.number or heading_of(was) != heading_of(now):
        what = Change.MOVED
    else:
        what = Change.SAME
    return SectionChange(what, Place.of(was), Place.of(now), hunks)


def _hunks(diff: TextDiff) -> Iterator[Hunk]:
    for pair in diff.pairs:
        if not pair.is_same:
            was = diff.was.quote(pair.was.first, pair.was.last) if pair.was else ""
            now = diff.now.quote(pair.now.first, pair.now.last) if pair.now else ""
            yield Hunk(was, now, diff.runs(pair))


def _removed(sections: Sequence[Section], pairs: dict[int, int]) -> list[int]:
    return [number for number in range(len(sections)) if number not in pairs]
