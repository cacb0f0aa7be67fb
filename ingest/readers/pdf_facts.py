"""What a PDF states about itself: kind, title, date, DOI. Only as printed; nothing is inferred."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import SourceKind
from ingest.readers.pdf_paragraphs import Paragraph
from ingest.readers.pdf_tables import Table

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>,;]+[^\s\"<>,;.)\]]")
_DATED = re.compile(
    rf"\b(?:published|issued|released|updated)(?:\s+online)?:?\s+(?:on\s+)?(?:(\d{{1,2}})\s+)?({_MONTHS})\s+(?:(\d{{1,2}}),\s*)?(\d{{4}})\b",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s*(\d{4})\b", re.IGNORECASE)
_GUIDELINE = re.compile(
    r"\b(guidelines?|recommendation statement|recommendations|practice guidance|consensus statement|position statement"
    r"|standards of care|clinical practice|screening)\b",
    re.IGNORECASE,
)
_STUDY = re.compile(
    r"\b(trial|cohort|case[- ]control|survey|cross-sectional|meta-analysis|systematic review|adherence|study)\b",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(r"\b(abstract|background|importance|objectives?|methods|results|conclusions?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the first pages say. Empty where they do not."""

    title: str
    title_lines: frozenset[str]
    doi: str
    effective: str
    year: int | None
    kind: SourceKind | None


def facts_of(items: Sequence[Paragraph | Table], metadata_title: str, pages: int) -> Facts:
    """Return what the first two pages state; the title is the largest print on the first of them.

    A guideline calls itself one in its title or directly below it; an article has a DOI and an abstract.
    The year is the one of "Published …", else the one of the copyright line.
    """
    first = [p for p in items if isinstance(p, Paragraph) and p.page <= min(2, pages)]
    page_one = [p for p in first if p.page == 1]
    printed = _title(page_one)
    title = ": ".join(printed) or metadata_title
    text = "\n".join(p.text for p in first)
    head = "\n".join([title, metadata_title, *(p.text for p in page_one[:8] if len(p.text) < 200)])
    doi = next(iter(_DOI.findall("\n".join(p.text for p in page_one))), "")
    effective = _date(text)
    year = int(effective[:4]) if effective else next((int(y) for y in _COPYRIGHT.findall(text)), None)
    return Facts(title, frozenset(printed), doi, effective, year, _kind(title, head, doi, text))


def _title(page: Sequence[Paragraph]) -> list[str]:
    """Return the paragraphs in the largest print, none where that is not a title (a page in one size, a drop cap)."""
    sizes = {p.size for p in page}
    largest = [p.text for p in page if len(sizes) > 1 and p.size == max(sizes)]
    joined = " ".join(largest)
    return largest if 8 <= len(joined) <= 300 and re.search(r"[^\W\d_]{3}", joined) else []


def _date(text: str) -> str:
    match = _DATED.search(text)
    if match is None:
        return ""
    month = _MONTHS.lower().split("|").index(match[2].lower()) + 1
    day = match[1] or match[3]
    return f"{match[4]}-{month:02}" + (f"-{int(day):02}" if day else "")


def _kind(title: str, head: str, doi: str, text: str) -> SourceKind | None:
    article = bool(doi) and len({word.lower() for word in _ABSTRACT.findall(text)}) >= 2
    if _GUIDELINE.search(head) and not (_STUDY.search(title) and article):
        return SourceKind.GUIDELINE
    return SourceKind.RESEARCH if article else None
