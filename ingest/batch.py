"""Files that were read, stored several at a time: the disk and a transaction cost the same for one as for many."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from corpus.document import Document
from corpus.errors import BadInput, Inconsistent
from corpus.passage import Passage
from corpus.records import Added, Arrival, Origin
from corpus.store import Store
from ingest.faults import FAULTS, fault
from ingest.readers.base import RawFile
from ingest.report import Line
from ingest.splitter import Splitter
from ingest.unpack import MIB

MOST_DOCUMENTS, MOST_BYTES, MOST_SECONDS = 64, 8 * MIB, 1.0


@dataclass(slots=True)
class _Taken:
    """A file that was read: its documents, what of it could not be read, and then what became of it."""

    file: RawFile
    documents: Sequence[Document]
    failed: list[str]
    added: list[Added] = field(default_factory=list)
    unsplit: list[str] = field(default_factory=list)

    @property
    def line(self) -> Line:
        if self.unsplit and len(self.documents) > 1:
            self.unsplit.insert(0, f"{len(self.unsplit)} of its {len(self.documents)} documents")
        return Line.of(self.file.name, self.added, "; ".join((*self.failed, *self.unsplit)))


class Batch:
    """Takes files as they are read and stores them when there are enough; `lines` gets one a file, in their order.

    An ingest that is killed has at most one batch to read again, and that is no more than a second's reading beside
    one file.
    """

    def __init__(self, store: Store, splitter: Splitter, retrieved: date, lines: list[Line]) -> None:
        self._store, self._splitter, self._retrieved, self._lines = store, splitter, retrieved, lines
        self._waiting: list[Line | _Taken] = []
        self._documents = self._bytes = 0
        self._began = time.monotonic()

    def skip(self, line: Line) -> None:
        """Take a file that gave nothing."""
        self._waiting.append(line)

    def take(self, file: RawFile, documents: Sequence[Document], failed: list[str]) -> None:
        """Take a file that was read; `failed` says what of it could not be."""
        self._waiting.append(_Taken(file, documents, failed))
        self._documents += len(documents)
        self._bytes += len(file.data)
        is_old = time.monotonic() - self._began >= MOST_SECONDS
        if is_old or self._documents >= MOST_DOCUMENTS or self._bytes >= MOST_BYTES:
            self.flush()

    def flush(self) -> None:
        """Store what was taken."""
        taken = [one for one in self._waiting if isinstance(one, _Taken)]
        named = [(one.file.name, one.file.data) for one in taken]
        origins = self._store.keep_all_raw(named, retrieved=self._retrieved)
        rest = (
            (one, document, origin) for one, origin in zip(taken, origins, strict=True) for document in one.documents
        )
        while some := list(islice(rest, MOST_DOCUMENTS)):
            self._store_all(some)
        self._lines += [one if isinstance(one, Line) else one.line for one in self._waiting]
        self._waiting, self._documents, self._bytes = [], 0, 0
        self._began = time.monotonic()

    def _store_all(self, some: Sequence[tuple[_Taken, Document, Origin]]) -> None:
        cut_by = self._store.splitters_of([document.id for _, document, _ in some])
        owners: list[_Taken] = []
        arrivals: list[Arrival] = []
        for one, document, origin in some:
            passages = self._cut(one, document, cut_by.get(document.id))
            if passages is not None:
                owners.append(one)
                arrivals.append(Arrival(document, origin, passages, self._splitter.fingerprint))
        for one, arrival, became in zip(owners, arrivals, self._added(arrivals), strict=True):
            if isinstance(became, Added):
                one.added.append(became)
            else:
                one.unsplit.append(f"{arrival.document.key}: {became}")

    def _cut(self, one: _Taken, document: Document, cut_by: str | None) -> Sequence[Passage] | None:
        """Return a document's passages; one that is held and was cut by this very splitter is not cut again."""
        try:
            return () if cut_by == self._splitter.fingerprint else self._splitter.split(document)
        except (BadInput, Inconsistent) as error:
            one.unsplit.append(f"{document.key}: {error}")
        except FAULTS as error:
            one.unsplit.append(f"{document.key}: {fault('splitting it', error)}")
        return None

    def _added(self, arrivals: Sequence[Arrival]) -> Iterator[Added | str]:
        """Yield what became of each, or why it could not be stored; one that is at fault keeps no other out."""
        try:
            found = self._store.add_all(arrivals)
        except FAULTS:
            yield from (self._alone(arrival) for arrival in arrivals)
            return
        yield from (one if isinstance(one, Added) else str(one) for one in found)

    def _alone(self, arrival: Arrival) -> Added | str:
        try:
            (became,) = self._store.add_all([arrival])
        except FAULTS as error:
            return fault("storing it", error)
        return became if isinstance(became, Added) else str(became)
