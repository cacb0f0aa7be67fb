"""Questions with the documents that answer them: SciFact claims, PubMedQA, MedicationQA."""

import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.document import Document
from evals import corpora
from evals.label_corpora import label_documents, medicationqa_key

CLAIMS = ("nDCG@10", "R@100")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the keys of the documents that answer it."""

    id: str
    text: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """A collection, its questions, and the measures that it is judged by (names of ir-measures)."""

    name: str
    documents: tuple[Document, ...]
    asked: tuple[Asked, ...]
    measures: tuple[str, ...]


def retrieval_sets(shared: Path) -> Iterator[RetrievalSet]:
    """Yield the sets. Every question has at least one document that answers it in the collection."""
    data = shared / "data"
    yield RetrievalSet("SciFact, training claims", tuple(corpora.scifact(data)), tuple(_claims(data)), CLAIMS)
    yield RetrievalSet("PubMedQA", tuple(_with_subjects(data)), tuple(_pubmedqa(data)), ("Success@1", "Success@5"))
    yield RetrievalSet(
        "MedicationQA", tuple(label_documents(data)), tuple(_medication(data)), ("Success@1", "Success@5")
    )


def _claims(data: Path) -> Iterator[Asked]:
    for row in _lines((data / "scifact/claims_train.jsonl").read_text(encoding="utf-8").splitlines()):
        yield Asked(row["id"], row["claim"], frozenset(f"bench:scifact-{one}" for one in row["cited"]))


def _pubmedqa(data: Path) -> Iterator[Asked]:
    for row in _lines((data / "gold/pubmedqa.jsonl").read_text(encoding="utf-8").splitlines()):
        yield Asked(row["pmid"], row["question"], frozenset({f"bench:pubmedqa-{row['pmid']}"}))


def _with_subjects(data: Path) -> Iterator[Document]:
    """Yield the abstracts with their MeSH headings, as PubMed's records have them."""
    subjects: dict[str, tuple[str, ...]] = {}
    with lzma.open(data / "research/pubmedqa_abstracts.jsonl.xz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            subjects[f"bench:pubmedqa-{row['pmid']}"] = tuple(row["mesh"])
    for document in corpora.pubmedqa(data):
        yield replace(document, subjects=subjects[document.key])


def _medication(data: Path) -> Iterator[Asked]:
    for row in _lines((data / "gold/medicationqa.jsonl").read_text(encoding="utf-8").splitlines()):
        yield Asked(row["id"], row["question"], frozenset({medicationqa_key(row["id"])}))


def _lines(lines: Sequence[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.strip():
            yield json.loads(line)
