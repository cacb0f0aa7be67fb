"""What a page's <head> says about it: citation_* and Dublin Core, Open Graph, and Curbside's own names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from corpus.document import SourceKind
from corpus.errors import UnreadableFile
from ingest.readers.iso_dates import from_parts, from_printed
from ingest.readers.plain import plain

Values = Mapping[str, tuple[str, ...]]

OWN = frozenset(
    (
        "kind",
        "key",
        "title",
        "body",
        "year",
        "effective",
        "version",
        "url",
        "licence",
        "design",
        "drugs",
        "brands",
        "digest_of",
    )
)
_GUIDANCE = re.compile(r"\b(guidelines?|guidance|recommendations?|consensus|statement)\b", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:T.*)?")
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meta:
    """The names and contents of a page's <meta> and <link> elements, names in lower case."""

    values: Values

    def first(self, *names: str) -> str:
        """Return the first content under the first of the names that has one, "" where none has."""
        return next((self.values[name][0] for name in names if self.values.get(name)), "")

    def all(self, *names: str) -> tuple[str, ...]:
        """Return every content under the first of the names that has one."""
        return next((self.values[name] for name in names if self.values.get(name)), ())

    def listed(self, name: str) -> tuple[str, ...]:
        """Return the entries of a list, one an element or separated by commas or semicolons."""
        entries = [plain(one) for value in self.values.get(name, ()) for one in re.split(r"[;,]", value)]
        return tuple(dict.fromkeys(filter(None, entries)))

    @property
    def doi(self) -> str:
        """Return the DOI, "" where none is stated."""
        found = (
            _DOI.fullmatch(one)
            for one in (self.first("citation_doi"), *self.all("dc.identifier"), *self.all("prism.doi"))
        )
        return next((match[1] for match in found if match), "")

    @property
    def is_journal_article(self) -> bool:
        """Return whether the page states citation data of a journal."""
        return any(self.first(name) for name in ("citation_journal_title", "citation_pmid", "citation_journal_abbrev"))


def read_meta(root: etree._Element) -> Meta:
    """Return a page's metadata. Raises UnreadableFile for a name under "curbside:" that does not exist."""
    values: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").strip().lower()
        content = plain(element.get("content") or "")
        name = re.sub(r"^(dcterms|dc)\.", "dc.", name)
        if name.startswith("curbside:") and name.removeprefix("curbside:") not in OWN:
            raise UnreadableFile(
                f'<meta name="{name}"> is unknown: the names are curbside:{", curbside:".join(sorted(OWN))}'
            )
        if name and content:
            values.setdefault(name, []).append(content)
    for element in root.iter("link"):
        if (href := plain(element.get("href") or "")) and (rel := (element.get("rel") or "").strip().lower()):
            values.setdefault(f"link:{rel}", []).append(href)
    return Meta({name: tuple(contents) for name, contents in values.items()})


def kind(meta: Meta, title: str, headings: tuple[str, ...]) -> SourceKind:
    """Return the kind that the page states. Raises UnreadableFile where it does not."""
    stated = meta.first("curbside:kind").lower()
    if stated:
        if stated not in {one.value for one in SourceKind}:
            raise UnreadableFile(
                f'<meta name="curbside:kind"> says "{stated}": it must be guideline, label or research'
            )
        return SourceKind(stated)
    if meta.is_journal_article:
        told = " ".join(meta.all("citation_article_type", "dc.type", "citation_section"))
        return SourceKind.GUIDELINE if re.search(r"\bguidelines?\b", told, re.IGNORECASE) else SourceKind.RESEARCH
    if any(_GUIDANCE.search(one) for one in (title, *headings)):
        return SourceKind.GUIDELINE
    raise UnreadableFile(
        'the page does not say what kind of source it is: add <meta name="curbside:kind" content="guideline">'
        " (or label, or research) to its head"
    )


def iso(text: str) -> str:
    """Return a date as metadata print it ("2020/03/18", "2020-03-18T10:00Z", "18 Mar 2020") as ISO 8601, else ""."""
    match = _DATE.fullmatch(text.strip())
    if match:
        return from_parts(match[1], match[2] or "", match[3] or "")
    day_first = re.match(r"(\d{1,2})\s+([A-Za-z]+)\.?,?\s+(\d{4})", text)
    if day_first:
        return from_parts(day_first[3], day_first[2], day_first[1])
    month_first = re.match(r"([A-Za-z]+)\.?\s+(\d{1,2}),?\s+(\d{4})", text)
    return from_parts(month_first[3], month_first[1], month_first[2]) if month_first else from_printed(text)
