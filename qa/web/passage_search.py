"""A search over passages, narrowed by kind, drug, year and section, in pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Section, SourceKind
from index.hit import Filters, Hit
from qa.answerer import Answerer
from qa.web.found import marked
from qa.web.section_view import Segment

PER_PAGE = 20
# What is looked through in all; a section is looked for among more.
BEST, BEST_OF_SECTION = 100, 600
# Sections of a label that a search is most often narrowed to, as they are offered.
SECTIONS = (
    "Boxed Warning",
    "Indications and Usage",
    "Dosage and Administration",
    "Contraindications",
    "Warnings and Precautions",
    "Adverse Reactions",
    "Drug Interactions",
    "Use in Specific Populations",
    "Clinical Pharmacology",
    "Clinical Studies",
    "Patient Counseling Information",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; an empty field does not narrow. `section` is a number, a title or a LOINC code."""

    words: str = ""
    kind: SourceKind | None = None
    drug: str = ""
    section: str = ""
    year_from: int | None = None
    year_to: int | None = None

    def query(self, **changed: object) -> dict[str, object]:
        """Return the fields as they stand in an address, without those that are empty."""
        fields = {
            "q": self.words,
            "kind": self.kind or "",
            "drug": self.drug,
            "section": self.section,
            "year_from": self.year_from,
            "year_to": self.year_to,
        }
        return {name: value for name, value in (fields | changed).items() if value not in ("", None)}

    @property
    def narrows(self) -> bool:
        """Return whether anything but the words narrows the search."""
        return bool(self.query(q=""))


@dataclass(frozen=True, slots=True)
class Found:
    """A passage found, its text in pieces with the words of the search apart."""

    hit: Hit
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One page of what was found; `total` counts all pages together, at most BEST."""

    found: tuple[Found, ...]
    total: int
    number: int
    pages: int


def passages(answerer: Answerer, wanted: Wanted, number: int = 1) -> FoundPage:
    """Return the `number`-th page, from 1, of the passages found, best first. Raises BadQuestion, NotReady."""
    hits = list(_hits(answerer, wanted))[:BEST]
    pages = max(1, -(-len(hits) // PER_PAGE))
    number = min(max(1, number), pages)
    shown = hits[(number - 1) * PER_PAGE : number * PER_PAGE]
    found = tuple(Found(hit, tuple(marked(hit.passage.text, wanted.words))) for hit in shown)
    return FoundPage(found, len(hits), number, pages)


def _hits(answerer: Answerer, wanted: Wanted) -> Iterator[Hit]:
    drugs = frozenset(name.strip() for name in wanted.drug.split(",") if name.strip())
    filters = Filters(drugs=drugs, year_from=wanted.year_from, year_to=wanted.year_to)
    k = BEST_OF_SECTION if wanted.section else BEST
    for hit in answerer.search(wanted.words, kind=wanted.kind, k=k, filters=filters):
        if is_in(hit.section, wanted.section):
            yield hit


def is_in(section: Section, name: str) -> bool:
    """Return whether a section is, or lies in, the one named: "5" means 5.1 too, a title may be cut short."""
    name = name.strip().casefold()
    if not name or section.number == name or section.number.startswith(f"{name}."):
        return True
    if name in (section.code, *section.codes):
        return True
    return not name[0].isdigit() and any(name in title.casefold() for title in section.heading)
