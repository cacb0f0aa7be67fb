"""Europe PMC: full texts with an open licence, preprints, and what the service says of standings.

A record with a PMID is the publication that PubMed has, under the same key. Of those only full texts are taken, so
that no abstract stands beside another version of itself; records without a PMID come with their abstract.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import Field, field_validator

from ingest.connectors.base import Asked, Connector, Fetched, Item, Known, Notice, Services
from ingest.connectors.europepmc_service import Record, Service
from ingest.connectors.jats_files import Article, article
from ingest.connectors.licences import KEPT, Kept, Licence, licence_in
from ingest.connectors.notices import Identifiers, Link, about_itself, about_others, doi_in, named, only_tells
from ingest.connectors.sound import read
from ingest.fetching.client import Answered, Client
from ingest.readers.base import RawFile

WHO = "Europe PMC"


class Follow(Asked):
    """What is followed: queries in Europe PMC's own language, and whether full texts are wanted."""

    queries: tuple[str, ...] = Field(min_length=1)
    full_text: bool = True
    licences: Kept = KEPT
    page_size: int = Field(default=200, ge=1, le=1000)

    @field_validator("queries")
    @classmethod
    def _not_blank(cls, queries: tuple[str, ...]) -> tuple[str, ...]:
        if not all(query.strip() for query in queries):
            raise ValueError("a query of Europe PMC is blank: write one, or take it out")
        return tuple(dict.fromkeys(" ".join(query.split()) for query in queries))


def connect(follow: Follow, client: Client, services: Services, folder: Path) -> "EuropePmc":
    """Return the connector; nothing of it lies in the collection's folder."""
    return EuropePmc(follow, client, Service(client, services.europepmc, follow.page_size))


class EuropePmc(Connector):
    """Europe PMC, for what queries match."""

    def __init__(self, follow: Follow, client: Client, service: Service) -> None:
        self._follow, self._client, self._service = follow, client, service
        self.unmatched: list[str] = []

    def listed(self, known: Known) -> Iterator[Item]:
        """Yield every record that a query matches, with the hash of what it tells."""
        seen: set[str] = set()
        for query in self._follow.queries:
            records = list(self._service.search(query))
            self.unmatched += [] if records else [f"the query {query!r}"]
            for record in records:
                if record.id not in seen:
                    seen.add(record.id)
                    yield Item(record.id, record.revision)

    def fetch(self, items: Sequence[Item]) -> Iterator[Fetched]:
        """Yield full text or record of each, or why there is neither. A record that is no more is gone."""
        found = self._service.by_id([item.id for item in items])
        for item in items:
            record = found.get(item.id)
            if record is None:
                yield Fetched(item.id, "", None, reason=f"Europe PMC has no record {item.id}", gone=True)
            else:
                yield self._fetched(record)

    def gone(self, ids: Iterable[str]) -> Iterator[str]:
        """Yield those that Europe PMC has no record of any more."""
        asked = list(ids)
        found = self._service.by_id(asked)
        yield from (id for id in asked if id not in found)

    def _fetched(self, record: Record) -> Fetched:
        address = f"https://europepmc.org/article/{record.id.replace(':', '/')}"
        notices, file, why = _notices(record), None, ""
        if only := only_tells(map(str, record.listed("pubTypeList", "pubType"))):
            return Fetched(record.id, record.revision, None, address, notices, only)
        if self._follow.full_text and record.text("pmcid") and record.text("isOpenAccess") == "Y":
            text, why = self._full_text(record)
            if text is not None:
                file, notices = RawFile(f"{record.text('pmcid')}.xml", text.data), (*notices, *text.notices)
                if text.only_tells:
                    return Fetched(record.id, record.revision, None, address, notices, text.only_tells)
        if file is None and not record.text("pmid"):
            if record.text("abstractText"):
                file, why = _alone(record), ""
            else:
                why = why or f"{record.id} has neither an abstract nor a full text that may be kept"
        elif file is None:
            why = why or f"of {record.id} only an abstract may be kept, which PubMed gives"
        return Fetched(record.id, record.revision, file, address, notices, why)

    def _full_text(self, record: Record) -> tuple[Article | None, str]:
        """Return the article, or None and why not."""
        pmcid, stated = record.text("pmcid"), licence_in(record.text("license"))
        if stated is not None and not self._allows(stated):
            return None, f"the licence of {pmcid}, {stated.code}, is not among those kept"
        answered = self._service.full_text(pmcid)
        if answered is None:
            return None, f"Europe PMC gives no full text of {pmcid}"

        def make(answered: Answered) -> Article:
            return article(answered.body, answered.address, WHO, stated, pmcid)

        found = read(self._client, answered, make)
        if not self._allows(found.licence):
            return (
                None,
                f"the licence of {pmcid}, {found.licence.code if found.licence else 'none'}, is not among those kept",
            )
        return found, ""

    def _allows(self, licence: Licence | None) -> bool:
        return licence is not None and licence.code in self._follow.licences


def _alone(record: Record) -> RawFile:
    """Return an answer of one record, as the reader takes it."""
    data = json.dumps({"hitCount": 1, "resultList": {"result": [record.said]}}, ensure_ascii=False, sort_keys=True)
    return RawFile(f"europepmc-{record.id.replace(':', '-')}.json", data.encode())


def _notices(record: Record) -> tuple[Notice, ...]:
    own = named((kind, record.text(kind)) for kind in ("pmid", "pmcid", "doi"))
    types = [str(one) for one in record.listed("pubTypeList", "pubType")]
    marks = [f'publication type "{one}"' for one in types if one.lower() == "retracted publication"]
    links = [Link(str(one.get("type", "")), _other(one), str(one.get("reference") or "")) for one in record.links]
    title = f'{WHO}: {record.id}, "{record.text("title")}",'
    return (*about_itself(own, WHO, links, marks), *about_others(title, links, {value for _, value in own}))


def _other(link: object) -> Identifiers:
    said = link if isinstance(link, dict) else {}
    pmid = str(said.get("id") or "") if said.get("source") == "MED" else ""
    return named([("pmid", pmid), ("doi", doi_in(str(said.get("reference") or "")))])
