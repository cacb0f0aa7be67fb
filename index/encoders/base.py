"""What an encoder does for us: texts in, unit vectors out, its own tokens counted."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """One sentence encoder; every file in this folder beside this one holds one."""

    @property
    def fingerprint(self) -> str:
        """Return what decides the vectors: model, weights' hash, precision. Cache keys and manifests carry it."""

    @property
    def dim(self) -> int:
        """Return the length of a vector."""

    @property
    def max_tokens(self) -> int:
        """Return how many of its own tokens, specials included, it reads before it cuts."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return each text's number of tokens, specials included, uncut."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), dim), float32, in the texts' order."""
