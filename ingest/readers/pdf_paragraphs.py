"""Lines of a PDF become paragraphs, list items and tables."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.readers.numbers import split_number
from ingest.readers.pdf_join import join, join_lines, words_in
from ingest.readers.pdf_layout import Line
from ingest.readers.pdf_tables import Table

_BULLET = re.compile(r"[•●○▪■◦‣⁃∙][ \w(“\"]|[–—-] \w")
_LONE_BULLET = re.compile(r"[•●○▪■◦‣⁃∙]")
CAPTION = re.compile(r"(?:Table|Figure|Fig\.?|Box|eTable|eFigure)(?:\s+\w{1,4}[.:]?|\.)\s")

_NOTE = re.compile(r"(Abbreviations?|Notes?|Sources?):")
_ENDS = re.compile(r"[.?!:;][)\]”\"’]*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together. `depth` is 0 for running text, 1 and more for items of a list."""

    text: str
    page: int
    size: float
    bold: bool
    font: str
    lines: int
    depth: int
    x0: float


def paragraphs(flow: Sequence[Line | Table]) -> list[Paragraph | Table]:
    """Return the paragraphs, items and tables of a flow in reading order."""
    lines = [item for item in flow if isinstance(item, Line)]
    words = words_in([line.text for line in lines])
    leading = _leading(lines)
    found: list[Paragraph | Table] = []
    open_lines: list[Line] = []
    indents: list[float] = []
    for item in [*flow, None]:
        if open_lines and not (isinstance(item, Line) and _goes_on(open_lines, item, leading)):
            found.append(_paragraph(open_lines, words, indents))
            open_lines = []
        if isinstance(item, Line):
            open_lines.append(item)
        elif item is not None:
            found.append(item)
            indents.clear()
    return _rejoined(found, words)


def _rejoined(found: Sequence[Paragraph | Table], words: frozenset[str]) -> list[Paragraph | Table]:
    """Return the paragraphs with those made whole that a table or figure at a page's edge had divided."""
    whole: list[Paragraph | Table] = []
    for item in found:
        at = _begun(whole, item) if isinstance(item, Paragraph) else None
        before = whole[at] if at is not None else None
        if at is not None and isinstance(before, Paragraph) and isinstance(item, Paragraph):
            whole[at] = replace(before, text=join(before.text, item.text, words))
        else:
            whole.append(item)
    return whole


def _begun(whole: Sequence[Paragraph | Table], item: Paragraph) -> int | None:
    """Return where the unfinished paragraph stands that this one goes on with, tables and notes in between."""
    if item.depth or not item.text[:1].islower():
        return None
    for at in range(len(whole) - 1, max(len(whole) - 8, -1), -1):
        before = whole[at]
        if isinstance(before, Paragraph) and (before.size, before.font) == (item.size, item.font):
            near = item.page - before.page <= 1 and at < len(whole) - 1
            return at if near and not _ENDS.search(before.text) else None
    return None


def is_item(line: Line) -> bool:
    """Return whether a bullet, typed or drawn, stands before the line."""
    return line.bullet or bool(_BULLET.match(line.text)) or bool(_LONE_BULLET.fullmatch(line.text))


def _leading(lines: Sequence[Line]) -> float:
    """Return the usual distance of two lines, in units of the letters' size."""
    steps = Counter(
        round((b.base - a.base) / b.size, 1)
        for a, b in pairwise(lines)
        if not b.breaks and a.size == b.size and 0 < b.base - a.base < 2.5 * b.size
    )
    return min((s for s, n in steps.items() if n >= 0.3 * steps.most_common(1)[0][1]), default=1.2) if steps else 1.2


def _goes_on(open_lines: Sequence[Line], line: Line, leading: float) -> bool:
    before, first = open_lines[-1], open_lines[0]
    if _LONE_BULLET.fullmatch(before.text):
        return True
    ended = bool(_ENDS.search(before.text))
    if is_item(line) or _NOTE.match(line.text) or abs(line.size - before.size) > 0.3:
        return False
    turned = line.page != before.page or line.base < before.base
    if line.bold != before.bold:
        return not ended and line.text[:1].islower() and not turned
    caption = bool(CAPTION.match(first.text))
    if line.bold and not caption and (ended or turned or not _same_heading(before, line)):
        return False
    if turned:
        return not ended
    if line.base - before.base > (leading + 0.35) * line.size:
        return False
    indented = line.x0 > before.x0 + 0.8 * line.size and line.x0 > first.x0 + 0.8 * line.size
    if indented and not line.bold and not is_item(first):
        return not ended and line.text[:1].islower()
    return line.bold or not _broken_on_purpose(open_lines, line)


def _broken_on_purpose(open_lines: Sequence[Line], line: Line) -> bool:
    """Return whether the first word of the line would have fitted on the line before."""
    before = open_lines[-1]
    right = max(each.x1 for each in (*open_lines, line))
    word = len(line.text.split(" ", 1)[0]) / max(len(line.text), 1) * (line.x1 - line.x0)
    return before.x1 + word + 0.3 * line.size < right - 1.5 * line.size


def _same_heading(before: Line, line: Line) -> bool:
    """Return whether two bold lines are one: aligned or centred, no new number, capitals as before."""
    if split_number(line.text)[0]:
        return False
    centred = abs((line.x0 + line.x1) - (before.x0 + before.x1)) < 2 * line.size
    aligned = abs(line.x0 - before.x0) < 0.8 * line.size
    return (centred or aligned) and before.text.isupper() == line.text.isupper()


def _paragraph(lines: Sequence[Line], words: frozenset[str], indents: list[float]) -> Paragraph:
    first = lines[0]
    depth = 0
    if is_item(first):
        while indents and indents[-1] > first.x0 + 3:
            indents.pop()
        if not indents or indents[-1] < first.x0 - 3:
            indents.append(first.x0)
        depth = len(indents)
    else:
        indents.clear()
    text = join_lines([line.text for line in lines], words)
    longest = max(lines, key=lambda line: len(line.text))
    return Paragraph(
        text, first.page, longest.size, all(line.bold for line in lines), longest.font, len(lines), depth, first.x0
    )
