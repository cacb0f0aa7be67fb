"""Small corpora and encoders for the index's tests: words hashed to numbers, every call counted."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document, Integrity, Section, SourceKind
from corpus.passage import Passage, Sentence, SplitDocument, passage_id


class WordEncoder:
    """Texts with the same words get like vectors; `seen` holds every text that was encoded, in order."""

    max_tokens = 64

    def __init__(self, fingerprint: str = "words/1", dim: int = 32) -> None:
        self.fingerprint = fingerprint
        self.dim = dim
        self.seen: list[str] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) + 2 for text in texts]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.seen += texts
        return np.stack([self._vector(text) for text in texts]) if texts else np.empty((0, self.dim), np.float32)

    def _vector(self, text: str) -> NDArray[np.float32]:
        total = np.full(self.dim, 1e-3, np.float32)
        for word in text.lower().replace(".", " ").split():
            seed = int.from_bytes(hashlib.sha256(word.encode("utf-8", "replace")).digest()[:8], "little")
            total += np.random.default_rng(seed).standard_normal(self.dim, np.float32)
        unit: NDArray[np.float32] = total / np.linalg.norm(total)
        return unit.astype(np.float32)


def split_document(
    key: str,
    *texts: str,
    kind: SourceKind = SourceKind.RESEARCH,
    year: int | None = None,
    drugs: tuple[str, ...] = (),
    brands: tuple[str, ...] = (),
    integrity: Integrity = Integrity.CURRENT,
) -> SplitDocument:
    """Return a document with one section and one passage a text; sentences end with ". "."""
    sections = tuple(Section((f"Part {n}",), text, number=str(n)) for n, text in enumerate(texts, 1))
    document = Document(
        key, kind, f"Title of {key}", sections, year=year, drugs=drugs, brands=brands, integrity=integrity
    )
    passages = []
    for n, section in enumerate(sections):
        spans, start = [], 0
        for piece in section.text.split(". "):
            end = min(len(section.text), start + len(piece) + 1)
            spans.append(Sentence(start, end))
            start = end + 1
        end = len(section.text)
        passages.append(Passage(passage_id(key, section.id, 0, end), n, 0, end, section.text, tuple(spans)))
    return SplitDocument(document, tuple(passages))


def small_corpus() -> list[SplitDocument]:
    """Return seven documents: two guidelines, two labels, three articles of which one is retracted."""
    return [
        split_document(
            "guideline:a", "Offer bisphosphonates first. Measure bone density.", kind=SourceKind.GUIDELINE, year=2020
        ),
        split_document("guideline:b", "Screen women from 65 years.", kind=SourceKind.GUIDELINE, year=2025),
        split_document(
            "spl:evenity",
            "Romosozumab may raise the risk of myocardial infarction. Do not start it within a year of a stroke.",
            "The dose is 210 mg once a month. Give two injections.",
            kind=SourceKind.LABEL,
            drugs=("romosozumab",),
            brands=("Evenity",),
        ),
        split_document(
            "spl:prolia",
            "Denosumab may lower calcium. Correct calcium first.",
            kind=SourceKind.LABEL,
            drugs=("denosumab",),
            brands=("Prolia",),
        ),
        split_document("pmid:1", "Romosozumab raised bone density in women.", year=2016, drugs=("romosozumab",)),
        split_document("pmid:2", "Alendronate after romosozumab kept bone density.", year=2018),
        split_document("pmid:3", "Romosozumab raised bone density in men.", year=2019, integrity=Integrity.RETRACTED),
    ]
