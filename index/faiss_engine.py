"""What the FAISS engines share: building, the memory-mapped file, filtered search, ties by row."""

from abc import ABC, abstractmethod
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


class FaissEngine(ABC):
    """A flat FAISS index over inner products; what a vector is stored as is the subclass's."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @staticmethod
    @abstractmethod
    def _empty(vectors: NDArray[np.float32]) -> Any:
        """Return an index without vectors, ready to take vectors like these."""

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> Self:
        """Return an engine over unit vectors, shape (n, dim), read a block at a time."""
        index = cls._empty(vectors)
        for start in range(0, len(vectors), BLOCK):
            index.add(np.ascontiguousarray(vectors[start : start + BLOCK], np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the engine saved at path, memory-mapped. Raises Inconsistent for bytes that are no index."""
        try:
            return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))
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
        if rows is not None and among <= FEW:
            return _best(rows, self.cosines(vector, rows), k)
        selector = None if rows is None else faiss.IDSelectorBatch(rows)
        parameters = None if selector is None else faiss.SearchParameters()
        if parameters is not None:
            parameters.sel = selector
        wanted = k + EXTRA
        while True:
            wanted = min(wanted, among)
            scores, found = self._index.search(vector[None, :], wanted, params=parameters)
            # A tie that goes on past the end might hide a lower row: look further.
            if wanted == among or scores[0, -1] < scores[0, k - 1]:
                return _best(found[0], scores[0], k)
            wanted *= 2

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the inner product of each of the rows with the vector, in the rows' order."""
        if not len(rows):
            return np.empty(0, np.float32)
        vectors: NDArray[np.float32] = self._index.reconstruct_batch(rows)
        return vectors @ vector

    def __len__(self) -> int:
        return int(self._index.ntotal)


def _best(
    rows: NDArray[np.int64], scores: NDArray[np.float32], k: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    order = np.lexsort((rows, -scores))[:k]
    return rows[order], scores[order]
