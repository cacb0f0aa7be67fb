"""Watched folders and files: guidelines in Markdown, HTML and PDF that somebody puts there, archives too."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import Field, StringConstraints

from corpus.errors import Unavailable
from ingest.connectors.base import Asked, Connector, Fetched, Item, Known, Services
from ingest.fetching.client import Client
from ingest.readers.base import RawFile
from ingest.walk import Skipped, walk


class Follow(Asked):
    """Folders, with all that lies under them, and single files; relative paths count from the collection's file."""

    paths: tuple[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)], ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class _Found:
    """One file under what is watched: its bytes, or why it gives none."""

    id: str
    content: RawFile | Skipped

    @property
    def revision(self) -> str:
        """Return the hash of the bytes, or of why there are none."""
        said = self.content.data if isinstance(self.content, RawFile) else self.content.reason.encode()
        return hashlib.sha256(said).hexdigest()

    def fetched(self) -> Fetched:
        """Return the file as an item, or why it gives nothing to read."""
        if isinstance(self.content, Skipped):
            return Fetched(self.id, self.revision, None, reason=self.content.reason)
        return Fetched(self.id, self.revision, self.content)


class Folder(Connector):
    """Files on disk. An item's id is its path as the collection writes it, "archive.zip!member" within an archive.

    Hidden files are passed over. A folder that is absent or cannot be opened is a failure: a disk that is not
    there has not withdrawn what is on it. Nor has a folder that is empty and was not, unless somebody vouches for it:
    that is how a disk looks that is not mounted.
    """

    ids_are_local = True

    def __init__(self, follow: Follow, folder: Path) -> None:
        self._folder = folder
        self._paths = tuple(dict.fromkeys(PurePosixPath(path).as_posix() for path in follow.paths))

    def listed(self, known: Known) -> Iterator[Item]:
        """Yield every file, whether it can be read or not, with the hash of its bytes as its revision."""
        found = [Item(one.id, one.revision) for one in self._files()]
        for path in () if known.believe else self._paths:
            before = sum(1 for name in known.revisions if _is_under(name, path))
            if before and not any(_is_under(item.id, path) for item in found):
                raise Unavailable(
                    f"{self._folder / path} is empty, and had {before:,} files before: see that its disk is mounted. "
                    "If they are to go, run again with --accept-shrinking"
                )
        yield from found

    def fetch(self, items: Sequence[Item]) -> Iterator[Fetched]:
        """Yield the files; one that gives nothing to read says why."""
        wanted = {item.id for item in items}
        for found in self._files() if wanted else ():
            if found.id in wanted:
                wanted.remove(found.id)
                yield found.fetched()
        yield from (Fetched(name, "", None, gone=True) for name in sorted(wanted))

    def gone(self, ids: Iterable[str]) -> Iterator[str]:
        """Yield the files that no longer lie under what is watched; what is watched no longer is not gone."""
        there = {found.id for found in self._files()}
        for name in ids:
            is_watched = any(_is_under(name, path) for path in self._paths)
            archive = name.partition("!")[0]
            if is_watched and name not in there and archive not in there:
                yield name

    def _files(self) -> Iterator[_Found]:
        seen: set[str] = set()
        for written in self._paths:
            path = self._folder / written
            if not path.exists():
                raise Unavailable(f"{path} is not there: put it back, or take it out of the collection")
            for content in walk([path]):
                below = content.name[len(path.name) :]
                name = written + below
                if not _is_hidden(below) and name not in seen:
                    seen.add(name)
                    self._refuse_folder(path, content)
                    yield _Found(name, content)

    def _refuse_folder(self, path: Path, content: RawFile | Skipped) -> None:
        where = path.parent / content.name
        if isinstance(content, Skipped) and where.is_dir() and not where.is_symlink():
            raise Unavailable(f"the folder {where} {content.reason}")


def connect(follow: Follow, client: Client, services: Services, folder: Path) -> Folder:
    """Return the connector for the folders and files that a collection follows."""
    return Folder(follow, folder)


def _is_under(name: str, path: str) -> bool:
    return name == path or name.startswith((f"{path}/", f"{path}!"))


def _is_hidden(below: str) -> bool:
    return any(part.startswith(".") for part in below.replace("!", "/").split("/"))
