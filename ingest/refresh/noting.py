"""What is noted of a source's items: in one transaction with the withdrawals that follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from corpus.refreshing import ItemState, SourceItem, gone_everywhere, keys_present, put_item
from corpus.standings import withdraw
from corpus.store import Store
from ingest.connectors.base import Notice


@dataclass(slots=True)
class Noting:
    """What was given of a collection, as it is written down.

    An item that tells of publications counts as read once what it tells has been written there: until `settle`
    its revision is not noted, so that a run which is killed in between looks at it again.
    """

    store: Store
    collection: str
    notices: list[Notice] = field(default_factory=list)
    _unsettled: list[tuple[str, str, SourceItem]] = field(default_factory=list)

    def note(self, source: str, name: str, item: SourceItem, notices: tuple[Notice, ...] = ()) -> None:
        """Note one item."""
        self.note_all(source, {name: self._for_now(source, name, item, notices)})

    def note_left(self, source: str, name: str, item: SourceItem, notices: tuple[Notice, ...], left: set[str]) -> None:
        """Note one item, which no longer holds the publications `left`."""
        now = {name: self._for_now(source, name, item, notices)}
        self.note_all(source, now, left, f" in {name}")

    def note_gone(self, source: str, items: Mapping[str, SourceItem], more: str, *, everywhere: bool) -> None:
        """Note items as gone, `everywhere` for the other collections too, and withdraw what was made of them."""
        gone = {name: replace(item, state=ItemState.GONE) for name, item in items.items()}
        keys = {key_of(version) for item in items.values() for version in item.documents}
        self.note_all(source, gone, keys, more, everywhere=everywhere)

    def note_all(
        self,
        source: str,
        items: Mapping[str, SourceItem],
        gone: set[str] | frozenset[str] = frozenset(),
        more: str = "",
        *,
        everywhere: bool = False,
    ) -> None:
        """Note the items and withdraw the publications among `gone` that no source has any more."""
        if not items:
            return
        with self.store.writing() as connection:
            for name, item in items.items():
                put_item(connection, self.collection, source, name, item)
            if everywhere:
                gone_everywhere(connection, source, list(items))
            if gone:
                withdraw(connection, gone - keys_present(connection), source, more)

    def settle(self) -> None:
        """Note as read the items that told of publications, now that what they told is written."""
        if not self._unsettled:
            return
        with self.store.writing() as connection:
            for source, name, item in self._unsettled:
                put_item(connection, self.collection, source, name, item)
        self._unsettled.clear()

    def _for_now(self, source: str, name: str, item: SourceItem, notices: tuple[Notice, ...]) -> SourceItem:
        if not notices:
            return item
        self._unsettled.append((source, name, item))
        return replace(item, revision="")


def key_of(version_id: str) -> str:
    """Return the key in a version's id."""
    return version_id.rpartition("@")[0]
