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
        bounds = [0, *np.cumsum((ends - starts) * self._width).tolist()]
        data = memoryview(bytearray(bounds[-1]))
        for place, start in enumerate(starts.tolist()):
            self._fill(data[bounds[place] : bounds[place + 1]], start * self._width)
        return np.frombuffer(data, self._dtype).reshape(-1, self._dim)

    def _fill(self, data: memoryview, offset: int) -> None:
        while len(data):
            read = os.preadv(self._handle, [data[: 2**30]], offset)  # one call gives 2 GiB at most
            if not read:
                raise Inconsistent(f"{self._path} ends before byte {offset + len(data)}: run `curbside index`")
            data, offset = data[read:], offset + read
