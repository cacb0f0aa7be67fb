"""Ingest: paths → documents → passages → the store → a published snapshot, a batch of documents at a time."""

import time
from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain
from pathlib import Path

from corpus.document import Document
from corpus.errors import CurbsideError, UnreadableFile
from corpus.passage import Passage
from corpus.stale import flag_stale
from corpus.store import Store
from ingest.batch import Batch
from ingest.faults import FAULTS, fault
from ingest.readers.base import PartlyUnreadable, RawFile, read_any
from ingest.report import Line, Report
from ingest.splitter import Splitter
from ingest.unpack import DEFAULT_LIMITS, Limits
from ingest.walk import Found, Skipped, listed, walk

Read = Callable[[RawFile], list[Document]]
Progress = Callable[[str, int, int], None]
Publish = Callable[[Store], str]


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

    Documents are stored whole, a batch in a transaction, so an ingest that is killed goes on
    where it stopped when it is run again: what it had stored is unchanged. A file that cannot
    be read is a line of the report. Then current documents that another splitter had cut are
    cut anew, and `publish` makes the snapshot and returns its id. Last, kept answers that no longer
    stand on what they cite are flagged. `progress` hears (stage, done, total), total 0 where it is not known.
    """
    began = time.monotonic()
    report = Report()
    paths = list(paths)
    total = sum(1 for _ in listed(paths))
    batch = Batch(store, splitter, retrieved, report.lines)
    for n, found in enumerate(chain(walk(paths, limits), more)):
        progress("files", n, max(n, total))
        _take(found, batch, read)
    batch.flush()
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


def _take(found: Found, batch: Batch, read: Read) -> None:
    if isinstance(found, Skipped):
        batch.skip(Line(found.name, skipped=found.reason))
        return
    try:
        batch.take(found, read(found), [])
    except PartlyUnreadable as error:
        batch.take(found, error.documents, [error.reason])
    except CurbsideError as error:
        batch.skip(Line(found.name, skipped=str(error)))
    except FAULTS as error:
        batch.skip(Line(found.name, skipped=fault("reading it", error)))


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
