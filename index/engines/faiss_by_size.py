"""The engine for collections of any size: plain for few passages of a kind, of half precision for many."""

from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.engines.faiss_flat import FaissFlat
from index.engines.faiss_fp16 import FaissFp16, full_vectors

# From so many passages on a pass over half as many bytes saves more than reading the nearest in full costs.
MANY = 10_000


class FaissBySize:
    """A plain index or one of half precision, by how many vectors it holds; the results of both are the same."""

    def __init__(self, engine: FaissFlat | FaissFp16) -> None:
        self._engine = engine

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> Self:
        """Return an engine over unit vectors, shape (n, dim)."""
        return cls(FaissFp16.build(vectors) if len(vectors) >= MANY else FaissFlat.build(vectors))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the engine saved at path, memory-mapped. Raises Inconsistent for bytes that are no index."""
        return cls(FaissFp16.load(path) if full_vectors(path).exists() else FaissFlat.load(path))

    def save(self, path: Path) -> None:
        """Write the index at path, and where it is of half precision the full vectors beside it."""
        self._engine.save(path)

    def search(
        self, vector: NDArray[np.float32], k: int, rows: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return at most k (rows, cosines), best first, ties by row; only among `rows` where given."""
        return self._engine.search(vector, k, rows)

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the inner product of each of the rows with the vector, in the rows' order."""
        return self._engine.cosines(vector, rows)

    def __len__(self) -> int:
        return len(self._engine)


ENGINE = FaissBySize
