"""Outline: headings and text in reading order become sections with their heading paths."""

from dataclasses import dataclass, field

from corpus.document import Section
from ingest.readers.blocks import BlockWriter


@dataclass(frozen=True, slots=True)
class Heading:
    """A title as the document shows it. `level` 1 is the outermost."""

    level: int
    title: str
    number: str = ""
    code: str = ""


@dataclass(slots=True)
class Outline:
    """Opens a section at every heading; text goes to `writer`, which belongs to the section now open.

    A heading without text of its own makes no section but stays in the paths of what lies under it.
    """

    writer: BlockWriter = field(default_factory=BlockWriter)
    _path: list[Heading] = field(default_factory=list)
    _done: list[Section] = field(default_factory=list)
    _page: int | None = None

    @property
    def path(self) -> tuple[Heading, ...]:
        """Return the headings that are open now, outermost first."""
        return tuple(self._path)

    def open(self, heading: Heading, page: int | None = None) -> None:
        """Close the section now open and open the one under this heading."""
        self._flush()
        while self._path and self._path[-1].level >= heading.level:
            self._path.pop()
        self._path.append(heading)
        self._page = page

    def starts_on(self, page: int) -> None:
        """Say on which page the text that follows lies; a section keeps the first page named."""
        if self._page is None:
            self._page = page

    def finish(self) -> tuple[Section, ...]:
        """Return all sections that have text, in reading order."""
        self._flush()
        return tuple(self._done)

    def _flush(self) -> None:
        if self.writer:
            own = self._path[-1] if self._path else Heading(1, "")
            titles = [heading.title for heading in self._path]
            codes = [heading.code for heading in self._path]
            self._done.append(self.writer.section(titles, own.number, own.code, codes, self._page))
        self.writer = BlockWriter()
