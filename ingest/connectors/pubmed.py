"""PubMed: the records that queries match and that PMIDs name, and how the papers that are held stand.

What was modified since the last whole run is searched for by date of modification; only that is fetched. An item
"standing:<PMID>" is a record whose only use is to tell how a paper stands that is held from elsewhere: it gives
notices and no file.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from pydantic import Field, field_validator, model_validator

from ingest.connectors.base import Asked, Connector, Fetched, Item, Known, Services
from ingest.connectors.eutils import Eutils, paces
from ingest.connectors.eutils_search import MOST, among, matching, with_dois
from ingest.connectors.pubmed_records import Record, read_records
from ingest.fetching.client import Client

__all__ = ["Follow", "PubMed", "connect", "paces"]

BATCH = 200  # records of one EFetch request, as NCBI recommends for lists
OVERLAP = timedelta(days=2)  # NLM's day ends hours after ours, and its index follows its records by up to a day
_STANDING = "standing:"


class Follow(Asked):
    """What is followed: queries in PubMed's own language, single PMIDs, and the standing of whatever is held."""

    queries: tuple[str, ...] = ()
    pmids: tuple[str, ...] = ()
    integrity: bool = Field(
        default=True, description="also ask about every paper held that neither queries nor pmids cover"
    )

    @field_validator("queries")
    @classmethod
    def _not_blank(cls, queries: tuple[str, ...]) -> tuple[str, ...]:
        if not all(query.strip() for query in queries):
            raise ValueError("a query of PubMed is blank: write one, or take it out")
        return tuple(dict.fromkeys(" ".join(query.split()) for query in queries))

    @field_validator("pmids", mode="before")
    @classmethod
    def _numbers(cls, pmids: object) -> object:
        if not isinstance(pmids, list | tuple):
            return pmids
        told = [str(pmid).strip() for pmid in pmids]
        wrong = next((pmid for pmid in told if not _is_pmid(pmid)), None)
        if wrong is not None:
            raise ValueError(f"{wrong!r} is not a PMID: a PMID is a number such as 27641143")
        return tuple(dict.fromkeys(told))

    @model_validator(mode="after")
    def _something(self) -> "Follow":
        if not (self.queries or self.pmids or self.integrity):
            raise ValueError("nothing of PubMed is followed: give queries or pmids, or set integrity")
        return self


def connect(follow: Follow, client: Client, services: Services, folder: Path) -> "PubMed":
    """Return the connector; nothing of it lies in the collection's folder."""
    return PubMed(follow, Eutils(client, services))


class PubMed(Connector):
    """PubMed through the E-utilities. `most` is how many PMIDs it gives of one search."""

    def __init__(self, follow: Follow, eutils: Eutils, most: int = MOST) -> None:
        self._follow, self._eutils, self._most = follow, eutils, most
        self.unmatched: list[str] = []

    def listed(self, known: Known) -> Iterator[Item]:
        """Yield what queries match, what is named, then what is only watched for its standing.

        A record that was not modified since the last whole run has the revision that is known.
        """
        since = known.since - OVERLAP if known.since else None
        found, changed = self._searched(since)
        named = [pmid for pmid in self._follow.pmids if pmid not in found]
        watched = sorted(self._watched(known) - {*found, *named}, key=int)
        if since is not None and named:
            changed |= set(named) - among(self._eutils, named)  # deleted, or never there
        if since is not None and (named or watched):
            changed |= among(self._eutils, [*named, *watched], since)
        ids = [(pmid, pmid) for pmid in (*found, *named)] + [(pmid, f"{_STANDING}{pmid}") for pmid in watched]
        for pmid, id in ids:
            yield Item(id, "" if since is None or pmid in changed else known.revisions.get(id, ""))

    def fetch(self, items: Sequence[Item]) -> Iterator[Fetched]:
        """Yield the records, asked for in batches. One that PubMed does not have, or no longer, is gone."""
        for batch in _batches([item.id for item in items]):
            held = self._records([_pmid(id) for id in batch])
            for id in batch:
                yield _fetched(id, held.get(_pmid(id)))

    def gone(self, ids: Iterable[str]) -> Iterator[str]:
        """Yield those that PubMed has no record of any more. What only matches no query now is still there."""
        for batch in _batches(list(ids)):
            held = self._records([_pmid(id) for id in batch])
            yield from (id for id in batch if _pmid(id) not in held)

    def _watched(self, known: Known) -> set[str]:
        """Return the PMIDs of what is held: by themselves, or found by the DOIs of what is held without one."""
        if not self._follow.integrity:
            return set()
        dois = sorted(doi for doi in known.dois if doi.startswith("10.") and not set(doi) & set('"\\[] '))
        return set(filter(_is_pmid, known.pmids)) | with_dois(self._eutils, dois)

    def _searched(self, since: date | None) -> tuple[dict[str, None], set[str]]:
        """Return the PMIDs that match a query, in order, and those of them that were modified since a day."""
        found: dict[str, None] = {}
        changed: set[str] = set()
        for query in self._follow.queries:
            matched = matching(self._eutils, query, most=self._most)
            found |= dict.fromkeys(matched)
            self.unmatched += [] if matched else [f"the query {query!r}"]
            if since is not None:
                changed |= set(matching(self._eutils, query, since, self._most))
        return found, changed

    def _records(self, pmids: Sequence[str]) -> dict[str, Record]:
        """Return the records by PMID. What is missing is asked for once more before that is believed."""
        records, answered = self._eutils.fetch(pmids, read_records)
        held = {pmid: records.held[pmid] for pmid in pmids if pmid in records.held}
        missing = [pmid for pmid in pmids if pmid not in held and pmid not in records.deleted]
        if missing and not (answered.repeated and len(missing) == len(pmids)):
            if len(missing) == len(pmids):
                self._eutils.forget(answered)
            again = self._eutils.fetch(missing, read_records)[0].held
            held |= {pmid: again[pmid] for pmid in missing if pmid in again}
        return held


def _fetched(id: str, record: Record | None) -> Fetched:
    pmid = _pmid(id)
    address = f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
    if record is None:
        return Fetched(id, "", None, address, reason=f"PubMed has no record with PMID {pmid}", gone=True)
    if id.startswith(_STANDING):
        return Fetched(id, record.revision, None, address, record.notices)
    if record.only_tells:
        return Fetched(id, record.revision, None, address, record.notices, record.only_tells)
    return Fetched(id, record.revision, record.file, address, record.notices)


def _is_pmid(text: str) -> bool:
    return text.isascii() and text.isdecimal() and not text.startswith("0")


def _pmid(id: str) -> str:
    return id.removeprefix(_STANDING)


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
