"""The library that is answered from: one snapshot, its searcher, and the drug names in it."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.document import SourceKind
from corpus.errors import CurbsideError
from index.encoders.base import Encoder
from index.pointer import read_pointer
from index.search import Searcher
from index.snapshot import Snapshot, open_snapshot
from qa.drug_base import words
from qa.drug_names import FILE_NAME, DrugNames, read
from qa.drugs import DrugLexicon


@dataclass(frozen=True, slots=True)
class Library:
    """One snapshot with what is needed to ask it; never changes."""

    snapshot: Snapshot
    searcher: Searcher
    lexicon: DrugLexicon


class Shelf:
    """Gives the library of the snapshot that is published now; threads may share it.

    A question that has begun keeps the library it began with, so a newly published snapshot is
    moved to between two questions and none is dropped.
    """

    def __init__(self, home: Path, encoder: Encoder) -> None:
        self._home = home
        self._encoder = encoder
        self._lock = threading.Lock()
        self._library: Library | None = None

    def library(self) -> Library:
        """Return the current library. Raises NotReady, and IndexMismatch where it was built with another encoder."""
        current = self._library
        if current is not None and self._is_served(current):
            return current
        # One thread opens the new one; the others need not wait for it while there is one that they can answer from.
        if not self._lock.acquire(blocking=current is None):
            assert current is not None
            return current
        try:
            current = self._library
            if current is None or not self._is_served(current):
                current = self._library = self._open()
            return current
        except CurbsideError:
            self._library = None  # so that every thread is told, not only this one
            raise
        finally:
            self._lock.release()

    def _is_served(self, library: Library) -> bool:
        return read_pointer(self._home)[:1] == [library.snapshot.manifest.id]

    def _open(self) -> Library:
        snapshot = open_snapshot(self._home)
        snapshot.manifest.require(self._encoder)
        names = read(self._home / "models" / FILE_NAME)
        return Library(snapshot, Searcher(snapshot, self._encoder), DrugLexicon(_held(snapshot, names), names))


def _held(snapshot: Snapshot, names: DrugNames) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield (drugs, brands) of the documents: all of a label's, of others those known to be medicines.

    An indexed record lists every substance it measures, iron and heme among them.
    """
    for kind, drugs, brands in snapshot.drugs():
        if kind is SourceKind.LABEL:
            yield drugs, brands
        else:
            yield tuple(drug for drug in drugs if " ".join(words(drug)) in names.bases), ()
