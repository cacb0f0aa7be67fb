"""What a vector engine does for us: rows of unit vectors, searched by inner product."""

import importlib
import pkgutil
from pathlib import Path
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import BadInput


class Engine(Protocol):
    """One searchable set of unit vectors, numbered by row from 0; built once, then read only."""

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> Self:
        """Return an engine over unit vectors, shape (n, dim)."""

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the engine saved at path, memory-mapped where the library can."""

    def save(self, path: Path) -> None:
        """Write a file at path; what belongs to it has a name that begins with its name."""

    def search(
        self, vector: NDArray[np.float32], k: int, rows: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return at most k (rows, cosines), best first, ties by row; only among `rows` where given."""

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the inner product of each of the rows with the vector, in the rows' order."""

    def __len__(self) -> int:
        """Return the number of vectors."""


def engine_names() -> list[str]:
    """Return the names of the engines: the files of this folder beside this one."""
    return sorted(m.name for m in pkgutil.iter_modules([str(Path(__file__).parent)]) if m.name != "base")


def engine_class(name: str) -> type[Engine]:
    """Return the engine that the file of this name holds as ENGINE. Raises BadInput for a name that is no file."""
    if name not in engine_names():
        raise BadInput(f"no vector engine {name!r}: expected one of {', '.join(engine_names())}")
    engine: type[Engine] = importlib.import_module(f"index.engines.{name}").ENGINE
    return engine
