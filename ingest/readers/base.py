"""What every reader offers, and `read_any`, which finds the one reader for a file.

A reader is a module in this folder with `NAME`, `sniff` and `read`. Being here is all it takes:
there is no list to edit. Modules without the three are helpers of readers.
"""

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol, cast

from corpus.document import Document
from corpus.errors import UnreadableFile
from ingest.readers.looks import looks_like

# How many of a file's unreadable records are told of one by one.
MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class RawFile:
    """Bytes as they came, with the name under which the user knows them ("dump.zip!label.xml")."""

    name: str
    data: bytes

    @property
    def address(self) -> str:
        """Return the name where it is an address on the web, "" otherwise."""
        return self.name if self.name.startswith(("https://", "http://")) else ""


class PartlyUnreadable(UnreadableFile):
    """A sound file of which some records cannot be read: `documents` are the others, `reason` tells of these."""

    def __init__(self, documents: list[Document], refused: Sequence[str]) -> None:
        many = f"{len(refused):,} of its {len(documents) + len(refused):,} records cannot be read"
        shown = "; ".join(refused[:MOST_TOLD]) + ("; …" if len(refused) > MOST_TOLD else "")
        super().__init__(f"{many}: {shown}")
        self.documents = documents


class Reader(Protocol):
    """Bytes in one publisher's format → Documents."""

    NAME: str

    def sniff(self, raw: RawFile) -> bool:
        """Return whether the content is this reader's format. Cheap, and raises nothing."""
        ...

    def read(self, raw: RawFile) -> list[Document]:
        """Return the documents of a file, at least one, in file order. Raises UnreadableFile and nothing else.

        A file of records of which some cannot be read raises PartlyUnreadable, which carries the rest.
        """
        ...


def read_any(raw: RawFile) -> list[Document]:
    """Return the documents that the one fitting reader makes of a file, at least one.

    Raises UnreadableFile where no reader knows the format, where several claim it, and where
    the fitting one cannot read it, or cannot read all of its records (PartlyUnreadable).
    """
    if not raw.data:
        raise UnreadableFile("the file is empty (0 bytes)")
    fitting = [reader for reader in readers() if reader.sniff(raw)]
    if len(fitting) > 1:
        names = " and ".join(reader.NAME for reader in fitting)
        raise UnreadableFile(f"the content fits more than one format ({names}): convert it to one of them")
    if not fitting:
        known = ", ".join(reader.NAME for reader in readers())
        raise UnreadableFile(f"no reader for {looks_like(raw.data)}; readable are: {known}")
    documents = fitting[0].read(raw)
    if not documents:
        raise UnreadableFile(f"{fitting[0].NAME}: the file holds no document")
    return documents


@cache
def readers() -> tuple[Reader, ...]:
    """Return the readers of this folder, in the order of their module names."""
    package = importlib.import_module("ingest.readers")
    modules = [
        importlib.import_module(f"ingest.readers.{module.name}") for module in pkgutil.iter_modules(package.__path__)
    ]
    parts = ("NAME", "sniff", "read")
    return tuple(cast(Reader, module) for module in modules if all(hasattr(module, part) for part in parts))
