"""Tables and captions of a JATS article."""

from lxml import etree

from ingest.readers.blocks import BlockWriter
from ingest.readers.grid import Cell, cell_of, write_table
from ingest.readers.inline import inline_text
from ingest.readers.jats_text import words


def caption_of(element: etree._Element) -> str:
    """Return a figure's or table's label and caption: "Table 1. Doses"."""
    label, caption = element.find("label"), element.find("caption")
    name = words(label).rstrip(".:") if label is not None else ""
    parts = [] if caption is None else [words(part) for part in caption if part.tag in ("title", "p")]
    return ". ".join(filter(None, (name, " ".join(filter(None, parts)))))


def write_table_wrap(wrap: etree._Element, writer: BlockWriter) -> None:
    """Write a table with its caption before it and its notes after it."""
    writer.caption(caption_of(wrap))
    for table in wrap.iter("table"):
        head = [_row(row) for row in table.iterfind("thead/tr")]
        body = [_row(row) for path in ("tbody/tr", "tr", "tfoot/tr") for row in table.iterfind(path)]
        write_table(writer, head, body)
    writer.close()
    for note in wrap.iterfind("table-wrap-foot/*"):
        for one in note.iterfind("fn") if note.tag == "fn-group" else (note,):
            writer.paragraph(inline_text(one))


def _row(row: etree._Element) -> list[Cell]:
    return [cell_of(cell, words(cell)) for cell in row if cell.tag in ("td", "th")]
