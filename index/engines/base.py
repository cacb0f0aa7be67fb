"""What a vector engine does for us: rows of unit vectors, searched by inner product."""

from pathlib import Path
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray


class Engine(Protocol):
    """One searchable set of unit vectors, numbered by row from 0; built once, then read only."""

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> Self:
        """Return an engine over unit vectors, shape (n, dim)."""

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the engine saved at path, memory-mapped where the library can."""

    def save(self, path: Path) -> None:
        """Write one file at path."""

    def search(
        self, vector: NDArray[np.float32], k: int, rows: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return at most k (rows, cosines), best first, ties by row; only among `rows` where given."""

    def __len__(self) -> int:
        """Return the number of vectors."""
