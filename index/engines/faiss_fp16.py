"""The exact engine for large collections: a pass over half-precision vectors, the nearest compared in full."""

from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from index.faiss_engine import BLOCK, FEW, FaissEngine
from index.row_file import RowFile


class FaissFp16(FaissEngine):
    """A flat FAISS index of float16 vectors; those of float32 stay on the disk, and only the nearest are read.

    The results are those of the plain engine: rounding a unit vector to float16 moves its inner
    product with another by at most 2^-11, and what lies within that of the last place is looked at.
    """

    error = 2**-11 + 1e-5  # and what is too small for float16 to hold in full
    extra = 64

    def __init__(self, index: Any, vectors: "NDArray[np.float32] | RowFile") -> None:
        super().__init__(index)
        self._vectors = vectors

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> Self:
        """Return an engine over unit vectors, shape (n, dim), which it goes on reading."""
        index = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        return cls(cls._filled(index, vectors), vectors)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the engine saved at path, memory-mapped. Raises Inconsistent for bytes that are no index."""
        index = cls._read(path)
        file = RowFile(full_vectors(path), "<f4", index.d)
        # So few are compared in full with every question: they are read once.
        few = np.arange(index.ntotal) if index.ntotal <= FEW else None
        return cls(index, file if few is None else file.runs(few[:1], few[-1:] + 1))

    def save(self, path: Path) -> None:
        """Write the rounded vectors at path, and the full ones beside it."""
        super().save(path)
        with full_vectors(path).open("wb") as file:
            for start in range(0, len(self), BLOCK):
                rows = np.arange(start, min(start + BLOCK, len(self)))
                file.write(self._in_full(rows).astype("<f4").tobytes())

    def _in_full(self, rows: NDArray[np.int64] | None) -> NDArray[np.float32]:
        if rows is None:
            rows = np.arange(len(self))
        if isinstance(self._vectors, RowFile):
            return self._vectors.runs(rows, rows + 1)
        return np.asarray(self._vectors[rows], np.float32)


def full_vectors(path: Path) -> Path:
    """Return where the full vectors of the engine saved at path lie."""
    return path.with_name(f"{path.name}.f32")


ENGINE = FaissFp16
