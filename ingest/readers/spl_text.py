"""The narrative of a label's section (HL7 StrucDoc): paragraphs, lists, tables and captions in reading order."""

import re

from lxml import etree

from ingest.readers import spl_table
from ingest.readers.blocks import BlockWriter
from ingest.readers.numbers import split_number
from ingest.readers.spl_inline import Inline, inline_text, is_bullet
from ingest.readers.spl_notes import Notes
from ingest.readers.xml import local_name

_BLOCKS = frozenset(("paragraph", "list", "table", "renderMultiMedia"))
_OPEN_END = re.compile(r"(?:,|\b(?:and|or|of|the|to|with|in|for|a|an|by|from|is|are|that))$")
_TYPED_CIRCLE = re.compile(r"^o\s+(?=\S)")


def write_text(text: etree._Element, writer: BlockWriter, title: str) -> None:
    """Write what a `text` element holds, its footnotes last; a first line that only repeats the title is left out."""
    notes = Notes()
    narrative = _Narrative(writer, notes, title)
    narrative.mixed(text)
    narrative.flush()
    for note in notes.take():
        writer.paragraph(note)


class _Narrative:
    def __init__(self, writer: BlockWriter, notes: Notes, title: str) -> None:
        self._title = _bare(title)
        self._writer = writer
        self._notes = notes
        self._inline = Inline(notes)
        self._item_depth: int | None = None
        self._label = ""

    def mixed(self, element: etree._Element) -> None:
        """Take in text, inline elements and blocks as they come."""
        self._inline.text(element.text)
        for child in element:
            self._child(child)
            self._inline.text(child.tail)

    def flush(self) -> None:
        """Write the inline content collected so far as an item or as paragraphs."""
        text = self._inline.take()
        if self._item_depth is not None:
            for line in paragraphs(text, in_item=True):
                self._writer.item(f"{self._label} {line}", self._item_depth)
                self._label = ""
            return
        for paragraph in paragraphs(text):
            if self._writer or _bare(split_number(paragraph)[1]) != self._title:
                self._writer.paragraph(paragraph)

    def _child(self, child: etree._Element) -> None:
        name = local_name(child)
        if name in _BLOCKS:
            self.flush()
            getattr(self, f"_{name}")(child)
        elif any(local_name(inner) in _BLOCKS for inner in child.iterdescendants()):
            self.mixed(child)
        else:
            self._inline.element(child)

    def _paragraph(self, element: etree._Element) -> None:
        self.mixed(element)
        following = next((after for after in element.itersiblings() if local_name(after) != "br"), None)
        if local_name(following) == "table" and spl_table.TITLED.match(self._inline.peek()):
            self._writer.caption(self._inline.take())
        self.flush()

    def _list(self, element: etree._Element) -> None:
        outer, depth = self._item_depth, 0 if self._item_depth is None else self._item_depth + 1
        for child in element:
            name = local_name(child)
            self._item_depth = outer if name == "caption" else depth
            if name == "caption":
                self._inline.content(child)
            elif name == "item":
                self._item(child)
            self.flush()
        self._item_depth = outer

    def _item(self, element: etree._Element) -> None:
        caption = element.find("{*}caption")
        if caption is not None:
            label = " ".join(inline_text(caption, self._notes).split())
            self._label = "" if is_bullet(label) else label
        self._inline.text(element.text)
        for child in element:
            if child is not caption:
                self._child(child)
            self._inline.text(child.tail)

    def _table(self, element: etree._Element) -> None:
        if not spl_table.is_frame(element):
            spl_table.write(element, self._writer, self._notes)
            return
        depth, self._item_depth = self._item_depth, None
        cells = [cell for row in spl_table.own_rows(element) for cell in row]
        for part in [*element.findall("{*}caption"), *cells]:
            self.mixed(part)
            self.flush()
        self._item_depth = depth

    def _renderMultiMedia(self, element: etree._Element) -> None:  # noqa: N802 -- named as the element
        for caption in element.findall("{*}caption"):
            self._writer.caption(inline_text(caption, self._notes))


def paragraphs(text: str, in_item: bool = False) -> list[str]:
    """Return the lines of a paragraph, joined where a line break only wraps a sentence or a heading in capitals.

    A list is often typed as lines of one paragraph, but hardly ever inside an item of a list: there a
    line that begins with a small letter goes on.
    """
    found: list[str] = []
    is_open = False
    for line in text.split("\n"):
        line = _TYPED_CIRCLE.sub("◦ ", line.strip())
        if line and is_open and (_goes_on(found[-1], line) or (in_item and line[0].islower())):
            found[-1] += f" {line}"
        elif line:
            found.append(line)
        is_open = bool(line)
    return found


def _bare(title: str) -> str:
    return " ".join(title.split()).strip(" .:").casefold()


def _goes_on(before: str, line: str) -> bool:
    if not (line[0].isalnum() or line[0] in '([“"'):
        return False
    wrapped = len(before) >= 60 and line[0].islower() and before[-1].isalnum()
    return bool(_OPEN_END.search(before)) or wrapped or (before.isupper() and line.isupper() and before[-1].isalpha())
