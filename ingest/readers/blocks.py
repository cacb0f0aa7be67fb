"""BlockWriter: paragraphs, items and rows become one section's text with exact blocks."""

import re
from collections.abc import Sequence

from corpus.document import Block, Role, Section
from ingest.readers.plain import plain

Span = tuple[int, int]

_BULLET = "•●■▪◦‣⁃⦁➢➤◾◆♦❖"
_BEFORE_ITEM = re.compile(rf"^(?:[{_BULLET}○□▫∙·]\s*|[-–—*](?:\s+|$))+")
# A paragraph that begins with "*" is a note, and "- 5" a figure: neither is an item.
_BEFORE_PARAGRAPH = re.compile(rf"(?:[{_BULLET}○□▫∙·]\s*|[-–—]\s*(?=[^\W\d_]{{2}}))+")
# "C18H21NO4 • HCl" and "ng • hr/mL" have a point, not a bullet.
_POINT = r"\s*(?:\d* ?H[2₂]O|\d?(?:HCl|HBr)|H[3₃]PO|H[2₂]SO|C\d+H\d|(?:h|hr|hour|min|mL|kg|L|d|day|m[2²])s?(?:[/)]|$))"
_INLINE_BULLET = re.compile(rf"(?:^|(?<=\s))[{_BULLET}](?!{_POINT})(?=\s|\w|$)\s*")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z])")
_POINTS_AHEAD = re.compile(r"\b(?:following|follows|below|include[sd]?|including|these|those|listed)\b", re.IGNORECASE)
_OPEN_END = re.compile(r"[^.!?][\"”’)\]]*$")
_LONGEST_OPEN_END = 200
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|e\.g|i\.e|vs|Dr|Mr|Ms|Mrs|No|Nos|Fig|Figs|Inc|Ltd|Co|St|approx|ca|al|cf|etc))\.$"
)


class BlockWriter:
    """Collects what a reader finds in reading order; `section` gives the text and its blocks.

    Every method takes text as found and cleans it (`plain`); text that is empty then is left out.
    An item's lead is what introduces its list: the last sentence of the paragraph directly before
    it, where that has an open end ("Do not use if you have", "With:") or points ahead ("the
    following", "these", "include"). A row's lead is its table's header.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0
        self._list_lead: Span | None = None
        self._parents: list[Span | None] = []
        self._flat: Span | None = None
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

        What introduces an item is the item that its list lies in, whatever that ends in: "reduce to 30 mg"
        is said of the drug above it. Else it is the item before it in its own list that ends in ":" and has
        no list inside, or what introduces the outermost list.
        """
        for line in _INLINE_BULLET.split(_BEFORE_ITEM.sub("", plain(text), count=1)):
            if line.strip():
                self._item(line.strip(), depth)

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
        """Return the section of what was written. Raises ValueError where nothing was: ask `bool(writer)` first.

        `codes` is one for each title of `heading` ("" where it has none), or empty; a title without text is left
        out with its code.
        """
        if not self._blocks:
            raise ValueError("a section without text is not a section: check the writer first")
        pairs = [(plain(title), name) for title, name in zip(heading, codes or [""] * len(heading), strict=True)]
        titles = tuple(title for title, _ in pairs if title)
        kept = tuple(name for title, name in pairs if title) if any(codes) else ()
        return Section(titles, "\n".join(self._lines), number, code, tuple(self._blocks), page, kept)

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

    def _item(self, text: str, depth: int) -> None:
        if not self._in(Role.ITEM):
            self._list_lead = self._introduction()
            self._parents = []
        introduces = text.endswith(":")
        # An item that ends in ":" introduces the items after it where it has none inside.
        flat = self._flat if len(self._parents) == depth + 1 and not introduces else None
        del self._parents[depth:]
        introducing = [span for span in (*self._parents, flat) if span]
        span = self._add(Role.ITEM, text, introducing[-1] if introducing else self._list_lead)
        self._parents += [None] * (depth - len(self._parents))
        self._parents.append(span)
        self._flat = span if introduces else flat

    def _introduction(self) -> Span | None:
        """Return the last sentence of the paragraph written last, where it introduces what comes next."""
        if not self._in(Role.PARAGRAPH):
            return None
        block, text = self._blocks[-1], self._lines[-1]
        ends = [match for match in _SENTENCE_END.finditer(text) if not _ABBREVIATED.search(text[: match.start() + 1])]
        start = ends[-1].end() if ends else 0
        return (block.start + start, block.end) if _introduces(text[start:]) else None


def _introduces(sentence: str) -> bool:
    """Return whether a sentence introduces what follows; "Stop the drug." and "Skin: rash, itch" say all themselves."""
    if sentence.endswith(":") or _POINTS_AHEAD.search(sentence):
        return True
    return bool(_OPEN_END.search(sentence)) and len(sentence) <= _LONGEST_OPEN_END and ": " not in sentence


def _line(cells: Sequence[str]) -> str:
    texts = [plain(cell) for cell in cells]
    return " ".join(" | ".join(texts).split()) if any(texts) else ""
