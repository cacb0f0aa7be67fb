"""Europe PMC's REST service: searches by cursor, records by their ids, full texts."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from corpus.errors import Rubbish, SourceRefused
from ingest.connectors.notices import tells
from ingest.connectors.sound import read, refuse
from ingest.fetching.client import Answered, Client
from ingest.readers.xml import root_tag

BATCH = 25  # records asked for by id in one query, short enough for an address
_START = "*"

# What of a record decides whether it has changed: not how often it was cited, nor what links to it.
_TELLING = (
    "id", "source", "pmid", "pmcid", "doi", "title", "abstractText", "license", "isOpenAccess", "versionNumber",
    "firstPublicationDate", "dateOfRevision", "fullTextReceivedDate", "authorList", "pubTypeList", "keywordList",
    "journalInfo", "bookOrReportDetails",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """One record as the service gives it (resultType=core), under its id, "MED:22663011"."""

    id: str
    said: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Return a field as text, "" where it is absent."""
        value = self.said.get(name)
        return value.strip() if isinstance(value, str) else ""

    def listed(self, outer: str, inner: str) -> list[Any]:
        """Return the list in a field such as pubTypeList.pubType, empty where it is absent."""
        value = self.said.get(outer)
        found = value.get(inner) if isinstance(value, dict) else None
        return found if isinstance(found, list) else []

    @property
    def links(self) -> list[Mapping[str, Any]]:
        """Return the links to other records that tell of a standing."""
        found = self.listed("commentCorrectionList", "commentCorrection")
        return [one for one in found if isinstance(one, dict) and tells(str(one.get("type", "")))]

    @property
    def revision(self) -> str:
        """Return the SHA-256 of what the record tells, with the links that tell of a standing."""
        told = {name: self.said.get(name) for name in _TELLING} | {"links": self.links}
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Page:
    count: int
    records: tuple[Record, ...]
    cursor: str
    answered: Answered


class Service:
    """Asks the service."""

    def __init__(self, client: Client, at: str, page_size: int) -> None:
        self._client, self._at, self._page_size = client, at.rstrip("/"), page_size

    def search(self, query: str) -> Iterator[Record]:
        """Yield every record that matches, each once. Raises Rubbish where they are fewer than the service counts."""
        seen: dict[str, Record] = {}
        pages: list[_Page] = []
        cursor = _START
        while True:
            page = self._page(query, cursor, self._page_size)
            pages.append(page)
            fresh = [record for record in page.records if record.id not in seen]
            seen |= {record.id: record for record in fresh}
            if not fresh or not page.cursor or page.cursor == cursor:
                break
            cursor = page.cursor
        count = min(page.count for page in pages)
        if len(seen) < count:
            why = f"Europe PMC counts {count:,} records for {query!r}, but its pages hold {len(seen):,}"
            raise refuse(self._client, (page.answered for page in pages), why)
        yield from seen.values()

    def by_id(self, ids: Sequence[str]) -> dict[str, Record]:
        """Return the records of ids. What is missing among several is asked for alone before it is believed."""
        found: dict[str, Record] = {}
        for start in range(0, len(ids), BATCH):
            found |= self._some(ids[start : start + BATCH])
        for id in ids:
            if id not in found and len(ids) > 1:
                found |= self._some([id])
        return found

    def full_text(self, pmcid: str) -> Answered | None:
        """Return the JATS, None where Europe PMC says that it gives none."""
        answered = self._client.get(f"{self._at}/{pmcid}/fullTextXML", also=frozenset({404}))
        if answered.status == 404 or root_tag(answered.body.lstrip()) == "errorBean":
            return None
        return answered

    def forget(self, answered: Answered) -> None:
        """Drop a kept answer."""
        self._client.forget(answered)

    def _some(self, ids: Sequence[str]) -> dict[str, Record]:
        named = [id.split(":", 1) for id in ids]
        query = " OR ".join(f"(EXT_ID:{number} AND SRC:{source})" for source, number in named)
        page = self._page(query, _START, BATCH)
        found = {record.id: record for record in page.records}
        if not found.keys() <= set(ids):
            strange = sorted(found.keys() - set(ids))
            raise refuse(self._client, [page.answered], f"Europe PMC gives {strange[0]}, which was not asked for")
        return found

    def _page(self, query: str, cursor: str, size: int) -> _Page:
        asked = {
            "query": query, "resultType": "core", "format": "json", "pageSize": str(size), "cursorMark": cursor,
        }  # fmt: skip
        answered = self._client.get(f"{self._at}/search", asked)
        return read(self._client, answered, partial(_page, cursor))


def _page(cursor: str, answered: Answered) -> _Page:
    said = answered.json()
    if isinstance(said, dict) and said.get("errMsg"):
        raise SourceRefused(
            f"{answered.address}: Europe PMC refuses: {said['errMsg']}: check the query", answered.status
        )
    count = said.get("hitCount") if isinstance(said, dict) else None
    listed = said.get("resultList") if isinstance(said, dict) else None
    results = listed.get("result", []) if isinstance(listed, dict) else ([] if count == 0 else None)
    if not isinstance(count, int) or not isinstance(results, list):
        raise Rubbish(f"{answered.address} answered with {answered.start()}, expected hitCount and resultList")
    echoed = said.get("request")
    if isinstance(echoed, dict) and echoed.get("cursorMark", cursor) != cursor:
        raise Rubbish(f"{answered.address} answered with another page, {echoed.get('cursorMark')!r}")
    return _Page(
        count, tuple(_record(one, answered) for one in results), str(said.get("nextCursorMark") or ""), answered
    )


def _record(said: object, answered: Answered) -> Record:
    if not isinstance(said, dict) or not said.get("id") or not said.get("source"):
        raise Rubbish(f"{answered.address} gives a record without id and source")
    return Record(f"{said['source']}:{said['id']}", said)
