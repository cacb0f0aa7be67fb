"""A PDF's pages as one flow of lines and tables, without what is printed on every page."""

import re
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from statistics import median
from typing import Any

from corpus.errors import UnreadableFile
from ingest.readers.pdf_order import columns
from ingest.readers.pdf_runs import UNKNOWN, Glyph, Run, glyphs, runs
from ingest.readers.pdf_tables import Table, continues, find_tables, inside, joined

MAX_SECONDS = 120.0

_EDGE = 0.13
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[a-z]?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a column. `breaks` is True where a column or page begins with it."""

    text: str
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool
    font: str
    bullet: bool
    breaks: bool
    left: float
    right: float


@dataclass(slots=True)
class _Page:
    number: int
    width: float
    height: float
    runs: list[Run]
    tables: list[Table]


def flow(pages_of_pdf: Any) -> list[Line | Table]:
    """Return all lines and tables of pdfplumber's pages in reading order.

    Raises UnreadableFile where reading takes more than two minutes, or where more than one character
    in twenty has no known meaning.
    """
    started = time.monotonic()
    pages: list[_Page] = []
    unknown = known = 0
    for page in pages_of_pdf:
        if time.monotonic() - started > MAX_SECONDS:
            raise UnreadableFile(
                f"reading took more than {MAX_SECONDS:.0f} s and stopped at page {page.page_number}: divide the file"
            )
        found = glyphs(page.chars, float(page.width), float(page.height))
        bad = sum(glyph.text == UNKNOWN for glyph in found)
        unknown, known = unknown + bad, known + len(found) - bad
        pages.append(_read(page, found))
        page.close()
    if unknown > 0.05 * (known + unknown):
        raise UnreadableFile(
            "its fonts do not say which characters they show, so the text cannot be known: use another copy"
        )
    for page_, gone in zip(pages, _furniture(pages), strict=True):
        page_.runs = [run for run in page_.runs if run not in gone]
    return _joined(pages)


def _read(page: Any, found: Sequence[Glyph]) -> _Page:
    tables = find_tables(page, page.page_number, found)
    text = [glyph for glyph in found if not any(inside(glyph, table) for table in tables)]
    dots = [c for c in (*page.curves, *page.rects) if c["x1"] - c["x0"] < 6 and c["bottom"] - c["top"] < 6]
    marked = [replace(run, bullet=True) if _has_dot(run, dots) else run for run in runs(text)]
    return _Page(page.page_number, float(page.width), float(page.height), marked, tables)


def _has_dot(run: Run, dots: Sequence[dict[str, float]]) -> bool:
    """Return whether a bullet is drawn, not typed, directly before the run."""
    return any(-2 < run.x0 - d["x1"] < 20 and run.top < (d["top"] + d["bottom"]) / 2 < run.bottom for d in dots)


def _furniture(pages: Sequence[_Page]) -> list[set[Run]]:
    """Return, page by page, the running headers and footers: what the edges of many pages share.

    Runs are compared, and whole printed lines, for the gaps in a line need not be the same on every page.
    """
    seen: defaultdict[tuple[str, bool], set[int]] = defaultdict(set)
    edges = [_edge_lines(page) for page in pages]
    for page, lines in zip(pages, edges, strict=True):
        for line, edge in lines:
            for text in (_pattern(" ".join(run.text for run in line)), *(_pattern(run.text) for run in line)):
                seen[text, edge].add(page.number)
    often = {key for key, numbers in seen.items() if len(numbers) >= max(2, 0.3 * len(pages))}
    gone: list[set[Run]] = []
    for lines in edges:
        gone.append(set())
        for line, edge in lines:
            if (_pattern(" ".join(run.text for run in line)), edge) in often:
                gone[-1].update(line)
            gone[-1].update(
                run for run in line if (_pattern(run.text), edge) in often or _PAGE_NUMBER.fullmatch(run.text)
            )
    return gone


def _edge_lines(page: _Page) -> list[tuple[list[Run], bool]]:
    """Return the printed lines at the top (True) and bottom (False) edge of a page."""
    lines: dict[tuple[int, bool], list[Run]] = {}
    for run in page.runs:
        if (edge := _edge(run, page)) is not None:
            lines.setdefault((round(run.base), edge), []).append(run)
    return [(sorted(line, key=lambda run: run.x0), edge) for (_, edge), line in lines.items()]


def _edge(run: Run, page: _Page) -> bool | None:
    if run.bottom < _EDGE * page.height:
        return True
    return False if run.top > (1 - _EDGE) * page.height else None


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _joined(pages: Sequence[_Page]) -> list[Line | Table]:
    items: list[Line | Table] = []
    for page in pages:
        placed: list[Run | Table] = [*page.runs, *page.tables]
        here = [item for column in columns(placed, page.width) for item in _lines(column, page.number)]
        first, last = here[0] if here else None, items[-1] if items else None
        if isinstance(first, Line) and isinstance(last, Line) and _cut_by_the_edge(last, first):
            items[-1] = replace(last, text=max(first.text, last.text, key=len))
            here.pop(0)
        elif isinstance(first, Line) and isinstance(last, Line) and len(last.text) < 3 and last.text in first.text:
            items.pop()  # a raised mark of the next page's first line
        elif isinstance(first, Table) and isinstance(last, Table) and continues(first, last):
            items[-1] = joined(last, first)
            here.pop(0)
        items += here
    return items


def _cut_by_the_edge(last: Line, first: Line) -> bool:
    """Return whether two pages show the same line, cut in two by the edge, raised figures perhaps on one only."""
    same_place = abs(last.x0 - first.x0) < 1 and last.size == first.size and last.page + 1 == first.page
    return same_place and SequenceMatcher(None, last.text, first.text).ratio() > 0.93


def _lines(column: Sequence[Run | Table], page: int) -> list[Line | Table]:
    texts = [item for item in column if isinstance(item, Run)]
    left = min((run.x0 for run in texts), default=0.0)
    right = max((run.x1 for run in texts), default=0.0)
    items: list[Line | Table] = []
    row: list[Run] = []
    breaks = True
    for item in [*column, None]:
        if row and not (isinstance(item, Run) and abs(item.base - row[0].base) < 0.35 * item.size):
            items.append(_line(row, page, breaks, left, right))
            row, breaks = [], False
        if isinstance(item, Run):
            row.append(item)
        elif item is not None:
            items.append(item)
    return items


def _line(row: list[Run], page: int, breaks: bool, left: float, right: float) -> Line:
    row = sorted(row, key=lambda run: run.x0)
    main = max(row, key=lambda run: len(run.text))
    return Line(
        " ".join(run.text for run in row),
        page,
        row[0].x0,
        row[-1].x1,
        min(run.top for run in row),
        max(run.bottom for run in row),
        median(run.base for run in row),
        main.size,
        all(run.bold for run in row),
        main.font,
        row[0].bullet,
        breaks,
        left,
        right,
    )
