"""The history of a publication: its versions by date, where each came from, and what changed between neighbours."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.diff import Change, SectionChange, diff_documents
from corpus.errors import NotFound
from corpus.reading import row_of
from corpus.records import IntegrityChange, Version
from corpus.schema import documents, retrievals
from corpus.store import Store


@dataclass(frozen=True, slots=True)
class Source:
    """A file or an address that gave a version, and the first day on which it did."""

    name: str
    address: str
    retrieved: date


@dataclass(frozen=True, slots=True)
class Step:
    """A version, where it came from, and what became of each section since the version before it.

    `date` is the publisher's, else the day of retrieval. `changes` is empty for the first version.
    """

    version: Version
    date: str
    sources: tuple[Source, ...]
    changes: tuple[SectionChange, ...]

    def changed(self, section: str = "") -> tuple[SectionChange, ...]:
        """Return the sections that did not stay as they were; only those that `section` names, where given.

        It names by number ("5" means 5.1 too), by LOINC code, or by title.
        """
        found = (change for change in self.changes if change.what is not Change.SAME)
        return tuple(change for change in found if not section or _is_named(change, section))


@dataclass(frozen=True, slots=True)
class History:
    """The versions of a publication, the earliest first, and every change of where it stands."""

    key: str
    title: str
    steps: tuple[Step, ...]
    integrity: tuple[IntegrityChange, ...]


def history_of(store: Store, name: str) -> History:
    """Return the history of a publication, by its key or the id of one of its versions. Raises NotFound.

    Versions are ordered by the publisher's date, then its version number, then by arrival: an older version
    may arrive later.
    """
    with store.engine.connect() as connection:
        row = row_of(connection, name)
        if row is None:
            raise NotFound(f"no document {name!r} is held: `curbside corpus list` shows what is")
        sources = _sources(connection, row["key"])
    versions = sorted(store.versions(row["key"]), key=lambda one: (_date(one), _numbers(one.version)))
    steps = [Step(versions[0], _date(versions[0]), sources[versions[0].id], ())]
    before = store.get(versions[0].id)
    for _, version in pairwise(versions):
        document = store.get(version.id)
        steps.append(Step(version, _date(version), sources[version.id], diff_documents(before, document)))
        before = document
    current = next((one for one in versions if one.is_current), versions[-1])
    return History(row["key"], current.title, tuple(steps), store.integrity_history(row["key"]))


def counted(changes: Iterable[SectionChange]) -> dict[Change, int]:
    """Return how many sections came to what; only what there is."""
    counts: dict[Change, int] = {}
    for change in changes:
        counts[change.what] = counts.get(change.what, 0) + 1
    return counts


def _sources(connection: Connection, key: str) -> dict[str, tuple[Source, ...]]:
    """Return the sources of each version of a publication, by its id."""
    query = (
        sa.select(documents.c.id, retrievals.c.name, retrievals.c.address, retrievals.c.retrieved)
        .join(retrievals, retrievals.c.document == documents.c.seq)
        .where(documents.c.key == key)
        .order_by(retrievals.c.retrieved, retrievals.c.name)
    )
    found: dict[str, tuple[Source, ...]] = defaultdict(tuple)
    for row in connection.execute(query):
        found[row.id] += (Source(row.name, row.address, row.retrieved),)
    return found


def _date(version: Version) -> str:
    return version.effective or str(version.retrieved)


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.strip().lower().removeprefix("v").split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else ()


def _is_named(change: SectionChange, name: str) -> bool:
    for place in filter(None, (change.was, change.now)):
        titles = {title.casefold() for title in place.heading}
        if place.number == name or place.number.startswith(f"{name}.") or place.code == name:
            return True
        if name.casefold() in titles:
            return True
    return False
