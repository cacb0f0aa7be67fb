"""Fusion: several searchers' scores of the same candidates become one."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

# Chosen on the SciFact training claims (bench/retrieval.py prints the alternatives beside them).
WEIGHTS: Mapping[str, float] = {"vector": 0.2, "bm25": 0.5, "sentence": 0.3}

# float32 sums of the same numbers in another order differ by less than this.
NOISE = 1e-6


def fuse(scores: Mapping[str, NDArray[np.float32]], weights: Mapping[str, float] = WEIGHTS) -> NDArray[np.float32]:
    """Return one score a candidate, 0..1: the weighted sum of each searcher's scores after min-max over the candidates.

    A searcher that does not tell the candidates apart gives none of them anything.
    """
    total = sum(weights[name] for name in scores)
    parts = [weights[name] / total * min_max(one) for name, one in scores.items()]
    fused: NDArray[np.float32] = np.sum(parts, axis=0, dtype=np.float32)
    return fused


def min_max(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the scores moved to 0..1; all 0 where they are the same but for rounding."""
    if not len(scores):
        return scores
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high - low > NOISE else np.zeros_like(scores)
