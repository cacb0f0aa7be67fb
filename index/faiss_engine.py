"""What the FAISS engines share: the memory-mapped file, filtered search, ties by row."""

from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import Inconsistent

# One question at a time is not spread over threads by FAISS; more of them only wait on one another.
faiss.omp_set_num_threads(1)

BLOCK = 8192
EXTRA = 16
# Fewer rows than this are fetched and compared directly: cheaper than a pass over all with a selector.
FEW = 2048


class FaissEngine:
    """A FAISS index over inner products, searched in full.

    `scan` looks through all vectors, `exact` holds them in float32. Where `scan` holds them
    rounded, `error` is the most that one of its scores can be off by, and the search goes on until
    no row that it has not seen can belong to the best.
    """

    error = 0.0

    def __init__(self, index: Any) -> None:
        self._index = index
        self._scan = index
        self._exact = index

    @classmethod
    def _empty(cls, dim: int) -> Any:
        """Return an index without vectors."""
        raise NotImplementedError

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> Self:
        """Return an engine over unit vectors, shape (n, dim), read a block at a time."""
        index = cls._empty(vectors.shape[1])
        for start in range(0, len(vectors), BLOCK):
            index.add(np.ascontiguousarray(vectors[start : start + BLOCK], np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the engine saved at path, memory-mapped. Raises Inconsistent for bytes that are no index."""
        try:
            return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))
        except (RuntimeError, AttributeError) as error:
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
        if rows is not None and among <= FEW:
            return _best(rows, self.cosines(vector, rows), k)
        selector = None if rows is None else faiss.IDSelectorBatch(rows)
        parameters = None if selector is None else faiss.SearchParameters()
        if parameters is not None:
            parameters.sel = selector
        wanted = k + EXTRA
        while True:
            wanted = min(wanted, among)
            scanned, seen = self._scan.search(vector[None, :], wanted, params=parameters)
            found, scores = _best(seen[0], self.cosines(vector, seen[0]), k)
            # A row not seen scores at most this; were it a tie, it might be a lower row: look further.
            if wanted == among or scanned[0, -1] + self.error < scores[-1]:
                return found, scores
            wanted *= 2

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the inner product of each of the rows with the vector, in the rows' order."""
        if not len(rows):
            return np.empty(0, np.float32)
        vectors: NDArray[np.float32] = self._exact.reconstruct_batch(rows)
        # One row at a time, so that equal vectors have equal scores wherever they stand.
        cosines: NDArray[np.float32] = np.einsum("ij,j->i", vectors, vector)
        return cosines

    def __len__(self) -> int:
        return int(self._index.ntotal)


def _best(
    rows: NDArray[np.int64], scores: NDArray[np.float32], k: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    order = np.lexsort((rows, -scores))[:k]
    return rows[order], scores[order]
