"""Hit and Filters: what a search returns and what it may be narrowed to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.document import Document, Integrity, Section, SourceKind
from corpus.passage import Passage

EVIDENCE = frozenset(state for state in Integrity if state.is_evidence)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which passages a search may return; an empty field does not narrow.

    `drugs` are names, brand or generic, matched without case against a document's drugs and brands.
    """

    kinds: frozenset[SourceKind] = frozenset()
    drugs: frozenset[str] = frozenset()
    year_from: int | None = None
    year_to: int | None = None
    integrity: frozenset[Integrity] = field(default=EVIDENCE)


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found. `row` is its number in the snapshot; `parts` names each searcher's share of `score`."""

    rank: int
    score: float
    parts: Mapping[str, float]
    row: int
    passage: Passage
    section: Section
    document: Document
