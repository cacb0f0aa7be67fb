"""The vectors of a snapshot's sentences, in half precision, in the order of the passages."""

import os
import weakref
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import Inconsistent

# Up to this they are held in memory. A larger file is read where it is needed: mapped, its pages would
# count as memory of the service one by one, 64 KiB for every passage looked at.
IN_MEMORY_BYTES = 64 * 2**20


class SentenceVectors:
    """Passage row → unit vectors of its sentences; `bounds` has the first sentence of each row, and the end."""

    def __init__(self, path: Path, bounds: NDArray[np.int64], dim: int, in_memory_bytes: int = IN_MEMORY_BYTES) -> None:
        self._path, self._bounds, self._dim = path, bounds, dim
        try:
            self._file = path.open("rb", buffering=0)
        except OSError as error:
            raise Inconsistent(f"{path} cannot be read ({error.strerror}): run `curbside index`") from None
        weakref.finalize(self, self._file.close)
        total = int(bounds[-1])
        self._held = _widened(self._read(0, total)) if total * dim * 4 <= in_memory_bytes else None

    def of(self, row: int) -> NDArray[np.float32]:
        """Return the vectors of a row's sentences, shape (sentences, dim), in their order."""
        start, end = int(self._bounds[row]), int(self._bounds[row + 1])
        return _widened(self._read(start, end)) if self._held is None else self._held[start:end]

    def maxima(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return for each row the cosine of the vector with the nearest of its sentences; -1 where it has none."""
        vectors, offsets = self.gathered(rows)
        held = np.diff(offsets) > 0
        best = np.full(len(rows), -1.0, np.float32)
        if held.any():
            best[held] = np.maximum.reduceat(vectors @ vector, offsets[:-1][held])
        return best

    def gathered(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return the vectors of all sentences of some rows, one under another, and where each row's begin.

        The second has len(rows) + 1 numbers: row i has the vectors [second[i], second[i + 1]).
        """
        starts, ends = self._bounds[rows], self._bounds[rows + 1]
        offsets = np.concatenate((np.zeros(1, np.int64), np.cumsum(ends - starts)))
        if self._held is not None:
            flat = np.repeat(starts - offsets[:-1], ends - starts) + np.arange(offsets[-1])
            return self._held[flat], offsets
        parts = [self._read(int(a), int(b)) for a, b in zip(starts, ends, strict=True)]
        nothing = np.empty((0, self._dim), np.float16)
        return _widened(np.concatenate([nothing, *parts])), offsets

    def _read(self, start: int, end: int) -> NDArray[np.float16]:
        width = self._dim * 2
        data = _read_all(self._file.fileno(), (end - start) * width, start * width)
        if len(data) != (end - start) * width:
            raise Inconsistent(f"{self._path} ends before sentence {end}: run `curbside index`")
        return np.frombuffer(data, "<f2").reshape(-1, self._dim)


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


def _read_all(handle: int, size: int, offset: int) -> bytes:
    """Return the bytes at an offset, fewer at the end of the file; one call gives 2 GiB at most."""
    parts = []
    while size:
        part = os.pread(handle, min(size, 2**30), offset)
        if not part:
            break
        parts.append(part)
        size, offset = size - len(part), offset + len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)
