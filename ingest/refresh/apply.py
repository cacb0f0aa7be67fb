"""What one source gave, taken into the store: each document whole, each item noted once its documents are in."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.document import Document, Integrity
from corpus.errors import BadInput, CurbsideError, Inconsistent, SourceFailed, UnreadableFile
from corpus.refreshing import ItemState, SourceItem
from corpus.standings import lift_withdrawal, standing_in
from corpus.store import Store
from ingest.connectors.base import Fetched
from ingest.refresh.noting import Noting, key_of
from ingest.refresh.plan import FEW, SourcePlan, is_broken, stop, which
from ingest.refresh.reading import Reading
from ingest.splitter import Splitter

Heard = Callable[[str, int, int], None]
# More unreadable items than this share of what was fetched, and more than a few: the source gives rubbish.
MAX_UNREADABLE = 0.2


@dataclass(slots=True)
class Applying:
    """What is needed to take a source's items in, and what is gathered meanwhile."""

    store: Store
    splitter: Splitter
    reading: Reading
    noting: Noting
    today: date
    progress: Heard
    reasons: dict[str, list[str]] = field(default_factory=dict)


def check(plan: SourcePlan, doing: Applying) -> None:
    """Fetch everything that the plan says and see that it can be read; the source is stopped where it cannot.

    Nothing is stored yet: what was fetched lies with the client, and `apply` is given it again from there.
    """
    unreadable: list[str] = []
    asked, lost = len(plan.fetch), 0
    try:
        for n, fetched in enumerate(plan.connector.fetch(plan.fetch)):
            doing.progress(f"{plan.name}: fetching", n + 1, asked)
            lost += fetched.gone and fetched.id in plan.present
            try:
                doing.reading.look(fetched)
            except UnreadableFile as error:
                unreadable.append(f"{fetched.id}: {error}")
    except CurbsideError as error:
        stop(plan, str(error))
    plan.report.requests, plan.report.repeated = plan.client.requests, plan.client.repeated
    if len(unreadable) > max(FEW, MAX_UNREADABLE * asked):
        stop(plan, f"{len(unreadable):,} of the {asked:,} items fetched cannot be read, such as {unreadable[0]}")
    if lost and not plan.report.stopped:  # listed, and then not there: a source that shrinks, only later
        is_broken(plan, plan.report.listed - lost, "gives")


def apply(plan: SourcePlan, doing: Applying) -> None:
    """Store what is new or other than before, and withdraw what is gone. The plan was checked."""
    report, expected = plan.report, len(plan.fetch)
    gone = list(plan.gone)
    report.new = report.changed = 0
    try:
        for n, fetched in enumerate(plan.connector.fetch(plan.fetch) if plan.fetch else ()):
            doing.progress(f"{plan.name}: storing", n, expected)
            doing.noting.notices += fetched.notices
            if fetched.gone:
                last = plan.held.get(fetched.id)
                gone += [fetched.id] if last is not None and last.state is not ItemState.GONE else []
                if last is None and fetched.reason:  # it was never here: what is followed is misspelt
                    report.told.append(f"{fetched.id}: {fetched.reason}")
            else:
                _take(fetched, plan, doing)
    except SourceFailed as error:  # what was stored of it is whole, and the next run goes on from there
        report.stopped = f"midway: {error}"
        return
    doing.progress(f"{plan.name}: storing", expected, expected)
    report.told += [f"{which(items)}: {reason}" for reason, items in doing.reasons.items() if reason]
    doing.reasons.clear()
    _take_away(plan, gone, doing)


def _take_away(plan: SourcePlan, gone: list[str], doing: Applying) -> None:
    """Note what is listed no longer, and withdraw what is gone."""
    left = {name: replace(plan.held[name], state=ItemState.UNLISTED) for name in plan.left}
    doing.noting.note_all(plan.name, left)
    items = {name: plan.held[name] for name in sorted(set(gone))}
    plan.report.withdrawn = len(items)
    found = f", found on {doing.today.isoformat()}"
    doing.noting.note_gone(plan.name, items, found, everywhere=not plan.connector.ids_are_local)


def _take(fetched: Fetched, plan: SourcePlan, doing: Applying) -> None:
    report, last = plan.report, plan.held.get(fetched.id)
    was_here = last is not None and last.state is not ItemState.GONE
    if was_here and last is not None and last.revision == fetched.revision:
        report.unchanged += 1
        if last.state is ItemState.UNLISTED:
            state = ItemState.UNREAD if fetched.file is None else ItemState.PRESENT
            doing.noting.note(plan.name, fetched.id, replace(last, state=state))
        return
    if fetched.file is None:
        report.unread += 1
        doing.reasons.setdefault(fetched.reason, []).append(fetched.id)
        # Where nothing could be had this time, what was had before stays as it is.
        if fetched.revision:
            item = SourceItem(fetched.revision, ItemState.UNREAD, last.documents if last else ())
            doing.noting.note(plan.name, fetched.id, item, fetched.notices)
        return
    try:
        told = doing.reading.take(fetched)
        before = last.documents if last is not None else ()
        now = tuple(_add(document, fetched, before, doing) for document in told.documents)
    except (BadInput, Inconsistent) as error:
        report.failed.append(f"{fetched.id}: {error}")
        if last is not None and last.revision:  # so that it is looked at again, though its source says it is as it was
            doing.noting.note(plan.name, fetched.id, replace(last, revision=""))
        return
    report.told += [f"{fetched.id}: {line}" for line in told.lines]
    left = {key_of(name) for name in before} - {key_of(name) for name in now}
    item = SourceItem(fetched.revision, ItemState.PRESENT, now)
    doing.noting.note_left(plan.name, fetched.id, item, fetched.notices, left)
    if not was_here:
        report.new += 1
    elif set(now) != set(before):
        report.changed += 1
    else:
        report.unchanged += 1


def _add(document: Document, fetched: Fetched, before: tuple[str, ...], doing: Applying) -> str:
    """Return the version id of a document once it is stored, in the place of what this source gave before."""
    assert fetched.file is not None
    store, splitter = doing.store, doing.splitter
    replaces = next((name for name in before if key_of(name) == document.key), "")
    was_withdrawn = standing_in(store, document.key) is Integrity.WITHDRAWN
    is_cut = store.splitter_of(document.id) == splitter.fingerprint
    passages = () if is_cut else splitter.split(document)
    origin = store.keep_raw(fetched.file.data, name=fetched.file.name, retrieved=doing.today, address=fetched.address)
    store.add(document, origin=origin, passages=passages, splitter=splitter.fingerprint, replaces=replaces)
    if was_withdrawn:
        lift_withdrawal(store, document.key, document.integrity, f"listed again: {fetched.address}")
    return document.id
