"""A table with spanning cells, written as one header line and rows that can be read alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.blocks import BlockWriter

# Spans beyond these are nonsense or an attack: they would make a small file fill the memory.
MAX_COLUMNS = 60
MAX_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as printed: its text, how many columns and rows it covers, whether it is a heading cell."""

    text: str
    columns: int = 1
    rows: int = 1
    heading: bool = False


def span(value: str | None, most: int) -> int:
    """Return the span that an attribute states, between 1 and `most`; 1 where it is no number."""
    stated = (value or "").strip()
    return min(max(int(stated), 1), most) if stated.isdecimal() and len(stated) < 9 else 1


def write_table(writer: BlockWriter, head: Sequence[Sequence[Cell]], body: Sequence[Sequence[Cell]]) -> None:
    """Write a table: its header rows merged into one line, then every row.

    Without a head, the rows at the top that are heading cells throughout are the head. A cell over
    several columns is repeated in the header ("Placebo n | Placebo %") and printed once in a row; a
    cell over several rows is repeated in each, for it names what the row speaks of.
    """
    rows = list(body)
    heading = list(head)
    while not head and len(rows) > 1 and rows[0] and all(cell.heading for cell in rows[0]):
        heading.append(rows.pop(0))
    if heading:
        columns = zip(*_squared(_laid_out(heading, repeat_across=True)), strict=True)
        writer.header([" ".join(dict.fromkeys(filter(None, column))) for column in columns])
    for row in _laid_out(rows, repeat_across=False):
        writer.row(_trimmed(row))


def _laid_out(rows: Sequence[Sequence[Cell]], repeat_across: bool) -> list[list[str]]:
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
            for column in range(min(cell.columns, MAX_COLUMNS)):
                text = cell.text if repeat_across or column == 0 else ""
                below.update({len(line): (cell.rows - 1, text)} if cell.rows > 1 else {})
                line.append(text)
        below.update({at: (left - 1, text) for at, (left, text) in hanging.items() if left > 1})
        hanging = below
        lines.append(line)
    return lines


def _squared(lines: list[list[str]]) -> list[list[str]]:
    width = max(map(len, lines))
    return [line + [""] * (width - len(line)) for line in lines]


def _trimmed(line: list[str]) -> list[str]:
    while line and not line[-1]:
        line = line[:-1]
    return line
