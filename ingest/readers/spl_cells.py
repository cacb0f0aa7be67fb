"""Rows and cells of a label's tables, with what their markup and their characters tell about them."""

from dataclasses import dataclass, replace

from lxml import etree

from ingest.readers.grid import MAX_COLUMNS, MAX_ROWS, Cell, span
from ingest.readers.spl_inline import inline_text
from ingest.readers.spl_notes import Notes
from ingest.readers.xml import local_name

_NO_FIGURE = frozenset(("-", "–", "—", "--", "NA", "N/A", "ND", "NS", "NR"))
_SIGNS = frozenset("<>≤≥=~±+-−–")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as printed. The lines of a cell's text are parted by line feeds."""

    cells: tuple[Cell, ...]
    bold: bool

    @property
    def filled(self) -> list[Cell]:
        """Return the cells with text."""
        return [cell for cell in self.cells if cell.text.strip()]

    @property
    def is_data(self) -> bool:
        """Return whether most of what follows the first cell are figures."""
        rest = [cell.text for cell in self.cells[1:] if cell.text.strip()]
        return bool(rest) and 2 * sum(map(is_figure, rest)) > len(rest)

    def is_across(self, width: int) -> bool:
        """Return whether one cell fills the row of a table that has more columns."""
        return len(self.filled) == 1 and bool(self.cells[0].text.strip()) and self.cells[0].columns >= width > 1


def is_figure(text: str) -> bool:
    """Return whether a cell holds a value: "21%*", "5.7 (4.2, 7.3)", "<0.001", "—"; not "N=110", "40 mg weekly"."""
    lines = ["".join(line.split()) for line in text.split("\n") if line.strip()]
    return bool(lines) and all(map(_is_value, lines))


def rows(table: etree._Element, part: str, notes: Notes) -> list[Row]:
    """Return the rows of "thead", "tbody" or "tfoot", or ("") those that stand in none of them."""
    found = table.iterfind(f"{{*}}{part}/{{*}}tr" if part else "{*}tr")
    return [_row(row, notes) for row in found][:MAX_ROWS]


def printed_lines(row: Row) -> list[Row]:
    """Return the row, or the rows that the publisher printed as lines of its cells ("14%<br/>15%").

    A first line that only the first cell has names the lines under it: "ACR20: Week 12".
    """
    texts = [cell.text.rstrip("\n").split("\n") for cell in row.cells]
    counts = {len(lines) for lines in texts if any(lines)}
    columns = [lines for lines in texts[1:] if any(lines)]
    has_values = any(all(not line or is_figure(line) for line in lines) for lines in columns)
    if len(counts) != 1 or counts == {1} or not has_values or any(cell.rows > 1 for cell in row.cells):
        return [Row(tuple(replace(cell, text=_on_one_line(cell.text)) for cell in row.cells), row.bold)]
    group, printed = "", []
    for at in range(max(counts)):
        values = [lines[at] if at < len(lines) else "" for lines in texts]
        if values[0] and not any(values[1:]):
            group = values[0].rstrip(":")
        elif any(values):
            values[0] = f"{group}: {values[0]}" if group else values[0]
            cells = tuple(Cell(value, cell.columns) for value, cell in zip(values, row.cells, strict=True))
            printed.append(Row(cells, row.bold))
    return printed


def _on_one_line(text: str) -> str:
    """Return a cell's lines joined; items of a list in it are parted by semicolons."""
    joined = ""
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        item = line.removeprefix("•").strip()
        if item != line and joined and joined[-1] not in ".,:;":
            joined += ";"
        joined = f"{joined} {item}".strip()
    return joined


def _row(row: etree._Element, notes: Notes) -> Row:
    elements = [cell for cell in row if local_name(cell) in ("td", "th")]
    cells = tuple(
        Cell(
            inline_text(cell, notes),
            span(cell.get("colspan"), MAX_COLUMNS),
            span(cell.get("rowspan"), MAX_ROWS),
            local_name(cell) == "th",
        )
        for cell in elements
    )
    filled = [element for element, cell in zip(elements, cells, strict=True) if cell.text.strip()]
    return Row(cells, bool(filled) and all(local_name(cell) == "th" or not _has_light_text(cell) for cell in filled))


def _has_light_text(element: etree._Element) -> bool:
    """Return whether some of the text inside an element is not bold."""
    if "bold" in (element.get("styleCode") or "").lower():
        return False
    texts = [element.text, *(child.tail for child in element)]
    return any(text and text.strip() for text in texts) or any(
        local_name(child) not in ("sup", "footnote", "footnoteRef") and _has_light_text(child) for child in element
    )


def _is_value(line: str) -> bool:
    begins = line.lstrip("".join(_SIGNS))[:1].isdigit()
    return line in _NO_FIGURE or (begins and sum(map(str.isalpha, line)) <= 2)
