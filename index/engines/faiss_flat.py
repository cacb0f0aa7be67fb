"""The plain exact engine: every vector in float32, compared with every question."""

from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from index.faiss_engine import FaissEngine


class FaissFlat(FaissEngine):
    """A flat FAISS index: 1,536 bytes a passage at 384 dimensions, all of them read for every question."""

    error = 1e-6  # FAISS and numpy add up in different orders

    def __init__(self, index: Any) -> None:
        super().__init__(index)
        # FAISS's own memory as an array: reading a row through FAISS takes longer than comparing it.
        python: Any = faiss  # its own types do not know this
        flat = python.rev_swig_ptr(index.get_xb(), index.ntotal * index.d)
        self._vectors: NDArray[np.float32] = flat.reshape(-1, index.d)

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> Self:
        """Return an engine over unit vectors, shape (n, dim)."""
        return cls(cls._filled(faiss.IndexFlatIP(vectors.shape[1]), vectors))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the engine saved at path, memory-mapped. Raises Inconsistent for bytes that are no index."""
        return cls(cls._read(path))

    def _in_full(self, rows: NDArray[np.int64] | None) -> NDArray[np.float32]:
        return self._vectors if rows is None else self._vectors[rows]


ENGINE = FaissFlat
