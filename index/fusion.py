"""Fusion: several searchers' scores of the same candidates become one."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from corpus.document import SourceKind

Weights = Mapping[str, float]

# Chosen on SciFact's training claims, PubMedQA and MedicationQA (docs/retrieval.md has what else was tried).
# A sentence of a label does not name its drug: its likeness to a question about one drug says little.
_OF_TEXT: Weights = {"vector": 0.5, "bm25": 0.4, "sentence": 0.1}
_OF_ARTICLES: Weights = {"vector": 0.3, "bm25": 0.45, "sentence": 0.25}
_OF_LABELS: Weights = {"vector": 0.7, "bm25": 0.3, "sentence": 0.0}
WEIGHTS: Mapping[SourceKind, Weights] = {
    SourceKind.GUIDELINE: _OF_TEXT,
    SourceKind.LABEL: _OF_LABELS,
    SourceKind.RESEARCH: _OF_ARTICLES,
}
# An abstract is a few passages that speak of one thing, and a claim may rest on any of them: in likeness each has the
# best of its own and its neighbours' scores. In BM25 it stands for itself, which keeps neighbours apart. Passages of
# a guideline or of a label stand for themselves in all.
BESIDE_NEIGHBOURS = frozenset({SourceKind.RESEARCH})
SHARED_PARTS = frozenset({"vector", "sentence"})

# float32 sums of the same numbers in another order differ by less than this.
NOISE = 1e-6


def fuse(
    scores: Mapping[str, NDArray[np.float32]], weights: Mapping[str, float | NDArray[np.float32]]
) -> NDArray[np.float32]:
    """Return one score a candidate: the weighted sum of each searcher's scores after min-max over the candidates.

    A weight is one number, or one a candidate; they sum to 1, and then the score is in 0..1. A
    searcher that does not tell the candidates apart gives none of them anything.
    """
    fused: NDArray[np.float32] = np.sum(
        [weights[name] * min_max(one) for name, one in scores.items()], axis=0, dtype=np.float32
    )
    return fused


def min_max(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the scores moved to 0..1; all 0 where they are the same but for rounding."""
    if not len(scores):
        return scores
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high - low > NOISE else np.zeros_like(scores)
