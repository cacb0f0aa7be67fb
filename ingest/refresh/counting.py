"""An encoder that counts what it is given: how a refresh knows that it encoded what changed and nothing else."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.encoders.base import Encoder


class CountingEncoder:
    """The encoder it is given, with `encoded`, the number of texts that went through it."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.fingerprint = encoder.fingerprint
        self.dim = encoder.dim
        self.max_tokens = encoder.max_tokens
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the encoder's vectors, and count the texts."""
        self.encoded += len(texts)
        return self._encoder.encode(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the encoder's counts."""
        return self._encoder.count_tokens(texts)
