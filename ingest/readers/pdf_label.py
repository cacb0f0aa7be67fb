"""FDA labels as PDF: their sections with LOINC codes, and the names and dates of the highlights."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers import loinc
from ingest.readers.numbers import split_number
from ingest.readers.outline import Heading
from ingest.readers.pdf_paragraphs import Paragraph
from ingest.readers.pdf_tables import Table

_HIGHLIGHTS = "HIGHLIGHTS OF PRESCRIBING INFORMATION"
_FULL = re.compile(r"FULL PRESCRIBING INFORMATION(?!\s*:\s*CONTENTS)(?::.*)?$")
_CONTENTS = re.compile(r"FULL PRESCRIBING INFORMATION\s*:\s*CONTENTS")
_NAME = re.compile(r"(?P<brand>[^()]{2,60}?)\s*\((?P<generic>[a-z][^()]{2,80})\)\s*,?\s*(?P<form>[a-z].*)?")
_PLAIN_NAME = re.compile(r"(?P<name>[A-Z][A-Z0-9 ,/+-]{2,80}?)\s+(?P<form>[a-z]\w+.*)")
_REVISED = re.compile(r"Revised:\s*(?:(\d{1,2})/)?(?:\d{1,2}/)?(\d{4})\b")
_ACTIVE = re.compile(r"(.+?)\s*\(UNII:\s*\w{10}\)\s*\((.+?)\s*-\s*UNII:\s*\w{10}\)")
_LABELER = re.compile(r"Labeler\s*-\s*(.+?)\s*\(\d{9}\)")
_TOP = re.compile(r"\d{1,2}")
_SUB = re.compile(r"\d{1,2}(\.\d{1,2})+")


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """What a label prints about itself; empty where it does not."""

    title: str
    manufacturer: str
    brands: tuple[str, ...]
    drugs: tuple[str, ...]
    revised: str
    version: str


def is_label(items: Sequence[Paragraph | Table]) -> bool:
    """Return whether the text is US prescribing information."""
    texts = [item.text for item in items[:400] if isinstance(item, Paragraph)]
    return any(text.startswith(_HIGHLIGHTS) or _FULL.match(text) for text in texts)


def label_facts(items: Sequence[Paragraph | Table]) -> LabelFacts:
    """Return names and revision date as the highlights print them.

    Drugs are the moieties and ingredients of the product data ("WARFARIN SODIUM (UNII: …) (WARFARIN -
    UNII: …)") where those are printed, and the generic name in the highlights.
    """
    texts = [item.text for item in items if isinstance(item, Paragraph)]
    start = next((i for i, text in enumerate(texts) if text.startswith(_HIGHLIGHTS)), 0)
    end = next((i for i, text in enumerate(texts) if i > start and _FULL.match(text)), len(texts))
    name = _name_line(texts[start:end])
    match = _NAME.match(name)
    plain = _PLAIN_NAME.match(name)
    cells = [cell.text for item in items if isinstance(item, Table) for row in item.rows for cell in row]
    active = [found for cell in cells if (found := _ACTIVE.match(cell))]
    generic = match["generic"] if match else plain["name"] if plain else ""
    drugs = tuple(dict.fromkeys(n.lower() for n in (*(a[2] for a in active), *(a[1] for a in active), generic) if n))
    revised = next((m for text in texts[start:end] for m in [_REVISED.search(text)] if m), None)
    date = f"{revised[2]}-{int(revised[1]):02}" if revised and revised[1] else revised[2] if revised else ""
    before = [text for text in texts[:start] if re.search(r"\w{3}", text)]
    return LabelFacts(
        name or (before[0] if before else ""),
        next((found[1] for text in (*cells, *texts) if (found := _LABELER.search(text))), ""),
        (match["brand"].strip(),) if match else (),
        drugs,
        date,
        revised[0] if revised else "",
    )


def _name_line(highlights: Sequence[str]) -> str:
    for i, text in enumerate(highlights):
        if "Initial U.S. Approval" in text:
            inline = text.partition("Initial U.S. Approval")[0].strip()
            return inline or (highlights[i - 1] if i else "")
    return ""


def full_text(items: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return what follows the table of contents; the highlights, which repeat it in short, are left out.

    A file that holds nothing but highlights is returned whole.
    """
    starts = [i for i, item in enumerate(items) if isinstance(item, Paragraph) and _FULL.match(item.text)]
    if starts:
        return list(items[starts[-1] + 1 :])
    contents = [i for i, item in enumerate(items) if isinstance(item, Paragraph) and _CONTENTS.match(item.text)]
    return list(items[: contents[0]]) if contents else list(items)


def label_heading(paragraph: Paragraph, looks_like_heading: bool, parents: Sequence[Heading]) -> Heading | None:
    """Return the heading of a label's section: numbered or of a standard title, else below the one now open."""
    text = paragraph.text
    if paragraph.depth or len(text) > 200 or not looks_like_heading:
        return None
    number, title = split_number(text)
    code = PACKAGE if _PACKAGE.match(text) else loinc.code_of(title)
    if _TOP.fullmatch(number) and (code or title.isupper()):
        return Heading(1, title, number, code)
    if _SUB.fullmatch(number):
        return Heading(1 + number.count("."), title, number, code)
    if code in _UNNUMBERED and not number:
        return Heading(1, title, "", code)
    if any(parent.code == PACKAGE for parent in parents):
        return None
    under = [parent for parent in parents if parent.number or parent.code]
    return Heading((under[-1].level if under else 0) + 1, text)


def product_data(table: Table) -> Heading | None:
    """Return the heading of the listing data at the end of a label where this table begins it."""
    begins = any(cell.text == "Product Information" for row in table.rows[:3] for cell in row)
    return Heading(1, "Product Information", "", "48780-1") if begins else None


PACKAGE = "51945-4"
_PACKAGE = re.compile(r"(PRINCIPAL DISPLAY PANEL|PACKAGE LABEL)", re.IGNORECASE)
# Sections that stand by themselves without a number; other standard titles may repeat inside a section.
_UNNUMBERED = frozenset(
    ("34066-1", "42231-1", "42230-3", PACKAGE, "59845-8", "68498-5", "34067-9", "34071-1", "34070-3")
)
