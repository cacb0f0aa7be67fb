"""A source that lies in memory, so that a test moves it; and a collection that follows it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import SourceFailed
from ingest.connectors.base import Asked, Connector, Fetched, Item, Known, Notice, Services
from ingest.fetching.client import Client
from ingest.readers.base import RawFile
from ingest.refresh.report import RefreshReport

Doing = Callable[..., RefreshReport]


@dataclass
class Shelf(Connector):
    """Texts by item, in the format of tests/ingest/faking.py; the revision is the text."""

    texts: dict[str, str] = field(default_factory=dict)
    notices: dict[str, tuple[Notice, ...]] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    fails: str = ""
    fails_fetching: str = ""
    confirms: bool = True
    fetched: list[str] = field(default_factory=list)
    vanished: set[str] = field(default_factory=set)
    unmatched: list[str] = field(default_factory=list)

    Follow = Asked

    def connect(self, follow: Any, client: Client, services: Services, folder: Path) -> Connector:
        return self

    def listed(self, known: Known) -> Iterator[Item]:
        if self.fails:
            raise SourceFailed(self.fails)
        for name, text in self.texts.items():
            yield Item(name, text)

    def fetch(self, items: Sequence[Item]) -> Iterator[Fetched]:
        for item in items:
            if self.fails_fetching:
                raise SourceFailed(self.fails_fetching)
            self.fetched.append(item.id)
            if item.id in self.vanished:
                yield Fetched(item.id, "", None, gone=True)
                continue
            text, told = self.texts[item.id], self.notices.get(item.id, ())
            if item.id in self.unread:
                yield Fetched(item.id, text, None, notices=told, reason=self.unread[item.id])
            else:
                yield Fetched(item.id, text, RawFile(item.id, text.encode()), f"shelf:{item.id}", told)

    def gone(self, ids: Iterable[str]) -> Iterator[str]:
        yield from ids if self.confirms else ()


@dataclass
class Follows:
    """A collection that follows the sources named."""

    follow: dict[str, Asked]
    name: str = "things"
    folder: Path = Path()
    max_shrink: float = 0.2

    @classmethod
    def of(cls, *names: str, name: str = "things") -> "Follows":
        return cls({source: Asked() for source in names}, name)
