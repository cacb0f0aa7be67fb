"""PDF: headings by size, weight and number, columns in order, tables with their header, pages kept.

A PDF says little about itself. What is printed decides: "Highlights of prescribing information" makes
a label, with LOINC codes by the standard section titles; a title that says guideline, recommendation
or the like makes a guideline; a DOI and an abstract make a research article. Anything else is refused,
for the kind of a source is never guessed: give such a text as Markdown with front matter.
Left out are running headers and footers, tables of contents, lists of references, and the highlights of
a label, which repeat its sections in short.
Scanned files without text, encrypted files that need a password, and broken ones are refused as such.
"""

import hashlib
import re

from corpus.document import Document, Section, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers.base import RawFile
from ingest.readers.grid import write_table
from ingest.readers.outline import Outline
from ingest.readers.pdf_facts import facts_of
from ingest.readers.pdf_headings import Headings, headings_of
from ingest.readers.pdf_label import full_text, is_label, label_facts, label_heading, product_data
from ingest.readers.pdf_layout import flow
from ingest.readers.pdf_open import opened
from ingest.readers.pdf_paragraphs import CAPTION, Paragraph, paragraphs
from ingest.readers.pdf_tables import Table

NAME = "PDF"

_LISTS = re.compile(r"(table of )?contents$|references$|bibliography$", re.IGNORECASE)


def sniff(raw: RawFile) -> bool:
    """Return whether `%PDF-` stands within the first 1,024 bytes, as the standard allows."""
    return b"%PDF-" in raw.data[:1024]


def read(raw: RawFile) -> list[Document]:
    """Return the one document of a file. Raises UnreadableFile with what stands in the way."""
    with opened(raw.data) as pdf:
        items = paragraphs(flow(pdf.pages))
    if not any(isinstance(item, Paragraph) for item in items):
        raise UnreadableFile("no text on any page, only pictures (a scan?): run text recognition (OCR) over it first")
    file_key = f"url:{raw.address}" if raw.address else f"file:{hashlib.sha256(raw.data).hexdigest()[:32]}"
    if is_label(items):
        return [_label(items, file_key)]
    facts = facts_of(items, pdf.title, pdf.page_count)
    if facts.kind is None:
        raise UnreadableFile(
            "the PDF does not say what kind of source it is: neither prescribing information, nor a guideline by its "
            "title, nor an article with DOI and abstract. Give its text as Markdown with front matter instead"
        )
    text = [item for item in items if not (isinstance(item, Paragraph) and item.text in facts.title_lines)]
    sections = tuple(s for s in _sections(text, headings_of(items), label=False) if not _LISTS.match(s.title))
    if not sections:
        raise UnreadableFile("no text but headings and lists of references: is it the whole file?")
    return [
        Document(
            key=f"doi:{facts.doi}" if facts.doi else file_key,
            kind=facts.kind,
            title=facts.title or raw.name,
            sections=sections,
            body=pdf.author if facts.kind is SourceKind.GUIDELINE else "",
            year=facts.year,
            effective=facts.effective,
            url=f"https://doi.org/{facts.doi}" if facts.doi else raw.address,
            identifiers=(("doi", facts.doi),) if facts.doi else (),
        )
    ]


def _label(items: list[Paragraph | Table], key: str) -> Document:
    facts = label_facts(items)
    text = full_text(items)
    return Document(
        key=key,
        kind=SourceKind.LABEL,
        title=facts.title,
        sections=_sections(text, headings_of(text), label=True),
        body=facts.manufacturer,
        year=int(facts.revised[:4]) if facts.revised else None,
        effective=facts.revised,
        version=facts.version,
        drugs=facts.drugs,
        brands=facts.brands,
    )


def _sections(items: list[Paragraph | Table], styles: Headings, label: bool) -> tuple[Section, ...]:
    outline = Outline()
    for item in items:
        if isinstance(item, Table):
            if label and (heading := product_data(item)):
                outline.open(heading, item.page)
            outline.starts_on(item.page)
            _write_table(outline, item)
            continue
        heading = styles.heading(item)
        if label:
            heading = label_heading(item, heading is not None, outline.path)
        if heading:
            outline.open(heading, item.page)
        else:
            outline.starts_on(item.page)
            _write(outline, item)
    return outline.finish()


def _write(outline: Outline, item: Paragraph) -> None:
    if item.depth:
        outline.writer.item(item.text, item.depth - 1)
    elif CAPTION.match(item.text) and len(item.text) < 300 and not item.text.endswith("."):
        outline.writer.caption(item.text)
    else:
        outline.writer.paragraph(item.text)


def _write_table(outline: Outline, table: Table) -> None:
    writer = outline.writer
    if table.caption:
        writer.caption(table.caption)
    write_table(writer, table.rows[: table.headers], table.rows[table.headers :])
    writer.close()
    for note in table.notes:
        writer.paragraph(note)
