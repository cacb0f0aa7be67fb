"""What is held of each document cited, as it stands now and not as it stood when the answer was made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus.document import Document, Integrity
from corpus.records import Version
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
        return _BADGES.get(self.document.integrity, "")

    @property
    def date(self) -> str:
        """Return the date that the publisher states, "" where it states none."""
        return self.document.effective or str(self.document.year or "")


def held_of(store: Store, versions: Iterable[str]) -> dict[str, Held]:
    """Return what is held of each version, by its id. Raises NotFound."""
    return {name: held(store, name) for name in dict.fromkeys(versions)}


def held(store: Store, version: str) -> Held:
    """Return what is held of one version. Raises NotFound."""
    document = store.get(version)
    known = tuple(store.versions(document.key))
    retrieved = next(one.retrieved for one in known if one.id == document.id)
    newer = next((one for one in known if one.is_current and one.id != document.id), None)
    return Held(document, retrieved, newer, study_of(document))


def study_of(document: Document) -> str:
    """Return design and number studied as the source states them, "" where it states neither."""
    return " · ".join(filter(None, (document.design, participants(document))))
