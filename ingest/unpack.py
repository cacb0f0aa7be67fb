"""Compressed bytes, unpacked in pieces and stopped at a limit: no bomb gets to fill the memory."""

import gzip
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import RawIOBase
from typing import IO, TYPE_CHECKING

from corpus.errors import UnreadableFile

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MIB = 1024 * 1024
PIECE = 256 * 1024
GZIP = b"\x1f\x8b"
XZ = b"\xfd7zXZ\x00"


@dataclass(frozen=True, slots=True)
class Limits:
    """What ingest takes from one file, and from one archive as a whole.

    `max_bytes` is a file's size unpacked. `max_ratio` is how many times its own size an archive
    may unpack to, above the first `free_bytes`: real text packs 5 to 30 times, a bomb 1,000 times.
    """

    max_bytes: int = 256 * MIB
    max_ratio: int = 200
    free_bytes: int = 16 * MIB
    max_members: int = 1_000_000

    def too_large(self, size: int) -> UnreadableFile:
        """Return the error for a file over `max_bytes`."""
        return UnreadableFile(
            f"the file is too large: {size / MIB:,.0f} MiB unpacked or more, the limit is {self.max_bytes / MIB:,.0f} "
            "MiB (setting max_file_mb): split it, or raise the limit"
        )


DEFAULT_LIMITS = Limits()


class Bomb(UnreadableFile):
    """An archive that unpacks to far more than its size; none of the rest of it is read."""


class Budget:
    """What one archive may still unpack to; shared by all its members."""

    def __init__(self, packed: int, limits: Limits) -> None:
        self.packed = packed
        self.limits = limits
        self.unpacked = 0

    def spend(self, size: int) -> None:
        """Count bytes that came out. Raises Bomb once they are out of all proportion."""
        self.unpacked += size
        if self.unpacked > self.limits.free_bytes + self.limits.max_ratio * self.packed:
            raise Bomb(
                f"the archive looks like a decompression bomb: its {self.packed:,} bytes gave "
                f"{self.unpacked:,} so far, over {self.limits.max_ratio} times as much; the rest of it was not read"
            )


def read_limited(file: IO[bytes], budget: Budget) -> bytes:
    """Return all of a file. Raises UnreadableFile where it is over a limit, damaged or cut short."""
    pieces, size = [], 0
    with damage_reported():
        while piece := file.read(PIECE):
            budget.spend(len(piece))
            size += len(piece)
            if size > budget.limits.max_bytes:
                raise budget.limits.too_large(size)
            pieces.append(piece)
    return b"".join(pieces)


class Metered(RawIOBase):
    """The content of a gz or xz file as a stream, every byte of it counted against a budget."""

    def __init__(self, packed: IO[bytes], budget: Budget) -> None:
        is_gzip = packed.read(2) == GZIP
        packed.seek(0)
        self._file = gzip.GzipFile(fileobj=packed) if is_gzip else lzma.LZMAFile(packed)  # noqa: SIM115 - closed with `packed`
        self._budget = budget

    def readable(self) -> bool:
        """Return True: a stream is for reading."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill the buffer as far as one piece goes and return how far. Raises Bomb."""
        view = memoryview(buffer)
        piece = self._file.read1(min(len(view), PIECE))
        self._budget.spend(len(piece))
        view[: len(piece)] = piece
        return len(piece)


@contextmanager
def damage_reported() -> Iterator[None]:
    """Turn what the unpacking libraries raise on damaged bytes into UnreadableFile."""
    try:
        yield
    except EOFError as error:
        raise UnreadableFile(f"the compressed file is cut short: {error}") from error
    except (zlib.error, lzma.LZMAError, gzip.BadGzipFile) as error:
        raise UnreadableFile(f"the compressed file is damaged: {error}") from error
