"""Full texts of PubMed Central from its open-access dataset, as far as their licence allows to keep them.

Two small requests an article say what has changed: the list of its versions and PMC's metadata of the newest.
The full text is fetched where the licence is one of those followed; the standing is told in any case.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import Field, field_validator

from corpus.document import Integrity
from ingest.connectors.base import Asked, Connector, Fetched, Item, Known, Notice, Services
from ingest.connectors.jats_files import Article, article
from ingest.connectors.licences import KEPT, Kept, Licence
from ingest.connectors.pmc_store import About, Store
from ingest.connectors.sound import read
from ingest.fetching.client import Client
from ingest.readers.base import RawFile


class Follow(Asked):
    """What is followed: articles by PMCID, and under which licences a full text is kept."""

    pmcids: tuple[str, ...] = Field(min_length=1)
    licences: Kept = Field(
        default=KEPT, description="for commercial use leave out those with NC: CC0, CC BY, CC BY-SA, CC BY-ND"
    )

    @field_validator("pmcids")
    @classmethod
    def _named(cls, pmcids: tuple[str, ...]) -> tuple[str, ...]:
        told = [pmcid.strip().upper() for pmcid in pmcids]
        wrong = next((one for one in told if not (one.startswith("PMC") and one[3:].isdecimal())), None)
        if wrong is not None:
            raise ValueError(f"{wrong!r} is not a PMCID: a PMCID is such as PMC3040717")
        return tuple(dict.fromkeys(told))


def connect(follow: Follow, client: Client, services: Services, folder: Path) -> "Pmc":
    """Return the connector; nothing of it lies in the collection's folder."""
    return Pmc(follow, client, Store(client, services.pmc))


class Pmc(Connector):
    """PMC's dataset, for a list of articles."""

    def __init__(self, follow: Follow, client: Client, store: Store) -> None:
        self._follow, self._client, self._store = follow, client, store

    def listed(self, known: Known) -> Iterator[Item]:
        """Yield the articles that are followed; one that the dataset does not hold has no revision."""
        for pmcid in self._follow.pmcids:
            about = self._store.about(pmcid)
            yield Item(pmcid, about.revision if about else "")

    def fetch(self, items: Sequence[Item]) -> Iterator[Fetched]:
        """Yield the full texts, or why there is none. An article that the dataset does not hold is gone."""
        for item in items:
            about = self._store.about(item.id)
            if about is None:
                yield Fetched(item.id, "", None, reason=f"the dataset of PMC does not hold {item.id}", gone=True)
            else:
                yield self._fetched(about)

    def gone(self, ids: Iterable[str]) -> Iterator[str]:
        """Yield those that the dataset does not hold any more."""
        for pmcid in ids:
            if self._store.about(pmcid) is None:
                yield pmcid

    def _fetched(self, about: About) -> Fetched:
        address = f"https://pmc.ncbi.nlm.nih.gov/articles/{about.pmcid}/"
        notices = _retracted(about)
        why = self._refused(about)
        answered = None if why else self._store.jats(about)
        if answered is None:
            return Fetched(about.pmcid, about.revision, None, address, notices, why or _no_text(about))

        def make(_: object) -> Article:
            return article(answered.body, answered.address, "PMC", about.licence, about.pmcid)

        found = read(self._client, answered, make)
        if found.only_tells:
            return Fetched(about.pmcid, about.revision, None, address, (*notices, *found.notices), found.only_tells)
        if not self._allows(found.licence):
            both = found.licence.code if found.licence else "none"
            why = f"the licence of {about.pmcid} is {about.code} by PMC, with the article's own words {both}: not kept"
            return Fetched(about.pmcid, about.revision, None, address, (*notices, *found.notices), why)
        file = RawFile(f"{about.pmcid}.{about.version}.xml", found.data)
        return Fetched(about.pmcid, about.revision, file, address, (*notices, *found.notices))

    def _refused(self, about: About) -> str:
        """Return why the full text is not to be fetched, "" where it may be."""
        if not about.open_access:
            return f"{about.pmcid} is not in the open-access subset (licence {about.code}): its text is not kept"
        if not self._allows(about.licence):
            return f"the licence of {about.pmcid}, {about.code}, is not among those kept"
        return "" if about.path else _no_text(about)

    def _allows(self, licence: Licence | None) -> bool:
        return licence is not None and licence.code in self._follow.licences


def _retracted(about: About) -> tuple[Notice, ...]:
    if not about.retracted:
        return ()
    return (Notice(about.identifiers, Integrity.RETRACTED, f"PMC marks {about.pmcid} as retracted"),)


def _no_text(about: About) -> str:
    return f"PMC has no JATS of {about.pmcid}.{about.version}"
