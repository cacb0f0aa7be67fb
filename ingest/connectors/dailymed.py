"""FDA labels from DailyMed's web services, version 2: https://dailymed.nlm.nih.gov/dailymed/app-support-web-services.cfm.

An item is a label's current version, by its set id, or one of its earlier versions, by "<set id>#<version>".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from corpus.errors import Rubbish, UnreadableFile
from ingest.connectors.base import Asked, Connector, Fetched, Item, Known, Services
from ingest.connectors.dailymed_files import Label, from_archive, label_of
from ingest.connectors.dailymed_pages import Listed, Pages
from ingest.connectors.set_ids import SetId
from ingest.connectors.sound import read
from ingest.fetching.client import Client
from ingest.readers.base import RawFile

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]


class Follow(Asked):
    """Labels by a drug's name, by set id or by application number; a label is followed if any of the three says so.

    `name_type` says which names `names` are. With `history` every earlier version of each label is kept too.
    """

    names: tuple[Text, ...] = ()
    name_type: Literal["generic", "brand", "both"] = "both"
    set_ids: tuple[SetId, ...] = ()
    application_numbers: tuple[Text, ...] = ()
    history: bool = False
    page_size: int = Field(100, ge=1, le=100)

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.names or self.set_ids or self.application_numbers):
            raise ValueError("expected at least one of names, set_ids and application_numbers")
        return self


class DailyMed(Connector):
    """DailyMed's labels: version and date of publication tell of a change, before anything of a label is fetched."""

    def __init__(self, follow: Follow, client: Client, services: Services) -> None:
        self._follow = follow
        self._client = client
        self._base = services.dailymed
        self._pages = Pages(client, services, follow.page_size)
        self.unmatched: list[str] = []

    def listed(self, known: Known) -> Iterator[Item]:
        """Yield the labels followed and, where history is, their earlier versions ahead of each."""
        found: dict[str, Listed] = {}
        for filters in self._filters():
            labels = list(self._pages.labels(filters))
            found |= {listed.set_id: listed for listed in labels if listed.set_id not in found}
            if not labels:
                self.unmatched.append(next(f'{name} "{value}"' for name, value in filters.items()))
        for set_id, listed in found.items():
            if self._follow.history:
                earlier = [one for one in self._pages.history(set_id) if one.version < listed.version]
                for one in sorted(earlier, key=lambda one: one.version):
                    yield Item(f"{set_id}#{one.version}", one.revision)
            yield Item(set_id, listed.revision)

    def fetch(self, items: Sequence[Item]) -> Iterator[Fetched]:
        """Yield the SPL document of each version, earlier versions first, so that the current one comes last."""
        for item in sorted(items, key=lambda item: ("#" not in item.id, item.id)):
            set_id, _, version = item.id.partition("#")
            yield self._earlier(item, set_id, int(version)) if version else self._current(item)

    def gone(self, ids: Iterable[str]) -> Iterator[str]:
        """Yield what DailyMed neither lists nor has a document of; an earlier version is gone with its label alone."""
        confirmed: dict[str, bool] = {}
        for name in ids:
            set_id = name.partition("#")[0]
            if set_id not in confirmed:
                confirmed[set_id] = self._is_gone(set_id)
            if confirmed[set_id]:
                yield name

    def _filters(self) -> Iterator[Mapping[str, str]]:
        for name in self._follow.names:
            yield {"drug_name": name, "name_type": self._follow.name_type}
        for number in self._follow.application_numbers:
            yield {"application_number": number}
        for set_id in self._follow.set_ids:
            yield {"setid": set_id}

    def _current(self, item: Item) -> Fetched:
        """Return the label's current version. Its own number counts: it may be newer than the listing, or older."""
        address = self._address(item.id)
        answered = self._client.get(address, also=frozenset({404}))
        if answered.status == 404:
            if not any(self._pages.labels({"setid": item.id})):
                return Fetched(item.id, "", None, address, gone=True)
            self._client.forget(answered)
            return Fetched(
                item.id, "", None, address, reason="DailyMed lists the label and has no document of it (404)"
            )
        try:
            label = read(self._client, answered, lambda got: label_of(got.body, got.address, item.id))
        except UnreadableFile as error:
            return Fetched(item.id, "", None, address, reason=error.reason)
        as_listed = item.revision.partition(" ")[0] == str(label.version)
        revision = item.revision if as_listed else str(label.version)
        return Fetched(item.id, revision, _file(item.id, label), address)

    def _earlier(self, item: Item, set_id: str, version: int) -> Fetched:
        """Return an earlier version out of its archive; one that cannot be had is told of, and stops nothing."""
        address = f"{self._base}/getFile.cfm"
        answered = self._client.get(
            address, {"type": "zip", "setid": set_id, "version": str(version)}, also=frozenset({404})
        )
        try:
            label = read(self._client, answered, lambda got: from_archive(got, set_id, version))
        except Rubbish as error:
            return Fetched(item.id, "", None, answered.address, reason=str(error))
        return Fetched(item.id, item.revision, _file(set_id, label), answered.address)

    def _is_gone(self, set_id: str) -> bool:
        if any(self._pages.labels({"setid": set_id})):
            return False
        return self._client.get(self._address(set_id), also=frozenset({404})).status == 404

    def _address(self, set_id: str) -> str:
        return f"{self._base}/services/v2/spls/{set_id}.xml"


def connect(follow: Follow, client: Client, services: Services, folder: Path) -> DailyMed:
    """Return the connector for the labels that a collection follows."""
    return DailyMed(follow, client, services)


def _file(set_id: str, label: Label) -> RawFile:
    return RawFile(f"dailymed/{set_id}_{label.version}.xml", label.data)
