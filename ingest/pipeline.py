"""Ingest: paths → documents → passages → the store → a published snapshot, one document at a time."""

import struct
import time
import traceback
import zlib
from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Protocol

from corpus.document import Document
from corpus.errors import BadInput, CurbsideError, Inconsistent, UnreadableFile
from corpus.passage import Passage
from corpus.records import Added, Origin
from corpus.stale import flag_stale
from corpus.store import Store
from ingest.readers.base import PartlyUnreadable, RawFile, read_any
from ingest.report import Line, Report
from ingest.unpack import DEFAULT_LIMITS, Limits
from ingest.walk import Found, Skipped, listed, walk

Read = Callable[[RawFile], list[Document]]
Progress = Callable[[str, int, int], None]
Publish = Callable[[Store], str]

# What a fault in a reader or the splitter shows itself as. It is reported with its file and the rest goes
# on: one strange file must not keep a thousand good ones out. A store that fails is not among them.
FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class Splitter(Protocol):
    """Documents → passages, and what decides where they are cut."""

    @property
    def fingerprint(self) -> str:
        """Return what decides the passages: the rules, the tokenizer, the limit."""

    def split(self, document: Document) -> tuple[Passage, ...]:
        """Return the document's passages in reading order. Raises UnreadableFile."""


def ingest(
    paths: Iterable[Path],
    store: Store,
    splitter: Splitter,
    *,
    retrieved: date,
    more: Iterable[Found] = (),
    read: Read = read_any,
    publish: Publish | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress = lambda stage, done, total: None,
) -> Report:
    """Return what became of every file under the paths, and of `more`, files that come from elsewhere.

    Each document is stored whole in a transaction of its own, so an ingest that is killed goes
    on where it stopped when it is run again: what it had stored is unchanged. A file that cannot
    be read is a line of the report. Then current documents that another splitter had cut are
    cut anew, and `publish` makes the snapshot and returns its id. Last, kept answers that no longer
    stand on what they cite are flagged. `progress` hears (stage, done, total), total 0 where it is not known.
    """
    began = time.monotonic()
    report = Report()
    paths = list(paths)
    total = sum(1 for _ in listed(paths))
    for n, found in enumerate(chain(walk(paths, limits), more)):
        progress("files", n, max(n, total))
        report.lines.append(_line(found, store, splitter, read, retrieved))
    progress("files", len(report.lines), len(report.lines))
    _split_anew(report, store, splitter, progress)
    if publish is not None:
        try:
            report.snapshot = publish(store)
        except CurbsideError as error:
            report.unpublished = str(error)
    report.flagged = len({flag.answer_id for flag in flag_stale(store)})
    report.seconds = time.monotonic() - began
    return report


def _line(found: Found, store: Store, splitter: Splitter, read: Read, retrieved: date) -> Line:
    if isinstance(found, Skipped):
        return Line(found.name, skipped=found.reason)
    failed: list[str] = []
    try:
        documents = read(found)
    except PartlyUnreadable as error:
        documents = error.documents
        failed.append(error.reason)
    except CurbsideError as error:
        return Line(found.name, skipped=str(error))
    except FAULTS as fault:
        return Line(found.name, skipped=_fault("reading it", fault))
    origin = store.keep_raw(found.data, name=found.name, retrieved=retrieved)
    added: list[Added] = []
    unsplit: list[str] = []
    for document in documents:
        try:
            added.append(_add(document, origin, store, splitter))
        except (BadInput, Inconsistent) as error:
            unsplit.append(f"{document.key}: {error}")
        except FAULTS as fault:
            unsplit.append(f"{document.key}: {_fault('splitting it', fault)}")
    if unsplit and len(documents) > 1:
        unsplit.insert(0, f"{len(unsplit)} of its {len(documents)} documents")
    return Line.of(found.name, added, "; ".join((*failed, *unsplit)))


def _add(document: Document, origin: Origin, store: Store, splitter: Splitter) -> Added:
    """Add a document; one that is held and was cut by this very splitter is not cut again."""
    is_cut = store.splitter_of(document.id) == splitter.fingerprint
    passages = () if is_cut else splitter.split(document)
    return store.add(document, origin=origin, passages=passages, splitter=splitter.fingerprint)


def _split_anew(report: Report, store: Store, splitter: Splitter, progress: Progress) -> None:
    """Cut again what another splitter had cut; what cannot be cut keeps no passages, and is reported."""
    for held in store.current_split(not_by=splitter.fingerprint):
        document = held.document
        passages: tuple[Passage, ...] = ()
        try:
            passages = splitter.split(document)
        except UnreadableFile as error:
            report.lines.append(Line(document.id, skipped=f"cannot be searched any more: {error}"))
        store.set_passages(document.id, passages, splitter.fingerprint)
        report.resplit += 1
        progress("split anew", report.resplit, 0)


def _fault(doing: str, fault: BaseException) -> str:
    place = traceback.extract_tb(fault.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    return f"a fault of Curbside while {doing} ({type(fault).__name__}: {fault}; {where}): please report it"
