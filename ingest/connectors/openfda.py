"""FDA labels from openFDA's drug label service: https://open.fda.gov/apis/drug/label/."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator

from ingest.connectors.base import Asked, Connector, Fetched, Item, Known, Services
from ingest.connectors.openfda_pages import Pages, Record, set_id_of
from ingest.connectors.set_ids import SetId
from ingest.fetching.client import Client
from ingest.readers.base import RawFile

# A quote or a backslash would end the phrase in openFDA's query syntax.
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200, pattern=r'^[^"\\]+$')]
_ASKED_AT_ONCE = 20


class Follow(Asked):
    """Labels by generic name, brand name or set id; a label is followed if any of the three says so.

    A name is the whole of what openFDA calls the drug, upper and lower case alike, unless `exact` is false:
    then it is a phrase in it, and "estradiol" follows ethinylestradiol's combinations too. `original_packager`
    leaves out what repackagers publish of the same drug; it does not touch set ids.
    """

    generic: tuple[Name, ...] = ()
    brand: tuple[Name, ...] = ()
    set_ids: tuple[SetId, ...] = ()
    exact: bool = True
    original_packager: bool = False
    page_size: int = Field(100, ge=1, le=1000)

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.generic or self.brand or self.set_ids):
            raise ValueError("expected at least one of generic, brand and set_ids")
        return self


class OpenFda(Connector):
    """openFDA's labels. Its listing holds the whole records, so fetching costs no further request."""

    def __init__(self, follow: Follow, client: Client, services: Services) -> None:
        self._follow = follow
        self._pages = Pages(client, services, follow.page_size)
        self.unmatched: list[str] = []

    def listed(self, known: Known) -> Iterator[Item]:
        """Yield the labels followed; a label's revision is the hash of what its record says."""
        named: set[tuple[str, str]] = set()
        asked = [("generic_name", name) for name in self._follow.generic]
        asked += [("brand_name", name) for name in self._follow.brand]
        asked += [("set_id", set_id) for set_id in self._follow.set_ids]
        for set_id, record in self._records():
            named.update(pair for pair in asked if pair not in named and _has(record, *pair, self._follow.exact))
            yield Item(set_id, revision(record))
        self.unmatched = [f'{field} "{name}"' for field, name in asked if (field, name) not in named]

    def fetch(self, items: Sequence[Item]) -> Iterator[Fetched]:
        """Yield the records of the labels, each as an answer of one; what is not there any more is gone."""
        wanted = {item.id for item in items}
        for set_id, record in self._records() if wanted else ():
            if set_id in wanted:
                wanted.remove(set_id)
                data = json.dumps({"results": [record]}, sort_keys=True).encode()
                file = RawFile(f"openfda/{set_id}.json", data)
                yield Fetched(set_id, revision(record), file, self._pages.address(set_id))
        confirmed = set(self.gone(wanted))
        for set_id in sorted(wanted):
            reason = "" if set_id in confirmed else "openFDA has the label, but under none of the names followed"
            yield Fetched(set_id, "", None, self._pages.address(set_id), reason=reason, gone=set_id in confirmed)

    def gone(self, ids: Iterable[str]) -> Iterator[str]:
        """Yield the set ids under which openFDA has nothing; a label that has only lost its names is not among them."""
        for some in _batches(sorted(set(ids))):
            there = {set_id for set_id, _ in self._pages.records(_any("set_id", some))}
            yield from (set_id for set_id in some if set_id not in there)

    def _records(self) -> Iterator[tuple[str, Record]]:
        """Yield set id and record of each label followed, each once."""
        seen: set[str] = set()
        for query, names in self._queries():
            for set_id, record in self._pages.records(query):
                if set_id not in seen and (not names or _named(record, names)):
                    seen.add(set_id)
                    yield set_id, record

    def _queries(self) -> Iterator[tuple[str, frozenset[tuple[str, str]]]]:
        """Yield each search, and the pairs of field and name of which a record must have one (none: any record)."""
        packager = " AND openfda.is_original_packager:true" if self._follow.original_packager else ""
        for field, names in (("generic_name", self._follow.generic), ("brand_name", self._follow.brand)):
            for some in _batches(names):
                pairs = frozenset((field, name.casefold()) for name in some) if self._follow.exact else frozenset()
                yield _any(f"openfda.{field}", some) + packager, pairs
        for some in _batches(self._follow.set_ids):
            yield _any("set_id", some), frozenset()


def connect(follow: Follow, client: Client, services: Services, folder: Path) -> OpenFda:
    """Return the connector for the labels that a collection follows."""
    return OpenFda(follow, client, services)


def revision(record: Record) -> str:
    """Return the hash of what a record says: the order of its names and of its fields says nothing."""
    said = {name: value for name, value in record.items() if not name.startswith("@")}  # "@epoch" is when, not what
    about = said.get("openfda")
    if isinstance(about, dict):
        said["openfda"] = {name: _sorted(value) for name, value in about.items()}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _sorted(value: Any) -> Any:
    return sorted(value, key=str) if isinstance(value, list) else value


def _named(record: Record, names: frozenset[tuple[str, str]]) -> bool:
    about = record.get("openfda")
    values = about if isinstance(about, dict) else {}
    return any(
        isinstance(said, str) and said.casefold() == name for field, name in names for said in values.get(field, ())
    )


def _has(record: Record, field: str, name: str, exact: bool) -> bool:
    """Return whether a record has a name, whole or, if not `exact`, in one of its own; or has the set id."""
    if field == "set_id":
        return set_id_of(record) == name
    if exact:
        return _named(record, frozenset([(field, name.casefold())]))
    about = record.get("openfda")
    values = about.get(field, ()) if isinstance(about, dict) else ()
    return any(isinstance(said, str) and name.casefold() in said.casefold() for said in values)


def _any(field: str, values: Sequence[str]) -> str:
    """Return a search for any of the phrases in a field."""
    return "(" + " OR ".join(f'{field}:"{value}"' for value in values) + ")"


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), _ASKED_AT_ONCE):
        yield values[start : start + _ASKED_AT_ONCE]
