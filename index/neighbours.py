"""Neighbours: what the passages beside a passage score counts for it too."""

import numpy as np
from numpy.typing import NDArray


def adjoining(rows: NDArray[np.int64], documents: NDArray[np.int32], wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return for each candidate but the last whether the next one is the next passage of the same document.

    All three are by candidate, `rows` and `documents` of the snapshot; False where either is not wanted.
    """
    following: NDArray[np.bool_] = (np.diff(rows) == 1) & (np.diff(documents) == 0) & wanted[:-1] & wanted[1:]
    return following


def best_of_neighbours(scores: NDArray[np.float32], following: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return for each candidate the best score among its own and those of the passages before and after it."""
    best = scores.copy()
    best[:-1] = np.where(following, np.maximum(best[:-1], scores[1:]), best[:-1])
    best[1:] = np.where(following, np.maximum(best[1:], scores[:-1]), best[1:])
    return best
