"""BlockWriter: paragraphs, items and rows become one section's text with exact blocks."""

import re
from collections.abc import Sequence

from corpus.document import Block, Role, Section
from ingest.readers.plain import plain

Span = tuple[int, int]

_BULLET = "•●■▪◦‣⁃⦁➢➤◾◆♦❖"
_BEFORE_ITEM = re.compile(rf"(?:[{_BULLET}○□▫∙·]\s*|[-–—*](?:\s+|$))+")
# A paragraph that begins with "*" is a note, and "- 5" a figure: neither is an item.
_BEFORE_PARAGRAPH = re.compile(rf"(?:[{_BULLET}○□▫∙·]\s*|[-–—]\s+(?=[^\W\d_]))+")
_INLINE_BULLET = re.compile(rf"(?:^|(?<=\s))[{_BULLET}](?=\s|\w|$)\s*")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|e\.g|i\.e|vs|Dr|Mr|Ms|Mrs|No|Nos|Fig|Figs|Inc|Ltd|Co|St|approx|ca|al|cf|etc))\.$"
)


class BlockWriter:
    """Collects what a reader finds in reading order; `section` gives the text and its blocks.

    Every method takes text as found and cleans it (`plain`); text that is empty then is left out.
    An item's lead is what introduces its list: the last sentence of the paragraph directly before
    it. A row's lead is its table's header.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0
        self._list_lead: Span | None = None
        self._parents: list[tuple[Span, bool]] = []
        self._header: Span | None = None

    def __bool__(self) -> bool:
        """Return whether anything was written."""
        return bool(self._blocks)

    @property
    def last(self) -> str:
        """Return the text of the last block, "" where there is none."""
        return self._lines[-1] if self._lines else ""

    def paragraph(self, text: str) -> None:
        """Write a paragraph. Bullets typed into it make items of what follows them."""
        before, *items = _INLINE_BULLET.split(plain(text))
        if match := _BEFORE_PARAGRAPH.match(before):
            items.insert(0, before[match.end() :])
        elif before.strip():
            self._add(Role.PARAGRAPH, before.strip())
        for item in items:
            self.item(item)

    def item(self, text: str, depth: int = 0) -> None:
        """Write an item of a list, `depth` 0 for the outermost list.

        An item of an inner list is led by the nearest item above it that ends in ":", else by
        what introduces the outermost list.
        """
        text = _BEFORE_ITEM.sub("", plain(text), count=1)
        if not text:
            return
        if not self._in(Role.ITEM):
            self._list_lead = self._last_sentence() if self._in(Role.PARAGRAPH) else None
            self._parents = []
        del self._parents[depth:]
        introducing = [span for span, introduces in self._parents if introduces]
        span = self._add(Role.ITEM, text, introducing[-1] if introducing else self._list_lead)
        self._parents.append((span, text.endswith(":")))

    def caption(self, text: str) -> None:
        """Write a caption, of a table or of a picture; the rows that follow belong to a new table."""
        self._header = None
        if text := plain(text):
            self._add(Role.CAPTION, text)

    def header(self, cells: Sequence[str]) -> None:
        """Write a header line of a table; several in a row lead together."""
        if not (line := _line(cells)):
            return
        continued = self._header if self._in(Role.HEADER) else None
        start, end = self._add(Role.HEADER, line)
        self._header = (continued[0] if continued else start, end)

    def row(self, cells: Sequence[str]) -> None:
        """Write a row of a table. Empty cells keep their place ("a | | c")."""
        if line := _line(cells):
            self._add(Role.ROW, line, self._header)

    def close(self) -> None:
        """End the list or table: an item or row that follows directly belongs to another one."""
        self._list_lead = self._header = None
        self._parents = []

    def section(
        self,
        heading: Sequence[str],
        number: str = "",
        code: str = "",
        codes: Sequence[str] = (),
        page: int | None = None,
    ) -> Section:
        """Return the section of what was written. Raises ValueError where nothing was: ask `bool(writer)` first."""
        if not self._blocks:
            raise ValueError("a section without text is not a section: check the writer first")
        titles = tuple(title for title in map(plain, heading) if title)
        return Section(titles, "\n".join(self._lines), number, code, tuple(self._blocks), page, tuple(codes))

    def _add(self, role: Role, text: str, lead: Span | None = None) -> Span:
        if role not in (Role.HEADER, Role.ROW):
            self._header = None
        start = self._length + 1 if self._lines else 0
        self._length = start + len(text)
        self._lines.append(text)
        self._blocks.append(Block(role, start, self._length, lead))
        return start, self._length

    def _in(self, role: Role) -> bool:
        return bool(self._blocks) and self._blocks[-1].role is role

    def _last_sentence(self) -> Span:
        block, text = self._blocks[-1], self._lines[-1]
        ends = [match for match in _SENTENCE_END.finditer(text) if not _ABBREVIATED.search(text[: match.start() + 1])]
        return (block.start + ends[-1].end() if ends else block.start), block.end


def _line(cells: Sequence[str]) -> str:
    texts = [plain(cell) for cell in cells]
    return " ".join(" | ".join(texts).split()) if any(texts) else ""
