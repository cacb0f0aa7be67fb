"""The guideline digests of the installed package open-medicine: new ones come with a new version of the package."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import NotReady, SourceFailed, Unavailable, UnreadableFile
from ingest.connectors.base import Asked, Connector, Fetched, Item, Known, Services
from ingest.fetching.client import Client
from ingest.open_medicine import files
from ingest.readers.base import RawFile


class Follow(Asked):
    """Guidelines by the package's ids and by its topics, upper and lower case alike; without either, all of them."""

    ids: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


class OpenMedicine(Connector):
    """The package's guidelines. Nothing is asked of the network."""

    def __init__(self, follow: Follow) -> None:
        self._ids = frozenset(follow.ids)
        self._topics = frozenset(topic.casefold() for topic in follow.topics)

    def listed(self, known: Known) -> Iterator[Item]:
        """Yield the guidelines followed. Raises SourceFailed where an id is none of the package's."""
        everything = _guidelines()
        if missing := self._ids - everything.keys():
            raise SourceFailed(
                f"open-medicine has no guideline {', '.join(sorted(missing))}: its ids are {', '.join(everything)}"
            )
        for name, file in everything.items():
            if self._is_followed(name, file):
                yield Item(name, _revision(file))

    def fetch(self, items: Sequence[Item]) -> Iterator[Fetched]:
        """Yield the guidelines as one file each."""
        everything = _guidelines()
        for item in items:
            file = everything.get(item.id)
            yield Fetched(item.id, _revision(file) if file else "", file, gone=file is None)

    def gone(self, ids: Iterable[str]) -> Iterator[str]:
        """Yield the ids that the installed version of the package no longer has."""
        everything = _guidelines()
        yield from (name for name in ids if name not in everything)

    def _is_followed(self, name: str, file: RawFile) -> bool:
        if not (self._ids or self._topics):
            return True
        topics = {str(topic).casefold() for topic in _entry(file).get("topics") or ()}
        return name in self._ids or not topics.isdisjoint(self._topics)


def connect(follow: Follow, client: Client, services: Services, folder: Path) -> OpenMedicine:
    """Return the connector for the guidelines that a collection follows."""
    return OpenMedicine(follow)


def _guidelines() -> dict[str, RawFile]:
    """Return the package's files by id. Raises SourceFailed where the package is absent or laid out otherwise."""
    try:
        return {str(_entry(file).get("id", "")): file for file in files()}
    except (NotReady, UnreadableFile) as error:
        raise Unavailable(str(error)) from error


def _entry(file: RawFile) -> dict[str, Any]:
    entry = json.loads(file.data)["entry"]
    return entry if isinstance(entry, dict) else {}


def _revision(file: RawFile) -> str:
    return hashlib.sha256(file.data).hexdigest()
