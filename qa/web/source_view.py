"""A publication as its page shows it: its versions, what changed between them, and one of them to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.diff import Change, SectionChange, diff_documents
from corpus.document import Document, Section
from corpus.errors import NotFound
from corpus.records import Version
from corpus.store import Store

# A document of at most so many characters is shown whole, of a longer one the section that is opened.
WHOLE_CHARS = 30_000


@dataclass(frozen=True, slots=True)
class Shown:
    """The version that is read; `sections` are those shown with their text, all where `is_whole`."""

    version: Version
    document: Document
    sections: tuple[Section, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Between:
    """What became of the sections of a version in the next one; `counts` says how many came to what."""

    was: Version
    now: Version
    changes: tuple[SectionChange, ...]
    counts: dict[Change, int]


def versions_of(store: Store, key: str) -> tuple[Version, ...]:
    """Return the versions held of a publication, the current one first, then by date. Raises NotFound."""
    found = sorted(store.versions(key), key=lambda one: (one.is_current, dated(one), one.added), reverse=True)
    if not found:
        raise NotFound(f"no document {key!r} is held: /sources shows what is")
    return tuple(found)


def dated(version: Version) -> str:
    """Return the date of a version: the publisher's, else the day on which it was retrieved."""
    return version.effective or str(version.retrieved)


def shown(store: Store, versions: Sequence[Version], version_id: str, section_id: str) -> Shown:
    """Return the version to read, the current one where none is named, and of it the section named. Raises NotFound."""
    current = next((one for one in versions if one.is_current), versions[0])
    version = _named(versions, version_id) if version_id else current
    document = store.get(version.id)
    if section_id:
        sections = tuple(one for one in document.sections if one.id == section_id)
        if not sections:
            raise NotFound(f"version {version.id} has no section {section_id!r}: open the document without one")
        return Shown(version, document, sections, is_whole=False)
    is_whole = sum(len(one.text) for one in document.sections) <= WHOLE_CHARS
    return Shown(version, document, document.sections if is_whole else (), is_whole)


def between(store: Store, versions: Sequence[Version], version_id: str) -> Between:
    """Return what a version changed of the one before it. Raises NotFound where there is none before."""
    now = _named(versions, version_id)
    before = versions[versions.index(now) + 1 :]
    if not before:
        raise NotFound(f"{version_id} is the earliest version that is held: there is none to compare it with")
    changes = diff_documents(store.get(before[0].id), store.get(now.id))
    counts = {what: sum(one.what is what for one in changes) for what in Change}
    moved = tuple(one for one in changes if one.what is not Change.SAME)
    return Between(before[0], now, moved, counts)


def ago(day: date, today: date) -> str:
    """Return how long ago a day was, in words."""
    days = (today - day).days
    if days <= 0:
        return "today"
    for size, unit in ((365, "year"), (30, "month"), (1, "day")):
        if days >= size:
            n = days // size
            return f"{n} {unit}{'s' if n > 1 else ''} ago"
    return "today"


def _named(versions: Sequence[Version], version_id: str) -> Version:
    for one in versions:
        if one.id == version_id:
            return one
    raise NotFound(f"{versions[0].key} has no version {version_id!r}: its page lists those that are held")
