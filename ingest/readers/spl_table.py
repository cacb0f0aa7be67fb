"""Tables of a label: what is caption, header, row and note, also where the markup does not say."""

import re

from lxml import etree

from ingest.readers.blocks import BlockWriter
from ingest.readers.grid import Cell, write_table
from ingest.readers.spl_cells import Row, printed_lines, rows
from ingest.readers.spl_inline import inline_text
from ingest.readers.spl_notes import Notes
from ingest.readers.xml import local_name

TITLED = re.compile(r"(?:table|figure)\s+\d+[a-z]?(?:\s*[.:–—-]|\s+(?-i:[A-Z]))", re.IGNORECASE)
_MOST_HEADER_ROWS = 7
_LONGEST_HEADING = 160


def is_frame(table: etree._Element) -> bool:
    """Return whether a table is only a box around text: no row has two cells with text, or all cells hold lists."""
    filled = [[cell for cell in row if "".join(map(str, cell.itertext())).strip()] for row in own_rows(table)]
    return all(len(cells) < 2 for cells in filled) or all(_is_list(cell) for cells in filled for cell in cells)


def own_rows(table: etree._Element) -> list[etree._Element]:
    """Return the row elements of a table, without those of tables inside its cells."""
    return [*table.iterfind("{*}tr"), *table.iterfind("{*}*/{*}tr")]


def _is_list(cell: etree._Element) -> bool:
    loose = [cell.text, *(child.tail for child in cell)]
    return {local_name(child) for child in cell} == {"list"} and not any(text and text.strip() for text in loose)


def write(table: etree._Element, writer: BlockWriter, notes: Notes) -> None:
    """Write a table with its caption above and its footnotes below."""
    writer.close()
    for caption in table.findall("{*}caption"):
        writer.caption(inline_text(caption, notes))
    head = [row for row in rows(table, "thead", notes) if row.filled]
    body = [row for row in rows(table, "tbody", notes) + rows(table, "", notes) if row.filled]
    foot = [row for row in rows(table, "tfoot", notes) if row.filled]
    width = max((sum(cell.columns for cell in row.cells) for row in head + body), default=1)
    _write_above(head or body, width, writer)
    while len(body) > 1 and body[-1].is_across(width) and not body[-1].bold:
        foot.insert(0, body.pop())
    if not head:
        head, body = _parted(body)
    while head and len(body) > 1 and body[0].bold and len(body[0].filled) > 1 and not body[0].is_data:
        head.append(body.pop(0))
    _write_rows(head, body, width, writer)
    writer.close()
    for row in foot:
        _write_paragraphs(row, writer)
    for note in notes.take():
        writer.paragraph(note)


def _write_above(top: list[Row], width: int, writer: BlockWriter) -> None:
    """Take off the rows across the whole table that stand above its header: its caption, and remarks."""
    while len(top) > 1 and top[0].is_across(width):
        title = top[0].filled[0].text
        if TITLED.match(title) or (top[0].bold and top[1].bold and len(top[1].filled) > 1):
            writer.caption(title)
        elif not top[0].bold:
            _write_paragraphs(top[0], writer)
        else:
            return
        del top[0]


def _parted(body: list[Row]) -> tuple[list[Row], list[Row]]:
    """Return header rows and body of a table whose markup does not part them.

    A header is bold, or leaves the first column empty, or is a row of words over figures only. It
    goes on to where the figures begin, a line that heads a group of rows left to the body.
    """
    if len(body) < 2 or len(body[0].filled) < 2:
        return [], body
    words_over_figures = len(body[0].cells) > 2 and not body[0].is_data and all(row.is_data for row in body[1:])
    if not (body[0].bold or not body[0].cells[0].text.strip() or words_over_figures):
        return [], body
    data = next((at for at, row in enumerate(body) if row.is_data), 1)
    end = 1
    while end < min(len(body) - 1, _MOST_HEADER_ROWS) and (
        end < data <= _MOST_HEADER_ROWS or (body[end].bold and len(body[end].filled) > 1)
    ):
        end += 1
    while end > 1 and len(body[end - 1].filled) < 2:
        end -= 1
    return body[:end], body[end:]


def _write_rows(head: list[Row], body: list[Row], width: int, writer: BlockWriter) -> None:
    """Write header and rows. Without a header, lines across the table, one of them bold, head the rows below them."""
    by_groups = not head and any(row.bold and row.is_across(width) for row in body)
    group: list[Row] = []
    for row in body:
        if not (by_groups and row.is_across(width)):
            group += printed_lines(row)
            continue
        _write(group, writer)
        writer.close()
        group = []
        if len(row.filled[0].text) <= _LONGEST_HEADING:
            writer.header([row.filled[0].text])
        else:
            _write_paragraphs(row, writer)
    if head:
        write_table(writer, [row.cells for row in head], [row.cells for row in group])
    else:
        _write(group, writer)


def _write(group: list[Row], writer: BlockWriter) -> None:
    """Write rows under the header written last; `Cell` is made plain, so that none becomes a header."""
    cells = [[Cell(cell.text, cell.columns, cell.rows) for cell in row.cells] for row in group]
    write_table(writer, [], cells)


def _write_paragraphs(row: Row, writer: BlockWriter) -> None:
    for cell in row.filled:
        for line in cell.text.split("\n"):
            writer.paragraph(line)
