"""Questions with the documents that answer them, as the gold sets have them: SciFact, PubMedQA, MedicationQA."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document
from evals.gold.base import GoldQuestion
from evals.plugins import load_set

# By gold set: its name in the tables, and the measures that it is judged by.
_JUDGED = {
    "scifact": ("SciFact, training claims", ("nDCG@10", "R@100")),
    "pubmedqa": ("PubMedQA", ("Success@1", "Success@5")),
    "medicationqa": ("MedicationQA", ("Success@1", "Success@5")),
}


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """A collection, its questions, and the measures that it is judged by (names of ir-measures)."""

    name: str
    documents: tuple[Document, ...]
    asked: tuple[GoldQuestion, ...]
    measures: tuple[str, ...]


def retrieval_sets(shared: Path) -> Iterator[RetrievalSet]:
    """Yield the sets. Every question has at least one document that answers it in the collection."""
    for gold_set, (name, measures) in _JUDGED.items():
        gold = load_set(gold_set, shared)
        assert gold.documents is not None  # each of these brings its collection
        yield RetrievalSet(name, tuple(gold.documents()), gold.questions, measures)
