"""An answer laid out for its page: labels under their boxes, references under their documents, rows as tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.document import SourceKind
from qa.answer import Answer, Block, Citation, Claim, Part
from qa.bibliography.numbers import runs
from qa.web.held import Held

BOXED = "34066-1"
KINDS = {
    SourceKind.GUIDELINE: ("From the Guidelines", "Guidelines"),
    SourceKind.LABEL: ("From the FDA Drug Label", "FDA drug labels"),
    SourceKind.RESEARCH: ("From the Research", "Research"),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A document cited, with its citations by section."""

    held: Held
    sections: tuple[tuple[Citation, ...], ...]

    @property
    def numbers(self) -> str:
        """Return the numbers of its citations as they are printed: "1–3, 5"."""
        return runs(citation.n for section in self.sections for citation in section)


@dataclass(frozen=True, slots=True)
class LabelBlock:
    """A section of a label and its points; `boxed` where it is the boxed warning."""

    block: Block
    boxed: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A label quoted, its boxed warning first."""

    version: str
    blocks: tuple[LabelBlock, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines of a claim: one of words, or rows of a table that belong together."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def is_table(self) -> bool:
        """Return whether the lines are rows of cells."""
        return len(self.rows) > 1


def labels(part: Part, citations: Mapping[int, Citation]) -> list[Label]:
    """Return the part's blocks by label, in the order of their first."""
    by_version: dict[str, list[LabelBlock]] = {}
    for block in part.blocks:
        cited = [citations[n] for claim in block.claims for n in claim.quoted]
        boxed = bool(cited) and all(one.loinc == BOXED for one in cited)
        by_version.setdefault(cited[0].version if cited else "", []).append(LabelBlock(block, boxed))
    return [
        Label(version, tuple(sorted(blocks, key=lambda one: not one.boxed))) for version, blocks in by_version.items()
    ]


def references(answer: Answer, held: Mapping[str, Held]) -> list[tuple[SourceKind, list[Reference]]]:
    """Return the documents cited, by kind and then in the order of their first citation."""
    first: dict[tuple[str, str], int] = {}
    for one in answer.citations:
        first.setdefault((one.version, ""), one.n)
        first.setdefault((one.version, one.section.id), one.n)
    ordered = sorted(answer.citations, key=lambda c: (first[c.version, ""], first[c.version, c.section.id], c.n))
    found: dict[SourceKind, list[Reference]] = {kind: [] for kind in SourceKind}
    for version, own in groupby(ordered, key=lambda one: one.version):
        sections = tuple(tuple(cited) for _, cited in groupby(own, key=lambda one: one.section.id))
        found[sections[0][0].kind].append(Reference(held[version], sections))
    return [(kind, own) for kind, own in found.items() if own]


def pieces(text: str) -> Iterator[Piece]:
    """Yield a claim's lines in order; neighbours with equally many cells, two or more, together."""

    def cells(line: str) -> tuple[str, ...]:
        return tuple(cell.strip() for cell in line.split(" | "))

    for width, lines in groupby((cells(line) for line in text.split("\n")), key=len):
        rows = tuple(lines)
        if width > 1:
            yield Piece(rows)
        else:
            yield from (Piece((row,)) for row in rows)


def studies(claim: Claim, citations: Mapping[int, Citation], held: Mapping[str, Held]) -> list[Held]:
    """Return the documents that a claim cites, each once, in order."""
    return [held[version] for version in dict.fromkeys(citations[n].version for n in claim.citations)]


def sections_of(parts: Sequence[Part]) -> list[tuple[str, str, int]]:
    """Return (anchor, title, number of points) of every part that has any, for the list of contents."""
    counted = [(part.kind, sum(len(block.claims) for block in part.blocks)) for part in parts]
    return [(kind.value, KINDS[kind][0], points) for kind, points in counted if points]
