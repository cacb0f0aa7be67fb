"""What the store says about what it holds, beside the documents themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from corpus.document import Document, Integrity, SourceKind
from corpus.passage import Passage


class Outcome(StrEnum):
    """What adding a document came to."""

    NEW = "new"
    NEW_VERSION = "new version"
    OLDER_VERSION = "older version"
    NEW_STATE = "new state"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document's bytes came from: a kept raw file, its name or address, and the day."""

    raw_sha256: str
    size: int
    name: str
    retrieved: date
    address: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One version that is to be stored: where it came from, and the passages that `splitter` cut it into."""

    document: Document
    origin: Origin
    passages: Sequence[Passage] = ()
    splitter: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """The outcome of adding one document; `note` says what a person should know, "" if nothing."""

    document_id: str
    outcome: Outcome
    note: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a publication without its text."""

    id: str
    key: str
    kind: SourceKind
    title: str
    version: str
    effective: str
    year: int | None
    licence: str
    integrity: Integrity
    is_current: bool
    raw_sha256: str
    retrieved: date
    added: datetime


@dataclass(frozen=True, slots=True)
class IntegrityChange:
    """One step in where a publication stands; `was` is None for the first."""

    at: datetime
    was: Integrity | None
    became: Integrity
    why: str


@dataclass(frozen=True, slots=True)
class PassagePlace:
    """A passage with the version of the document that it lies in."""

    document: Document
    passage: Passage


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts over the store; `documents`, `integrity` and `passages` speak of current versions."""

    documents: Mapping[str, int]
    integrity: Mapping[str, int]
    versions: int
    sections: int
    passages: int
    raw_files: int
    raw_bytes: int
    answers: int
