"""What is held of each document cited, as it stands now and not as it stood when the answer was made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from corpus import reading
from corpus.document import Document, Integrity
from corpus.errors import NotFound
from corpus.records import Version
from corpus.schema import documents
from corpus.store import Store
from qa.web.participants import participants

_BADGES = {
    Integrity.SUPERSEDED: "superseded",
    Integrity.CORRECTED: "corrected",
    Integrity.CONCERN: "expression of concern",
    Integrity.WITHDRAWN: "withdrawn",
    Integrity.RETRACTED: "retracted",
}


@dataclass(frozen=True, slots=True)
class Held:
    """A version that is cited, and what is known of it.

    `newer` is the current version where that is another; `study` is the design and the number studied.
    """

    document: Document
    retrieved: date
    newer: Version | None
    study: str

    @property
    def badge(self) -> str:
        """Return the state of integrity where it must be said, "" where the publication stands."""
        return badge_of(self.document.integrity)

    @property
    def date(self) -> str:
        """Return the date that the publisher states, "" where it states none."""
        return self.document.effective or str(self.document.year or "")


def badge_of(integrity: Integrity) -> str:
    """Return how a state of integrity is shown, "" where the publication stands."""
    return _BADGES.get(integrity, "")


def held_of(store: Store, versions: Iterable[str]) -> dict[str, Held]:
    """Return what is held of each version, by its id, in the order given. Raises NotFound."""
    names = list(dict.fromkeys(versions))
    rows = _rows(store, documents.c.id.in_(names))
    with store.engine.connect() as connection:
        found = {one.id: one for one in reading.documents_of(connection, rows)}
    retrieved = {row["id"]: row["retrieved"] for row in rows}
    newer = _newer(store, {row["id"]: row["key"] for row in rows if not row["is_current"]})
    for name in names:
        if name not in found:
            raise NotFound(f"no version {name!r} is held")
    return {name: Held(found[name], retrieved[name], newer.get(name), study_of(found[name])) for name in names}


def held(store: Store, version: str) -> Held:
    """Return what is held of one version. Raises NotFound."""
    return held_of(store, [version])[version]


def _newer(store: Store, keys: Mapping[str, str]) -> dict[str, Version]:
    """Return the current version of each publication, by the versions that another has taken the place of."""
    rows = _rows(store, sa.and_(documents.c.key.in_(set(keys.values())), documents.c.is_current)) if keys else []
    current = {row["key"]: reading.version_of(row) for row in rows}
    return {name: current[key] for name, key in keys.items() if key in current}


def _rows(store: Store, where: sa.ColumnElement[bool]) -> list[sa.RowMapping]:
    return [row for rows in reading.batches(store.engine, [where]) for row in rows]


def study_of(document: Document) -> str:
    """Return design and number studied as the source states them, "" where it states neither."""
    return " · ".join(filter(None, (document.design, participants(document))))
