"""What the FAISS engines share: the memory-mapped file, filtered search, ties by row."""

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import Inconsistent

# One question at a time is not spread over threads by FAISS; more of them only wait on one another.
faiss.omp_set_num_threads(1)

BLOCK = 8192
# Fewer rows than this are compared directly: cheaper than a pass and a second look, or than a pass with a selector.
FEW = 2048


class FaissEngine(ABC):
    """A flat FAISS index over inner products, which is passed over in full.

    Where it holds the vectors rounded, `error` is the most that one of its scores can be off by:
    those nearest by it, `extra` more than asked for at first, are compared in full, until no row
    that was not can belong to the best.
    """

    error = 0.0
    extra = 16

    def __init__(self, index: Any) -> None:
        self._index = index

    @abstractmethod
    def _in_full(self, rows: NDArray[np.int64] | None) -> NDArray[np.float32]:
        """Return the vectors of some rows, or of all, as they were given, shape (rows, dim)."""

    @staticmethod
    def _filled(index: Any, vectors: NDArray[np.float32]) -> Any:
        """Return the index with the vectors in it, read a block at a time."""
        index.is_trained = True  # neither full nor half precision has anything to learn
        for start in range(0, len(vectors), BLOCK):
            index.add(np.ascontiguousarray(vectors[start : start + BLOCK], np.float32))
        return index

    @staticmethod
    def _read(path: Path) -> Any:
        try:
            return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            reason = str(error).strip().splitlines()[-1]
            raise Inconsistent(f"{path} is not a vector index ({reason}): run `curbside index`") from None

    def save(self, path: Path) -> None:
        """Write one file at path."""
        faiss.write_index(self._index, str(path))

    def search(
        self, vector: NDArray[np.float32], k: int, rows: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return at most k (rows, cosines), best first, ties by row; only among `rows` where given."""
        among = len(self) if rows is None else len(rows)
        if k < 1 or not among:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if among <= FEW:
            compared = np.arange(among) if rows is None else rows
            return _best(compared, np.einsum("ij,j->i", self._in_full(rows), vector), k)
        parameters = None if rows is None else self._only(rows)
        wanted = k + self.extra
        while True:
            wanted = min(wanted, among)
            scanned, seen = self._index.search(vector[None, :], wanted, params=parameters)
            # What lies further behind the k-th than both may be off by is not among the best: it need not be read.
            near = seen[0][scanned[0] >= scanned[0, min(k, wanted) - 1] - 2 * self.error]
            found, scores = _best(near, self.cosines(vector, near), k)
            # A row not seen scores at most this; were it a tie, it might be a lower row: look further.
            if wanted == among or scanned[0, -1] + self.error < scores[-1]:
                return found, scores
            wanted *= 2

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the inner product of each of the rows with the vector, in the rows' order."""
        if not len(rows):
            return np.empty(0, np.float32)
        # Each row by itself, so that equal vectors have equal scores wherever they stand.
        cosines: NDArray[np.float32] = np.einsum("ij,j->i", self._in_full(rows), vector)
        return cosines

    def _only(self, rows: NDArray[np.int64]) -> Any:
        """Return search parameters that let through these rows: a bit a row, as a set of many is slow to ask."""
        mask = np.zeros(len(self), bool)
        mask[rows] = True
        python: Any = faiss  # its own types do not know what its wrappers take
        # Given to the constructor, the selector lives as long as the parameters; set as an attribute it would not.
        return python.SearchParameters(sel=python.IDSelectorBitmap(np.packbits(mask, bitorder="little")))

    def __len__(self) -> int:
        return int(self._index.ntotal)


def _best(
    rows: NDArray[np.int64], scores: NDArray[np.float32], k: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    if len(scores) > 2 * k:  # only those that reach the k-th highest score are put in order
        reached = np.flatnonzero(scores >= np.partition(scores, -k)[-k])
        rows, scores = rows[reached], scores[reached]
    order = np.lexsort((rows, -scores))[:k]
    return rows[order], scores[order]
