"""What every connector offers, and how one is found: its file's name is its table in a collection.

A connector is a module in this folder with `Follow`, a pydantic model of what a collection may ask of it,
and `connect`, which makes a `Connector` of that. Being here is all it takes: there is no list to edit.
Modules without the two are helpers of connectors.
"""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol, cast

from pydantic import BaseModel, ConfigDict

from corpus.document import Integrity
from ingest.fetching.client import Client
from ingest.readers.base import RawFile


class Asked(BaseModel):
    """What a collection asks of one source; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Services:
    """Where the services are and how they know us. An empty key means: without one, at the slower rate."""

    openfda: str = "https://api.fda.gov"
    openfda_key: str = ""
    dailymed: str = "https://dailymed.nlm.nih.gov/dailymed"
    eutils: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
    ncbi_key: str = ""
    europepmc: str = "https://www.ebi.ac.uk/europepmc/webservices/rest"
    pmc: str = "https://pmc-oa-opendata.s3.amazonaws.com"
    email: str = ""
    tool: str = "curbside"


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier run knew of a source: the revision by item, and the day on which the last whole run began.

    `pmids` are the PubMed identifiers of everything that is held, whoever gave it; `dois`, in lower case, name what is
    held without one. `believe` says that somebody
    vouches for what is missing this time.
    """

    revisions: Mapping[str, str]
    since: date | None = None
    pmids: frozenset[str] = frozenset()
    believe: bool = False
    dois: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a source has now. `revision` is what it says of its state, "" where only its content tells."""

    id: str
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a source says about the standing of a publication, whoever's record says so.

    It is meant for whatever is held under one of the identifiers, pairs such as ("pmid", "20137807")
    and ("doi", "10.1016/…") in lower case.
    """

    identifiers: tuple[tuple[str, str], ...]
    state: Integrity
    why: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """One item's bytes as a reader takes them, and the revision to remember.

    `file` is None where there is nothing to read: the licence does not allow it, or the item only tells
    of others; `reason` says so. `gone` where the source says that it was deleted.
    """

    id: str
    revision: str
    file: RawFile | None
    address: str = ""
    notices: tuple[Notice, ...] = ()
    reason: str = ""
    gone: bool = False


class Connector(Protocol):
    """One source, for what a collection follows of it. A connector names this as its base, for what it leaves unsaid.

    `unmatched` are, after `listed`, the names and queries that nothing matches: a person should hear of a drug that
    is misspelt. `ids_are_local` says that an item's id means something to one collection alone.
    """

    unmatched: Sequence[str] = ()
    ids_are_local: bool = False

    def listed(self, known: Known) -> Iterator[Item]:
        """Yield everything that the source has now of what is followed, each id once. Raises SourceFailed.

        An item whose revision is the known one is not fetched.
        """
        ...

    def fetch(self, items: Sequence[Item]) -> Iterator[Fetched]:
        """Yield each of the items, in any order, one Fetched each. Raises SourceFailed.

        What the source turns out not to have any more is yielded as `gone`.
        """
        ...

    def gone(self, ids: Iterable[str]) -> Iterator[str]:
        """Yield those of the ids, known before and listed no longer, that the source confirms as withdrawn.

        What has only ceased to match a query is not withdrawn. Raises SourceFailed.
        """
        ...


class Source(Protocol):
    """A connector's module. `follow.base` of a relative path is the folder of the collection's file."""

    Follow: type[Asked]

    def connect(self, follow: Any, client: Client, services: Services, folder: Path) -> Connector:
        """Return the connector for what a collection asks. `folder` is where the collection's file lies."""
        ...


@cache
def sources() -> Mapping[str, Source]:
    """Return every connector's module, by name."""
    import ingest.connectors as here

    found = {}
    for module in pkgutil.iter_modules(here.__path__):
        source = importlib.import_module(f"{here.__name__}.{module.name}")
        if hasattr(source, "Follow") and hasattr(source, "connect"):
            found[module.name] = cast(Source, source)
    return found
