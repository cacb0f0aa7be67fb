"""Fetched items read once: to see that they can be, and again only where there was no room to keep what was read."""

import hashlib
from dataclasses import dataclass, field

from corpus.document import Document
from corpus.errors import UnreadableFile
from ingest.connectors.base import Fetched
from ingest.faults import FAULTS
from ingest.pipeline import Read
from ingest.readers.base import PartlyUnreadable, RawFile

# Bytes of items whose documents are kept between the look at everything and the storing; the rest is read anew.
MAX_KEPT = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Told:
    """The documents of an item, and what to tell of it."""

    documents: list[Document]
    lines: list[str]


@dataclass(slots=True)
class Reading:
    """Reads items, and keeps what it read of them for whoever takes them later."""

    read: Read
    room: int = MAX_KEPT
    _kept: dict[tuple[str, str], Told] = field(default_factory=dict)

    def look(self, fetched: Fetched) -> None:
        """See that an item can be read. Raises UnreadableFile, of a reader's fault too."""
        if fetched.file is None or (name := _name(fetched.file)) in self._kept:
            return
        told = self._read(fetched.file)
        if len(fetched.file.data) <= self.room:
            self.room -= len(fetched.file.data)
            self._kept[name] = told

    def take(self, fetched: Fetched) -> Told:
        """Return what is in an item, which is not kept any longer. Raises UnreadableFile, of a reader's fault too."""
        if fetched.file is None:
            return Told([], [])
        kept = self._kept.pop(_name(fetched.file), None)
        if kept is None:
            return self._read(fetched.file)
        self.room += len(fetched.file.data)
        return kept

    def _read(self, file: RawFile) -> Told:
        try:
            return Told(self.read(file), [])
        except PartlyUnreadable as error:
            return Told(error.documents, [error.reason])
        except FAULTS as fault:
            raise UnreadableFile(f"a fault of Curbside while reading it ({type(fault).__name__}: {fault})") from fault


def _name(file: RawFile) -> tuple[str, str]:
    """Return what two files have in common that are read alike."""
    return file.name, hashlib.sha256(file.data).hexdigest()
