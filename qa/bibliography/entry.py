"""Entry: what every format of references says of a document."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus.document import Document, Integrity, SourceKind

_INITIALS = re.compile(r"(?P<family>\S.*\S|\S) (?P<initials>[A-Z]{1,4})")


@dataclass(frozen=True, slots=True)
class Author:
    """A name: `given` are initials ("P. D."), "" where the whole name is in `family`."""

    family: str
    given: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with the day on which its text was retrieved.

    `issued` has year, month and day as far as the publisher states them. `note` says how the publication
    stands where that must be said, and what the text cited is where it is a digest.
    """

    key: str
    document: Document
    retrieved: date
    authors: tuple[Author, ...]
    issued: tuple[int, ...]
    note: str

    @property
    def is_article(self) -> bool:
        """Return whether it was printed in a journal."""
        return self.document.kind is SourceKind.RESEARCH and bool(self.document.body)

    def identifier(self, scheme: str) -> str:
        """Return its identifier of that name, "" where it has none."""
        return dict(self.document.identifiers).get(scheme, "")


def entries(documents: Iterable[tuple[Document, date]]) -> list[Entry]:
    """Return one entry for each (document, day of retrieval), in order, their keys unlike each other."""
    made: list[Entry] = []
    taken: set[str] = set()
    for document, retrieved in documents:
        authors = _authors(document)
        first = authors[0].family if authors else document.body or document.kind
        stem = key = f"{_word(first)}{document.year or ''}{_word(document.title, 12)}"
        while key in taken:
            key = f"{stem}-{len(taken)}"
        taken.add(key)
        made.append(Entry(key, document, retrieved, authors, _issued(document), _note(document)))
    return made


def one_line(text: str) -> str:
    """Return a text without line breaks and control characters, its white space single."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _authors(document: Document) -> tuple[Author, ...]:
    """Return who wrote it; of what names no author and was not printed in a journal, who published it."""
    if document.authors or document.kind is SourceKind.RESEARCH or not document.body:
        return tuple(map(_author, document.authors))
    return (Author(document.body, ""),)


def _author(name: str) -> Author:
    found = _INITIALS.fullmatch(name)
    return Author(found["family"], " ".join(f"{c}." for c in found["initials"])) if found else Author(name, "")


def _issued(document: Document) -> tuple[int, ...]:
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", document.effective):
        return tuple(map(int, document.effective.split("-")))
    return (document.year,) if document.year else ()


def _note(document: Document) -> str:
    said = []
    if document.integrity is not Integrity.CURRENT:
        said.append(f"{document.integrity.upper()}: {document.notice}".rstrip(": ").rstrip(".") + ".")
    if document.digest_of:
        said.append(document.digest_of)
    return one_line(" ".join(said))


def _word(text: str, most: int = 24) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())[:most]
