"""Rows of numbers in a file, read where they are needed.

Mapped into memory, a file's pages would count as memory of the service, 64 KiB for every row looked at.
"""

import os
import weakref
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import Inconsistent


class RowFile:
    """A file of rows of `dim` numbers of one type. It stays open, and may be read from many threads."""

    def __init__(self, path: Path, dtype: Any, dim: int) -> None:
        self._path = path
        self._dtype = np.dtype(dtype)
        self._dim = dim
        try:
            file = path.open("rb", buffering=0)
        except OSError as error:
            raise Inconsistent(f"{path} cannot be read ({error.strerror}): run `curbside index`") from None
        weakref.finalize(self, file.close)
        self._handle = file.fileno()
        self._width = self._dtype.itemsize * dim

    def runs(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[Any]:
        """Return the rows [start, end) of every run, one under another. Raises Inconsistent past the end."""
        if len(starts) > 1:  # what lies side by side is read in one call
            apart = starts[1:] != ends[:-1]
            starts = starts[np.concatenate((_TRUE, apart))]
            ends = ends[np.concatenate((apart, _TRUE))]
        sizes = ((ends - starts) * self._width).tolist()
        places = (starts * self._width).tolist()
        read = os.pread  # a file is read in a third less time as bytes joined than into a buffer, piece by piece
        parts = [read(self._handle, size, place) for size, place in zip(sizes, places, strict=True)]
        for number, (part, size, place) in enumerate(zip(parts, sizes, places, strict=True)):
            if len(part) != size:
                parts[number] = self._whole(part, size, place)
        return np.frombuffer(parts[0] if len(parts) == 1 else b"".join(parts), self._dtype).reshape(-1, self._dim)

    def _whole(self, part: bytes, size: int, place: int) -> bytes:
        """Return a run of which one call gave a part only: it gives 2 GiB at most."""
        found = [part]
        while part and (size := size - len(part)):
            place += len(part)
            part = os.pread(self._handle, size, place)
            found.append(part)
        if size:
            raise Inconsistent(f"{self._path} ends before byte {place + size}: run `curbside index`")
        return b"".join(found)


_TRUE = np.ones(1, bool)
