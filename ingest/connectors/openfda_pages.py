"""openFDA's answers page by page, by the cursor in the Link header: https://open.fda.gov/apis/paging/.

`skip` ends at 25,000 records, so it is never used.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from corpus.errors import Rubbish, SourceRefused
from ingest.connectors.base import Services
from ingest.connectors.set_ids import is_set_id
from ingest.connectors.sound import read, refuse
from ingest.fetching.client import Answered, Client

Record = dict[str, Any]
Params = Mapping[str, str]
Age = tuple[str, int]
# A label that changes while its pages are read moves to the end of this order, and moves no other one.
SORT = "effective_time:asc"
_NEXT = re.compile(r'<([^>]*)>[^,<]*;\s*rel\s*=\s*"?next\b', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: how many records match in all, those of this page, and what to ask for the next one."""

    total: int
    records: tuple[Record, ...]
    following: Params | None


class Pages:
    """Searches of the drug label service, each to its end or not at all."""

    def __init__(self, client: Client, services: Services, size: int) -> None:
        self._client = client
        self._url = f"{services.openfda}/drug/label.json"
        self._key = {"api_key": services.openfda_key} if services.openfda_key else {}
        self._size = size

    def address(self, set_id: str) -> str:
        """Return the address of one label's record."""
        return f"{self._url}?search=set_id:{set_id}"

    def records(self, search: str) -> Iterator[tuple[str, Record]]:
        """Yield set id and record of everything that matches, each set id once, the newest record of it.

        Nothing is yielded before the last page is there. Records are large, so only one page of them is in
        memory: the pages are gone through twice, the second time as they are kept. Raises Rubbish where
        pages are lost or repeat.
        """
        pages, newest = self._whole(search)
        for params in pages:
            for record in self._page(params)[1].records:
                set_id = set_id_of(record)
                if newest.get(set_id) == _age(record):
                    del newest[set_id]
                    yield set_id, record
        if newest:
            raise Rubbish(f"{self._url} gives other records than a moment ago: try again later")

    def _whole(self, search: str) -> tuple[list[Params], dict[str, Age]]:
        """Return what to ask for each page, and how new the newest record of each set id is."""
        params: Params | None = {"search": search, "sort": SORT, "limit": str(self._size)}
        pages: list[Params] = []
        asked: list[Answered] = []
        newest: dict[str, Age] = {}
        seen: set[str] = set()
        count = 0
        while params is not None:
            answered, page = self._page(params)
            pages.append(params)
            asked.append(replace(answered, body=b""))
            ids = {str(record.get("id") or record.get("set_id")) for record in page.records}
            if ids & seen:
                raise refuse(self._client, asked, f"{answered.address} repeats records of an earlier page")
            seen |= ids
            count += len(page.records)
            for record in page.records:
                set_id = set_id_of(record)
                newest[set_id] = max(newest.get(set_id, _age(record)), _age(record))
            params = page.following if page.records and count < page.total else None
        if count != page.total:
            why = f"{asked[0].address} gave {count:,} of {page.total:,} records on {len(asked)} pages"
            raise refuse(self._client, asked, why)
        return pages, newest

    def _page(self, params: Params) -> tuple[Answered, Page]:
        answered = self._client.get(self._url, {**params, **self._key}, also=frozenset({404}))
        return answered, read(self._client, answered, page_of)


def page_of(answered: Answered) -> Page:
    """Return an answer as a page; NOT_FOUND is one without records. Raises Rubbish, SourceRefused."""
    said = answered.json()
    if answered.status == 404:
        error = said.get("error") if isinstance(said, dict) else None
        if isinstance(error, dict) and error.get("code") == "NOT_FOUND":
            return Page(0, (), None)
        raise SourceRefused(
            f"{answered.address} answered 404, and not because nothing matches: {answered.start()}", 404
        )
    try:
        total, records = said["meta"]["results"]["total"], said["results"]
    except (KeyError, TypeError) as error:
        raise _rubbish(answered, "meta.results.total and results") from error
    if not isinstance(total, int) or not isinstance(records, list):
        raise _rubbish(answered, "a number in meta.results.total and a list in results")
    for record in records:
        if not isinstance(record, dict) or not is_set_id(set_id_of(record)):
            raise _rubbish(answered, "a set_id in each record")
    return Page(total, tuple(records), _following(answered))


def set_id_of(record: Record) -> str:
    """Return a record's set id, which names the label over its versions; "" where it has none."""
    said = record.get("set_id")
    return said.lower() if isinstance(said, str) else ""


def _following(answered: Answered) -> dict[str, str] | None:
    """Return what to ask for the next page: the Link's query, at our own address and with our own key."""
    link = _NEXT.search(answered.headers.get("link", ""))
    if link is None:
        return None
    query = dict(parse_qsl(urlsplit(link[1]).query))
    query.pop("api_key", None)
    if "search_after" not in query:
        raise _rubbish(answered, f"search_after in the address of the next page, which is {link[1]!r}")
    return query


def _age(record: Record) -> Age:
    version = str(record.get("version") or "")
    return str(record.get("effective_time") or ""), int(version) if version.isdigit() else 0


def _rubbish(answered: Answered, expected: str) -> Rubbish:
    return Rubbish(f"{answered.address} answered with {answered.start()}, expected {expected}")
