"""Vectors once encoded, on disk by (text, encoder): a rebuild encodes only what is new."""

import hashlib
import os
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from corpus.errors import Busy, Inconsistent
from index.encoders.base import Encoder

KEY_BYTES = 16
RECORD_BYTES = KEY_BYTES + 4
WINDOW = 512


class VectorCache:
    """Two files that only grow: rows of numbers, and for each row the hash of its text and a checksum.

    The numbers are on the disk before their record is, so a process that is killed loses at most the
    texts in flight, and what a record names is whole. One process writes at a time.
    """

    def __init__(self, folder: Path, encoder: Encoder, dtype: type[np.floating[Any]], wait_s: float = 600.0) -> None:
        self._folder = folder
        self._encoder = encoder
        self._dtype = np.dtype(dtype).newbyteorder("<")
        self._row_bytes = self._dtype.itemsize * encoder.dim
        self._lock = FileLock(folder / "lock")
        self._wait_s = wait_s
        self._rows: dict[bytes, int] = {}

    def __enter__(self) -> Self:
        """Open the files. Raises Busy where another process writes them for longer than `wait_s`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=self._wait_s)
        except Timeout:
            raise Busy(f"another process is writing vectors to {self._folder}: wait until it has ended") from None
        self._numbers: IO[bytes] = (self._folder / f"vectors.{self._dtype.name}").open("a+b")
        self._records: IO[bytes] = (self._folder / "records").open("a+b")
        self._recover()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._numbers.close()
        self._records.close()
        self._lock.release()

    def __len__(self) -> int:
        return len(self._rows)

    def vectors(self, texts: Sequence[str], encoded: Callable[[int], None] = lambda n: None) -> NDArray[np.float32]:
        """Return the texts' vectors, shape (len(texts), dim), in order; encode and keep those not held.

        `encoded` hears how many texts were encoded, as it goes.
        """
        keys = [_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        # Texts of like length together, so that an encoder that pads pads little.
        todo = sorted(new.items(), key=lambda item: len(item[1]))
        for start in range(0, len(todo), WINDOW):
            part = todo[start : start + WINDOW]
            self._append([key for key, _ in part], self._encoder.encode([text for _, text in part]))
            encoded(len(part))
        return self._read([self._rows[key] for key in keys])

    def _append(self, keys: list[bytes], vectors: NDArray[np.float32]) -> None:
        if vectors.shape != (len(keys), self._encoder.dim) or not np.isfinite(vectors).all():
            raise Inconsistent(
                f"the encoder {self._encoder.fingerprint} gave vectors of shape {vectors.shape}, expected "
                f"{(len(keys), self._encoder.dim)}, all finite: run `curbside setup`"
            )
        rows = [row.tobytes() for row in vectors.astype(self._dtype)]
        self._numbers.write(b"".join(rows))
        _flush(self._numbers)
        records = (key + _checksum(row) for key, row in zip(keys, rows, strict=True))
        self._records.write(b"".join(records))
        _flush(self._records)
        for key in keys:
            self._rows[key] = len(self._rows)

    def _read(self, rows: list[int]) -> NDArray[np.float32]:
        if not rows:
            return np.empty((0, self._encoder.dim), np.float32)
        return np.asarray(self._mapped()[rows], np.float32)

    def _mapped(self) -> "np.memmap[Any, np.dtype[Any]]":
        shape = (len(self._rows), self._encoder.dim)
        return np.memmap(self._numbers.name, self._dtype, "r", shape=shape)

    def _recover(self) -> None:
        """Read the records; drop what a killed process left behind the last whole row."""
        self._rows = {}
        records = (self._folder / "records").read_bytes()
        held = min(len(records) // RECORD_BYTES, os.fstat(self._numbers.fileno()).st_size // self._row_bytes)
        held = self._last_whole(records, held)
        self._records.truncate(held * RECORD_BYTES)
        self._numbers.truncate(held * self._row_bytes)
        for row in range(held):
            self._rows[records[row * RECORD_BYTES : row * RECORD_BYTES + KEY_BYTES]] = row
        if len(self._rows) != held:
            raise Inconsistent(f"{self._folder} names a text twice: delete that folder and run `curbside index`")

    def _last_whole(self, records: bytes, held: int) -> int:
        """Return the number of leading rows whose last one agrees with its checksum: a torn write is at the end."""
        while held:
            self._numbers.seek((held - 1) * self._row_bytes)
            wanted = records[held * RECORD_BYTES - 4 : held * RECORD_BYTES]
            if _checksum(self._numbers.read(self._row_bytes)) == wanted:
                break
            held -= 1
        return held


def cache_folder(home: Path, encoder: Encoder, what: str) -> Path:
    """Return where an encoder's vectors of passages or of sentences are kept."""
    return home / "vectors" / encoder.fingerprint.replace("/", "-") / what


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:KEY_BYTES]


def _checksum(row: bytes) -> bytes:
    return zlib.crc32(row).to_bytes(4, "little")


def _flush(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
