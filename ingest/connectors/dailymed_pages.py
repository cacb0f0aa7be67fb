"""DailyMed's lists page by page: the labels that match filters, and the versions of one label.

https://dailymed.nlm.nih.gov/dailymed/webservices-help/v2/spls_api.cfm
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from corpus.errors import Rubbish
from ingest.connectors.base import Services
from ingest.connectors.set_ids import is_set_id
from ingest.connectors.sound import read, refuse
from ingest.fetching.client import Answered, Client


@dataclass(frozen=True, slots=True)
class Listed:
    """One version of a label, as lists tell of it; `published` as DailyMed writes it: "May 12, 2021"."""

    set_id: str
    version: int
    published: str

    @property
    def revision(self) -> str:
        """Return version and date: a label may be published anew under the number that it had."""
        return f"{self.version} {self.published}".strip()


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: how many there are in all, those of this page, and the number of the next page, 0 for none."""

    total: int
    entries: tuple[Listed, ...]
    following: int


# An answer's JSON → its entries. Raises LookupError, TypeError and ValueError where they are not there.
EntriesOf = Callable[[Any], Iterator[Listed]]


class Pages:
    """Lists of labels and of versions, each to its end or not at all."""

    def __init__(self, client: Client, services: Services, size: int) -> None:
        self._client = client
        self._base = f"{services.dailymed}/services/v2"
        self._size = size

    def labels(self, filters: Mapping[str, str]) -> Iterator[Listed]:
        """Yield the current version of every label that matches. Raises Rubbish where pages are lost or repeat."""
        labels = partial(labels_of, set_id=filters.get("setid"))
        yield from self._all(f"{self._base}/spls.json", filters, labels)

    def history(self, set_id: str) -> Iterator[Listed]:
        """Yield every version of a label that DailyMed tells of. Raises Rubbish."""
        yield from self._all(f"{self._base}/spls/{set_id}/history.json", {}, partial(versions_of, set_id=set_id))

    def _all(self, url: str, filters: Mapping[str, str], entries_of: EntriesOf) -> list[Listed]:
        found: dict[tuple[str, int], Listed] = {}
        asked: list[Answered] = []
        number, count = 1, 0
        while number:
            answered = self._client.get(url, {**filters, "pagesize": str(self._size), "page": str(number)})
            asked.append(answered)
            page = read(self._client, answered, partial(page_of, number=number, entries_of=entries_of))
            for one in page.entries:
                if (one.set_id, one.version) in found:
                    raise refuse(self._client, asked, f"{answered.address} repeats entries of an earlier page")
                found[one.set_id, one.version] = one
            count += len(page.entries)
            if count >= page.total or not page.entries:
                break
            number = page.following
        if count != page.total:
            why = f"{asked[0].address} gave {count:,} of {page.total:,} entries on {len(asked)} pages"
            raise refuse(self._client, asked, why)
        return list(found.values())


def page_of(answered: Answered, number: int, entries_of: EntriesOf) -> Page:
    """Return an answer as the page of a number. Raises Rubbish."""
    said = answered.json()
    try:
        about = said["metadata"]
        total, current, following = (_number(about[name]) for name in ("total_elements", "current_page", "next_page"))
        entries = tuple(entries_of(said))
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise Rubbish(
            f"{answered.address} answered with {answered.start()}, expected DailyMed's metadata and entries ({error!r})"
        ) from error
    if current != number or following not in (0, number + 1):
        raise Rubbish(
            f"{answered.address} answered with page {current}, followed by {following}, expected page {number}"
        )
    return Page(total, entries, following)


def labels_of(said: Any, set_id: str | None) -> Iterator[Listed]:
    """Yield the labels of a list; of a set id, where that was asked for, and of no other."""
    for one in said["data"] if "data" in said else said["spls"]:
        listed = Listed(one["setid"].lower(), int(one["spl_version"]), _date(one))
        if set_id and listed.set_id != set_id:
            raise ValueError(f"it lists {listed.set_id}")
        if not is_set_id(listed.set_id):
            raise ValueError(f"{listed.set_id!r} is no set id")
        yield listed


def versions_of(said: Any, set_id: str) -> Iterator[Listed]:
    """Yield the versions in the history of a label, and of no other."""
    told = said["data"]["spl"]["setid"].lower()
    if told != set_id:
        raise ValueError(f"it is the history of {told}")
    for one in said["data"]["history"]:
        yield Listed(set_id, int(one["spl_version"]), _date(one))


def _date(entry: Any) -> str:
    return " ".join(str(entry.get("published_date") or "").split())


def _number(said: Any) -> int:
    """Return a number that DailyMed gives as one, as text, or as "null" for none (0)."""
    return 0 if said in (None, "null", "") else int(said)
