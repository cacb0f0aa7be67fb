"""The members of a zip, gz, xz, tar, tar.gz or tar.xz file, one in memory at a time."""

import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import PurePosixPath
from typing import IO

from corpus.errors import UnreadableFile
from ingest.unpack import GZIP, PIECE, XZ, Bomb, Budget, Limits, Metered, damage_reported, read_limited

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TAR = slice(257, 262)
_HIDDEN = UnreadableFile("hidden (its name begins with a dot)")
_LINK = UnreadableFile("a link or a device within an archive is not followed")


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an archive: its bytes, or why there are none."""

    name: str
    content: bytes | UnreadableFile


def is_archive(file: IO[bytes]) -> bool:
    """Return whether the content is an archive to unpack; a document that is a zip inside is none."""
    head = file.read(512)
    file.seek(0)
    if head.startswith(_ZIP):
        return not _is_document(head)
    return head.startswith((GZIP, XZ)) or head[_TAR] == b"ustar"


def members(name: str, file: IO[bytes], size: int, limits: Limits) -> Iterator[Member]:
    """Yield the members of an archive of `size` bytes in its own order, named "archive!member".

    Raises UnreadableFile where the archive itself is damaged, after the members ahead of the damage.
    """
    budget = Budget(size, limits)
    head = file.read(4)
    file.seek(0)
    if head.startswith(_ZIP):
        yield from _zip(name, file, budget)
    elif head.startswith((GZIP, XZ[:4])):
        yield from _compressed(name, file, budget)
    else:
        yield from _tar(name, file, budget)


def _zip(name: str, file: IO[bytes], budget: Budget) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableFile(f"the zip file is damaged or cut short: {error}") from error
    with archive:
        for n, info in enumerate(archive.infolist()):
            _count_members(n, budget.limits)
            if not info.is_dir():
                yield Member(f"{name}!{info.filename}", _zipped(archive, info, budget))


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes | UnreadableFile:
    if _is_hidden(info.filename):
        return _HIDDEN
    if stat.S_ISLNK(info.external_attr >> 16):
        return _LINK
    if info.flag_bits & 1:
        return UnreadableFile("the zip member is encrypted: unpack it with its password first")
    if info.file_size > budget.limits.max_bytes:
        return budget.limits.too_large(info.file_size)
    try:
        with archive.open(info) as member:
            return read_limited(member, budget)
    except Bomb:
        raise
    except UnreadableFile as error:
        return error
    except NotImplementedError as error:
        return UnreadableFile(f"the zip member is packed in a way that cannot be read ({error}): pack it with deflate")
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError) as error:
        return UnreadableFile(f"the zip member is damaged: {error}")


def _compressed(name: str, file: IO[bytes], budget: Budget) -> Iterator[Member]:
    stream = BufferedReader(Metered(file, budget), PIECE)
    with damage_reported():
        is_tar = stream.peek(512)[_TAR] == b"ustar"
    if is_tar:
        yield from _tar(name, stream, Budget(budget.packed, budget.limits))
        return
    inner = PurePosixPath(name.rpartition("!")[2]).stem
    yield Member(f"{name}!{inner}", read_limited(stream, Budget(budget.packed, budget.limits)))


def _tar(name: str, file: IO[bytes], budget: Budget) -> Iterator[Member]:
    try:
        with damage_reported(), tarfile.open(fileobj=file, mode="r|") as archive:
            n = 0
            while (info := archive.next()) is not None:
                archive.members = []  # type: ignore[attr-defined]  # the library would keep every header it has met
                _count_members(n, budget.limits)
                n += 1
                if not info.isdir():
                    yield Member(f"{name}!{info.name}", _tarred(archive, info, budget))
    except tarfile.TarError as error:
        raise UnreadableFile(f"the tar file is damaged or cut short: {error}") from error


def _tarred(archive: tarfile.TarFile, info: tarfile.TarInfo, budget: Budget) -> bytes | UnreadableFile:
    if _is_hidden(info.name):
        return _HIDDEN
    member = archive.extractfile(info) if info.isfile() else None
    if member is None:
        return _LINK
    if info.size > budget.limits.max_bytes:
        return budget.limits.too_large(info.size)
    return read_limited(member, budget)


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") and part not in (".", "..") for part in PurePosixPath(name).parts)


def _is_document(head: bytes) -> bool:
    """Return whether a zip begins as office documents and e-books do; readers answer for those."""
    length = int.from_bytes(head[26:28], "little")
    first = head[30 : 30 + length]
    return first == b"mimetype" or first == b"[Content_Types].xml" or first.startswith((b"word/", b"xl/", b"ppt/"))


def _count_members(n: int, limits: Limits) -> None:
    if n >= limits.max_members:
        raise UnreadableFile(f"the archive has more than {limits.max_members:,} members: the rest was not read")
