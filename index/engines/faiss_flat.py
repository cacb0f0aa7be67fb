"""The plain exact engine: every vector in float32, compared with every question."""

from pathlib import Path
from typing import Self

import faiss
import numpy as np
from numpy.typing import NDArray

from index.faiss_engine import FaissEngine


class FaissFlat(FaissEngine):
    """A flat FAISS index: 1,536 bytes a passage at 384 dimensions, all of them read for every question."""

    error = 1e-6  # FAISS and numpy add up in different orders

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> Self:
        """Return an engine over unit vectors, shape (n, dim)."""
        return cls(cls._filled(faiss.IndexFlatIP(vectors.shape[1]), vectors))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the engine saved at path, memory-mapped. Raises Inconsistent for bytes that are no index."""
        return cls(cls._read(path))

    def _in_full(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self._index.reconstruct_batch(rows)
        return vectors


ENGINE = FaissFlat
