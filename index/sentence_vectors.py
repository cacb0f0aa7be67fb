"""The vectors of a snapshot's sentences, in half precision, in the order of the passages."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.row_file import RowFile

# Up to this they are held in memory, in full precision.
IN_MEMORY_BYTES = 64 * 2**20
# To copy a vector of those in memory and compare it takes as long as to compare so many where they lie.
COPYING = 3


class SentenceVectors:
    """Passage row → unit vectors of its sentences; `bounds` has the first sentence of each row, and the end."""

    def __init__(self, path: Path, bounds: NDArray[np.int64], dim: int, in_memory_bytes: int = IN_MEMORY_BYTES) -> None:
        self._bounds, self._dim = bounds, dim
        self._file = RowFile(path, "<f2", dim)
        whole = int(bounds[-1]) * dim * 4 <= in_memory_bytes
        self._held = self._read(np.zeros(1, np.int64), bounds[-1:]) if whole else None

    def of(self, row: int) -> NDArray[np.float32]:
        """Return the vectors of a row's sentences, shape (sentences, dim), in their order."""
        start, end = self._bounds[row : row + 1], self._bounds[row + 1 : row + 2]
        return self._read(start, end) if self._held is None else self._held[start[0] : end[0]]

    def maxima(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return for each row the cosine of the vector with the nearest of its sentences; -1 where it has none."""
        best = np.full(len(rows), -1.0, np.float32)
        starts, ends = self._bounds[rows], self._bounds[rows + 1]
        held = ends > starts
        if held.any():
            cosines, first = self._cosines(vector, rows[held], starts[held], ends[held])
            # A maximum from each beginning and from each end on: the first of each two is that of a row.
            both = np.stack((first, first + ends[held] - starts[held]), axis=1).ravel()
            best[held] = np.maximum.reduceat(np.append(cosines, np.float32(-1)), both)[::2]
        return best

    def _cosines(
        self, vector: NDArray[np.float32], rows: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return cosines of sentences, and where each row's begin among them."""
        low, high = int(starts.min()), int(ends.max())
        if self._held is not None and high - low <= COPYING * int((ends - starts).sum()):
            return np.einsum("ij,j->i", self._held[low:high], vector), starts - low
        vectors, offsets = self.gathered(rows)
        return np.einsum("ij,j->i", vectors, vector), offsets[:-1]

    def gathered(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return the vectors of all sentences of some rows, one under another, and where each row's begin.

        The second has len(rows) + 1 numbers: row i has the vectors [second[i], second[i + 1]).
        """
        starts, ends = self._bounds[rows], self._bounds[rows + 1]
        offsets = np.concatenate((np.zeros(1, np.int64), np.cumsum(ends - starts)))
        if self._held is None:
            return self._read(starts, ends), offsets
        flat = np.repeat(starts - offsets[:-1], ends - starts) + np.arange(offsets[-1])
        return self._held[flat], offsets

    def _read(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.float32]:
        return _widened(self._file.runs(starts, ends))


def _widened(numbers: NDArray[np.float16]) -> NDArray[np.float32]:
    """Return finite float16 numbers as float32, exactly, six times as fast as numpy: by moving their bits.

    Sign and the rest go to where float32 has them; then the exponent is off by 127 - 15.
    """
    bits = numbers.view(np.int16).astype(np.int32)
    bits <<= 13
    bits &= ~0x70000000  # the sign was spread over these three bits
    wide = bits.view(np.float32)
    wide *= np.float32(2.0**112)
    return wide
