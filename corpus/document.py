"""Document and Section: one version of one publication, as plain text that never changes."""

import hashlib
import json
from dataclasses import MISSING, dataclass, field, fields
from enum import StrEnum
from typing import Any, Self


class SourceKind(StrEnum):
    """The three kinds of source that are searched and shown apart."""

    GUIDELINE = "guideline"
    LABEL = "label"
    RESEARCH = "research"


class Integrity(StrEnum):
    """Where a publication stands with its publisher."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    CORRECTED = "corrected"
    CONCERN = "concern"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"

    @property
    def is_evidence(self) -> bool:
        """False for what may be named but never quoted in support: retracted and withdrawn."""
        return self not in (Integrity.RETRACTED, Integrity.WITHDRAWN)


class Role(StrEnum):
    """What a run of characters was on the publisher's page."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    HEADER = "header"
    ROW = "row"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Block:
    """Characters [start, end) of a section's text that belong together.

    `lead` are the characters that name what an item or a row speaks of: the sentence that
    introduces a list, the header row of a table. None where the block stands by itself.
    Blocks lie in order, do not overlap, and leave out only white space.
    """

    role: Role
    start: int
    end: int
    lead: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a document: plain text with its place in the document.

    `heading` is the path of titles from the outermost to this section's own, without numbers.
    `number` is the publisher's ("5.1", "" where there is none), `code` the LOINC code of a
    label section ("34067-9"), `codes` the codes of the path, one for each title in `heading`, ""
    where there is none. `text` has no markup: paragraphs, list items and table rows are lines;
    cells of a row are joined by " | ". `page` counts from 1 where the source has pages.
    """

    heading: tuple[str, ...]
    text: str
    number: str = ""
    code: str = ""
    blocks: tuple[Block, ...] = ()
    page: int | None = None
    codes: tuple[str, ...] = ()
    _id: str = field(init=False, repr=False, compare=False, default="")

    @property
    def id(self) -> str:
        """Return 32 hex digits derived from all that the section holds; worked out once."""
        if not self._id:
            values = {name: getattr(self, name) for name in self.__slots__ if name != "_id"}
            values["blocks"] = [{name: getattr(block, name) for name in block.__slots__} for block in self.blocks]
            object.__setattr__(self, "_id", digest(values)[:32])
        return self._id

    @property
    def title(self) -> str:
        """Return the section's own title, "" where it has none."""
        return self.heading[-1] if self.heading else ""


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one publication.

    `key` is stable over versions: "pmid:27641143", "spl:<set id>", "doi:10.…",
    "guideline:<body>-<year>-…", "file:<sha256>" where the source names no identifier.
    `version` and `effective` (ISO 8601, possibly only "2019" or "2019-04") are as the publisher
    states them. `drugs` are active ingredients in lower case, `brands` names as printed.
    `design` is the study design or the grade as stated by the source. `identifiers` are pairs
    in printing order, e.g. ("pmid", "27641143"). `digest_of` names the publication where the
    text is a digest written for Curbside or by a third party, "" where it is the publication
    itself. `notice` says what the source says about the integrity state.

    `content_hash` covers all but `integrity` and `notice`: a retraction changes where a version
    stands, not what it says, so the version keeps its id.
    """

    key: str
    kind: SourceKind
    title: str
    sections: tuple[Section, ...]
    body: str = ""
    year: int | None = None
    effective: str = ""
    version: str = ""
    url: str = ""
    licence: str = ""
    integrity: Integrity = Integrity.CURRENT
    notice: str = ""
    design: str = ""
    drugs: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    publication_types: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    digest_of: str = ""
    content_hash: str = field(init=False)

    def __post_init__(self) -> None:
        values = {n: getattr(self, n) for n in self.__slots__ if n not in _NOT_CONTENT}
        values["sections"] = [section.id for section in self.sections]
        object.__setattr__(self, "content_hash", digest(values))

    @classmethod
    def without_sections(cls, content_hash: str, **values: Any) -> Self:
        """Return the metadata of a version that is held: its sections left out, its hash the one over them."""
        document = object.__new__(cls)
        for name, value in (_DEFAULTS | values | {"sections": (), "content_hash": content_hash}).items():
            object.__setattr__(document, name, value)
        return document

    @property
    def id(self) -> str:
        """Return the version's id: the key and 16 hex digits of the content hash."""
        return f"{self.key}@{self.content_hash[:16]}"


_DEFAULTS: dict[str, Any] = {f.name: f.default for f in fields(Document) if f.default is not MISSING}
_NOT_CONTENT = ("sections", "content_hash", "integrity", "notice")


def digest(value: object) -> str:
    """Return the SHA-256 of a JSON-ready value, 64 hex digits, the same on every machine."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
