"""The queue: what a reviewer should look at, the most read first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus import review_queue, reviews
from corpus.flags import standing_in
from corpus.review_queue import QueueRow
from corpus.reviews import Event
from corpus.store import Store
from qa.answer import Status
from qa.review.desk import ReviewDesk
from qa.review.state import Kind, Step, step_of

PER_PAGE = 50


class View(StrEnum):
    """A part of the queue."""

    TO_REVIEW = "to-review"
    NEW = "new"
    STALE = "stale"
    DISAGREEING = "disagreeing"
    UNDER_REVIEW = "under-review"
    CHANGES = "changes-requested"
    REFUSED = "refused"
    APPROVED = "approved"
    ALL = "all"

    @property
    def label(self) -> str:
        """Return the words of the choice."""
        return self.value.replace("-", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Item:
    """One answer of the queue. `returned`: it was approved, and the approval holds no longer.

    The same question answered in the same words again is no other item: `times` counts how often, `reads` over all.
    """

    row: QueueRow
    times: int
    reads: int
    step: Step
    is_stale: bool
    returned: bool
    changes_requested: bool
    last: Event | None

    def views(self) -> Iterator[View]:
        """Yield the parts of the queue that it belongs to."""
        yield View.ALL
        if self.is_stale:
            yield View.STALE
        if self.step is Step.APPROVED:
            yield View.APPROVED
        elif self.row.status == Status.REFUSED:
            yield View.REFUSED
        else:
            yield View.TO_REVIEW
            yield View.NEW if self.step is Step.SUBMITTED else View.UNDER_REVIEW
            if self.row.conflicts:
                yield View.DISAGREEING
            if self.changes_requested:
                yield View.CHANGES


@dataclass(frozen=True, slots=True)
class Page:
    """Some items of one view, and how many each view has."""

    items: tuple[Item, ...]
    counts: dict[View, int]
    number: int
    pages: int


class Queue:
    """The queue of a store's kept answers. Threads may share it."""

    def __init__(self, store: Store, desk: ReviewDesk) -> None:
        self._store = store
        self._desk = desk

    def page(self, view: View = View.TO_REVIEW, *, words: str = "", number: int = 1) -> Page:
        """Return the `number`-th page, from 1, of the answers in a view whose question has all the words."""
        wanted = words.casefold().split()
        items = [item for item in self._items() if all(word in item.row.question.casefold() for word in wanted)]
        views: dict[View, list[Item]] = {one: [] for one in View}
        for item in items:
            for one in item.views():
                views[one].append(item)
        found = views[view]
        pages = max(1, -(-len(found) // PER_PAGE))
        number = min(max(1, number), pages)
        shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
        return Page(tuple(shown), {one: len(inside) for one, inside in views.items()}, number, pages)

    def _items(self) -> list[Item]:
        with self._store.engine.connect() as connection:
            rows = review_queue.rows(connection)
            events = reviews.events_of(connection, review_queue.touched(connection))
            stale = {flag.answer_id for flag in standing_in(connection)}
        same: dict[tuple[str, str], list[QueueRow]] = {}
        for row in rows:
            same.setdefault((row.question, row.hash), []).append(row)
        items = []
        for group in same.values():
            # That to which something was done, else the newest.
            row = max(group, key=lambda one: (one.answer_id in events, one.created))
            items.append(self._item(row, group, events.get(row.answer_id, ()), row.answer_id in stale))
        return sorted(items, key=lambda item: (-item.reads, -item.row.created.timestamp(), item.row.answer_id))

    def _item(self, row: QueueRow, group: Sequence[QueueRow], events: Sequence[Event], is_stale: bool) -> Item:
        step, changes = step_of(events), bool(events) and _asks_for_changes(events)
        was_approved = any(event.kind == Kind.APPROVED for event in events)
        if was_approved:  # whether it still is depends on what is held now
            state = self._desk.state(row.answer_id)
            step, is_stale, changes = state.step, state.is_stale, state.changes_requested
        last = events[-1] if events else None
        returned = was_approved and step is not Step.APPROVED
        reads = sum(one.reads for one in group)
        return Item(row, len(group), reads, step, is_stale, returned, changes, last)


def _asks_for_changes(events: Sequence[Event]) -> bool:
    decisions = [one.kind for one in events if one.kind in (Kind.APPROVED, Kind.RETURNED, Kind.CHANGES_REQUESTED)]
    return decisions[-1:] == [Kind.CHANGES_REQUESTED]
