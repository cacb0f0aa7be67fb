"""The files that paths lead to: folders gone through, archives unpacked, one file in memory at a time."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from corpus.errors import UnreadableFile
from ingest.archives import is_archive, members
from ingest.readers.base import RawFile
from ingest.unpack import DEFAULT_LIMITS, Budget, Limits, read_limited


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a folder, that gives nothing to read, and why."""

    name: str
    reason: str


Found = RawFile | Skipped


def walk(paths: Iterable[Path], limits: Limits = DEFAULT_LIMITS) -> Iterator[Found]:
    """Yield every file under the paths, by name within a folder, archives unpacked where they lie.

    An archive within an archive is unpacked, one within that is not. What cannot or should not
    be read is yielded as Skipped; nothing is raised for it.
    """
    for path, name in listed(paths):
        yield from (path,) if isinstance(path, Skipped) else _read(path, name, limits)


def listed(paths: Iterable[Path]) -> Iterator[tuple[Path | Skipped, str]]:
    """Yield the files on disk that `walk` will open, with their names; nothing is opened."""
    for path in paths:
        name = _label(path.name or str(path))
        if path.is_dir():
            yield from _folder(path, name, path.resolve())
        elif path.is_file():
            yield path, name
        else:
            reason = "not a regular file" if path.exists() else f"no such file or folder: {_label(str(path))}"
            yield Skipped(name, reason), name


def _folder(folder: Path, label: str, root: Path) -> Iterator[tuple[Path | Skipped, str]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Skipped(label, _because(error)), label
        return
    for entry in entries:
        path, name = Path(entry.path), f"{label}/{_label(entry.name)}"
        reason = _why_not(entry, path, root)
        if reason:
            yield Skipped(name, reason), name
        elif entry.is_dir(follow_symlinks=False):
            yield from _folder(path, name, root)
        else:
            yield path, name


def _why_not(entry: os.DirEntry[str], path: Path, root: Path) -> str | None:
    if entry.name.startswith("."):
        return "hidden (its name begins with a dot)"
    if entry.is_symlink():
        try:
            target = path.resolve(strict=True)
        except (OSError, RuntimeError):
            return "a link that leads nowhere"
        if not target.is_relative_to(root):
            return "a link that leads out of the folder given: name its target to read it"
        if target.is_dir():
            return "a link to a folder that is read where it lies"
    if not (entry.is_dir() or entry.is_file()):
        return "not a regular file"
    return None


def _read(path: Path, name: str, limits: Limits) -> Iterator[Found]:
    try:
        with path.open("rb") as file:
            yield from _open(name, file, path.stat().st_size, limits, depth=0)
    except OSError as error:
        yield Skipped(name, _because(error))


def _open(name: str, file: IO[bytes], size: int, limits: Limits, depth: int) -> Iterator[Found]:
    """Yield what one file gives: itself, or, where it is an archive, what its members give."""
    try:
        if is_archive(file):
            if depth > 1:
                raise UnreadableFile("an archive within an archive within an archive: unpack the outermost first")
            for member in members(name, file, size, limits):
                if isinstance(member.content, UnreadableFile):
                    yield Skipped(_label(member.name), member.content.reason)
                else:
                    content = BytesIO(member.content)
                    yield from _open(_label(member.name), content, len(member.content), limits, depth + 1)
        elif size > limits.max_bytes:
            raise limits.too_large(size)
        else:
            yield RawFile(name, read_limited(file, Budget(size, limits)))
    except UnreadableFile as error:
        yield Skipped(name, error.reason)


def _because(error: OSError) -> str:
    return f"cannot be opened: {error.strerror or error}"


def _label(name: str) -> str:
    """Return a name that can be printed and stored: no control characters, no undecodable bytes."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "�" for character in text)
