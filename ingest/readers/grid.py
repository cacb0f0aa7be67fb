"""A table with spanning cells, written as header lines and rows that can be read alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from ingest.readers.blocks import BlockWriter
from ingest.readers.xml import local_name

# Spans beyond these are nonsense or an attack: they would make a small file fill the memory.
MAX_COLUMNS = 60
MAX_ROWS = 1000
# A longer text is no label: repeating it would bury the row that it is repeated in.
MAX_REPEATED = 200

_INDENTS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2007\u2008\u2009\u202f\u3000"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, how many columns and rows it covers, whether it is a heading cell or printed indented."""

    text: str
    columns: int = 1
    rows: int = 1
    heading: bool = False
    indented: bool = False


Row = Sequence[Cell]


def span(value: str | None, most: int) -> int:
    """Return the span that an attribute states, between 1 and `most`; 1 where it is no number."""
    stated = (value or "").strip()
    return min(max(int(stated), 1), most) if stated.isascii() and stated.isdecimal() and len(stated) < 9 else 1


def is_indented(printed: str) -> bool:
    """Return whether a cell's text as printed begins with spaces that set it under the row above."""
    return printed.lstrip(" \t\r\n")[:1] in tuple(_INDENTS) and bool(printed.strip())


def cell_of(element: etree._Element, text: str) -> Cell:
    """Return the cell that a `td` or `th` is, with the text that the caller reads in it."""
    return Cell(
        text,
        span(element.get("colspan"), MAX_COLUMNS),
        span(element.get("rowspan"), MAX_ROWS),
        heading=local_name(element) == "th",
        indented=is_indented("".join(map(str, element.itertext()))),
    )


def write_table(writer: BlockWriter, head: Sequence[Row], body: Sequence[Row]) -> None:
    """Write a table so that a row alone still says what it speaks of.

    Header rows become one line; a cell over several columns is repeated in it ("Placebo n | Placebo %").
    Rows of heading cells further down are a new header. A cell over several rows is repeated in each.
    Rows set in under a row that is only a label are led by it ("Ever smoked: Men | 12"); where nothing
    is set in, a label over the full width joins the header of what follows.
    """
    table = _Table(writer, max((_width(row) for row in (*head, *body)), default=0))
    table.heading.extend(head)
    sets_in = any(row and row[0].indented for row in body)
    for row in body:
        if _is_header(row):
            table.write_rows()
            table.heading.append(row)
        elif not sets_in and len(row) == 1 and row[0].text and row[0].columns >= table.width > 1:
            table.divide(row[0].text)
        else:
            table.add(row)
    table.write_rows()
    table.write_header()


@dataclass(slots=True)
class _Table:
    """A table while it is written: rows wait until the header and the cells over several rows are complete."""

    writer: BlockWriter
    width: int
    heading: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    group: str = ""
    spans_rows: bool = False

    def add(self, row: Row) -> None:
        self.write_header()
        set_in = bool(row) and row[0].indented
        if set_in and self.group:
            if self._ends_in_label():
                self.rows.pop()
            row = (replace(row[0], text=f"{self.group}: {row[0].text}"), *row[1:])
        elif not set_in:
            self.group = row[0].text.rstrip(":") if _is_label(row) else ""
        self.rows.append(row)
        self.spans_rows = self.spans_rows or any(cell.rows > 1 for cell in row)

    def _ends_in_label(self) -> bool:
        """Return whether the last row says nothing that the rows under it will not repeat, and may go."""
        return not self.spans_rows and bool(self.rows) and _is_label(self.rows[-1])

    def divide(self, label: str) -> None:
        self.write_rows()
        self.write_header()
        first = self.columns[0] if self.columns else ""
        self.writer.close()
        self.writer.header([f"{first}: {label}" if first else label, *self.columns[1:]])

    def write_header(self) -> None:
        if not self.heading:
            return
        lines = _laid_out(self.heading, repeat_across=True)
        width = max(map(len, lines))
        columns = zip(*(line + [""] * (width - len(line)) for line in lines), strict=True)
        self.columns = [" ".join(dict.fromkeys(filter(None, column))) for column in columns]
        self.heading = []
        self.writer.close()
        self.writer.header(self.columns)

    def write_rows(self) -> None:
        for line in _laid_out(self.rows, repeat_across=False):
            while line and not line[-1]:
                line.pop()
            self.writer.row(line)
        self.rows, self.group, self.spans_rows = [], "", False


def _width(row: Row) -> int:
    return sum(cell.columns for cell in row)


def _is_label(row: Row) -> bool:
    return bool(row) and not row[0].indented and bool(row[0].text) and not any(cell.text for cell in row[1:])


def _is_header(row: Row) -> bool:
    return len(row) > 1 and all(cell.heading for cell in row) and any(cell.text for cell in row)


def _laid_out(rows: Sequence[Row], repeat_across: bool) -> list[list[str]]:
    lines: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for row in rows:
        line: list[str] = []
        below: dict[int, tuple[int, str]] = {}
        for cell in (*row, None):
            while len(line) in hanging:
                left, text = hanging.pop(len(line))
                below.update({len(line): (left - 1, text)} if left > 1 else {})
                line.append(text)
            if cell is None:
                break
            again = cell.text if len(cell.text) <= MAX_REPEATED else ""
            covers = min(cell.columns, MAX_COLUMNS) if len(line) < MAX_COLUMNS else 1
            for column in range(covers):
                text = again if column and repeat_across else ""
                below.update({len(line): (cell.rows - 1, text if column else again)} if _hangs(cell, line) else {})
                line.append(text if column else cell.text)
        below.update({at: (left - 1, text) for at, (left, text) in hanging.items() if left > 1})
        hanging = below
        lines.append(line)
    return lines


def _hangs(cell: Cell, line: Sequence[str]) -> bool:
    return cell.rows > 1 and len(line) < 2 * MAX_COLUMNS
