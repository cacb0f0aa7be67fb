"""Tables of a PDF page: ruled grids, and the journal style that rules only the rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from ingest.readers.grid import Cell
from ingest.readers.pdf_join import join_lines
from ingest.readers.pdf_runs import Glyph, Run, runs

_CAPTION = re.compile(r"(Table|Figure|Box)\s+\w")
_NOTE = re.compile(r"Abbreviations?\b|Notes?\b|[*†‡§]")
_BULLET = re.compile(r"(?:^|(?<=\s))[•●▪■]\s*")

MAX_HEADER = 80

Box = tuple[float, float, float, float]  # x0, top, x1, bottom
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, top to bottom; the first `headers` rows say what the `width` columns hold."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[Row, ...]
    headers: int
    width: int
    page: int
    caption: str = ""
    notes: tuple[str, ...] = ()


def find_tables(page: Any, page_number: int, glyphs: Sequence[Glyph]) -> list[Table]:
    """Return the tables of a pdfplumber page. A frame around running text is not a table."""
    grids = [[list(row.cells) for row in table.rows] for table in page.find_tables()]
    ruled = [table for grid in grids if (table := _table(grid, glyphs, page_number))]
    rows = [grid for grid in _ruled_rows(page, glyphs) if not any(_overlap(_box(grid), _box_of(t)) for t in ruled)]
    return sorted(ruled + [t for grid in rows if (t := _table(grid, glyphs, page_number))], key=lambda t: t.top)


def continues(table: Table, before: Table) -> bool:
    """Return whether a table at the top of a page goes on with the one that ended the page before."""
    same = table.width == before.width and abs(table.x0 - before.x0) < 3 and abs(table.x1 - before.x1) < 3
    return same and table.page == before.page + 1 and not table.caption


def joined(before: Table, table: Table) -> Table:
    """Return one table of two halves; without the header repeated, and with a row made whole that the edge had cut."""
    head = before.rows[: before.headers]
    rest = table.rows[len(head) :] if _texts(table.rows[: len(head)]) == _texts(head) else table.rows
    last = before.rows[-1]
    if rest and len(rest[0]) == len(last) and not rest[0][0].text:
        cells = (replace(a, text=f"{a.text} {b.text}".strip()) for a, b in zip(last, rest[0], strict=True))
        return replace(before, rows=(*before.rows[:-1], tuple(cells), *rest[1:]), notes=before.notes + table.notes)
    return replace(before, rows=before.rows + rest, notes=before.notes + table.notes)


def inside(glyph: Glyph | Run, box: Box | Table) -> bool:
    """Return whether the middle of a glyph or run lies in the box."""
    x0, top, x1, bottom = (box.x0, box.top, box.x1, box.bottom) if isinstance(box, Table) else box
    return x0 <= (glyph.x0 + glyph.x1) / 2 <= x1 and top <= (glyph.top + glyph.bottom) / 2 <= bottom


def _table(grid: list[list[Box | None]], glyphs: Sequence[Glyph], page: int) -> Table | None:
    box = _box(grid)
    here = [glyph for glyph in glyphs if inside(glyph, box)]
    starts = sorted({cell[0] for row in grid for cell in row if cell})
    rows = [row for row in (_cells(boxes, starts, grid, here) for boxes in grid) if _filled(row)]
    caption = rows.pop(0)[0].text if rows and _CAPTION.match(rows[0][0].text) and _filled(rows[0]) == 1 else ""
    notes = [rows.pop()[0].text] if rows and _NOTE.match(rows[-1][0].text) and _filled(rows[-1]) == 1 else []
    if sum(_filled(row) > 1 for row in rows) < 2:
        return None
    rows = [(Cell(row[0].text),) if _spans(row, starts) and len(row[0].text) > MAX_HEADER else row for row in rows]
    headers = _headers(rows, starts)
    rows[headers:] = _with_labels(rows[headers:], starts)
    return Table(*box, tuple(rows), headers, len(starts), page, caption, tuple(notes))


def _with_labels(rows: Sequence[Row], starts: Sequence[float]) -> list[Row]:
    """Return the rows with those spread over the whole width that say only, in their first cell, what follows.

    Where the table has labels over its whole width anyway, a row with one text is a row like others.
    """
    if any(_spans(row, starts) for row in rows):
        return list(rows)
    said: list[Row] = []
    for i, row in enumerate(rows):
        whole = sum(cell.columns for cell in row) >= len(starts)  # nothing hangs into it from above
        alone = whole and _filled(row) == 1 and 0 < len(row[0].text) <= MAX_HEADER
        is_label = alone and i + 1 < len(rows) and _filled(rows[i + 1]) > 1
        said.append((Cell(row[0].text, len(starts)),) if is_label else row)
    return said


def _cells(boxes: list[Box | None], starts: list[float], grid: list[list[Box | None]], glyphs: Sequence[Glyph]) -> Row:
    """Return a row's cells with the columns and rows that each covers; those that hang from above are not repeated."""
    tops = [min(cell[1] for cell in row if cell) for row in grid if any(row)]
    cells: list[Cell] = []
    for box in boxes:
        if box is None:
            continue
        covers = sum(box[0] - 1 < start < box[2] - 1 for start in starts)
        rows = sum(box[1] - 1 < top < box[3] - 1 for top in tops)
        cells.append(Cell(_text(box, glyphs), max(covers, 1), max(rows, 1)))
    return tuple(cells)


def _filled(row: Sequence[Cell]) -> int:
    return sum(bool(cell.text) for cell in row)


def _spans(row: Sequence[Cell], starts: Sequence[float]) -> bool:
    return _filled(row) == 1 and row[0].columns >= len(starts)


def _texts(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows]


def _headers(rows: Sequence[Sequence[Cell]], starts: Sequence[float]) -> int:
    """Return how many rows are the header: short texts; a second row where the first groups columns.

    A first row that is one label over the whole width is none.
    """
    if _spans(rows[0], starts) or any(len(cell.text) > MAX_HEADER for cell in rows[0]):
        return 0
    groups = _filled(rows[0]) < len(starts)
    plain = len(rows) > 2 and not any(cell.text[:1].isdigit() or len(cell.text) > MAX_HEADER for cell in rows[1])
    return 2 if groups and plain and _filled(rows[1]) > 1 and rows[0][-1].columns + len(rows[0]) > 2 else 1


def _text(cell: Box, glyphs: Sequence[Glyph]) -> str:
    lines = sorted(runs([glyph for glyph in glyphs if inside(glyph, cell)]), key=lambda run: (run.base, run.x0))
    return " ".join(_BULLET.sub(" ", join_lines([run.text for run in lines])).split())


def _box(grid: Sequence[Sequence[Box | None]]) -> Box:
    cells = [cell for row in grid for cell in row if cell]
    return min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells)


def _box_of(table: Table) -> Box:
    return table.x0, table.top, table.x1, table.bottom


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _ruled_rows(page: Any, glyphs: Sequence[Glyph]) -> list[list[list[Box | None]]]:
    """Return grids between three or more rules of the same width, one above the other."""
    grids: list[list[list[Box | None]]] = []
    for rules in _stacks(page):
        x0, x1 = rules[0][0], rules[0][1]
        tops = [rule[2] for rule in rules]
        here = [g for g in glyphs if inside(g, (x0, tops[0], x1, tops[-1]))]
        if gutters := _gutters(here):
            grid = [_row((x0, top, x1, bottom), gutters, here) for top, bottom in pairwise(tops)]
            if sum(row.count(None) > 0 for row in grid) <= len(grid) // 2:
                grids.append(grid)
    return grids


def _row(row: Box, gutters: Sequence[float], glyphs: Sequence[Glyph]) -> list[Box | None]:
    """Return the cells of a row; one cell where a run of words crosses a gutter."""
    here = runs([glyph for glyph in glyphs if inside(glyph, row)])
    if any(run.x0 < gutter < run.x1 for run in here for gutter in gutters):
        return [row, *[None] * len(gutters)]
    edges = [row[0], *gutters, row[2]]
    return [(a, row[1], b, row[3]) for a, b in pairwise(edges)]


def _stacks(page: Any) -> list[list[tuple[float, float, float]]]:
    rules = sorted(
        (round(line["x0"]), round(line["x1"]), float(line["top"]))
        for line in page.lines
        if line["x1"] - line["x0"] > 100 and line["bottom"] - line["top"] < 2
    )
    stacks: list[list[tuple[float, float, float]]] = []
    for rule in rules:
        if not stacks or abs(rule[0] - stacks[-1][0][0]) > 2 or abs(rule[1] - stacks[-1][0][1]) > 2:
            stacks.append([rule])
        elif rule[2] - stacks[-1][-1][2] > 4:
            stacks[-1].append(rule)
    return [stack for stack in stacks if len(stack) > 3]


def _gutters(glyphs: Sequence[Glyph]) -> list[float]:
    """Return the middles of the white bands, 6 points and wider, that rows of several cells leave free."""
    lines: dict[int, list[Run]] = {}
    found = runs(glyphs)
    size = median(run.size for run in found) if found else 0.0
    for run in found:
        if run.size > 0.75 * size:
            lines.setdefault(round(run.base), []).append(run)
    rows = [line for line in lines.values() if len(line) > 1]
    if len(rows) < 2:
        return []
    spans = [(run.x0, run.x1) for row in rows for run in row]
    start, end = round(min(a for a, _ in spans)), round(max(b for _, b in spans))
    white = [x for x in range(start, end) if sum(a < x < b for a, b in spans) <= 0.15 * len(rows)]
    bands = [[white[0]]] if white else []
    for x in white[1:]:
        if x == bands[-1][-1] + 1:
            bands[-1].append(x)
        else:
            bands.append([x])
    return [(band[0] + band[-1]) / 2 for band in bands if len(band) >= 6 and start < band[0] and band[-1] < end - 1]
