"""Documents, sections and passages as rows of the store, and back again."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping

from corpus.document import Block, Document, Integrity, Role, Section, SourceKind, digest
from corpus.editions import of_version
from corpus.passage import Passage, Sentence

Row = Mapping[str, Any] | RowMapping
_PLAIN = ("key", "title", "body", "year", "effective", "version", "url", "licence", "design", "digest_of")
_LISTS = ("drugs", "brands", "authors", "identifiers", "publication_types", "subjects")


def document_row(document: Document) -> dict[str, Any]:
    """Return a document's own columns; where it came from and where it stands are not among them."""
    row = {name: getattr(document, name) for name in _PLAIN}
    row |= {name: list(getattr(document, name)) for name in _LISTS}
    return row | {"id": document.id, "kind": document.kind.value, "content_hash": document.content_hash}


def document_of(row: Row, sections: Sequence[Section]) -> Document:
    """Return the document of a row of `documents` joined with its publication, in its state of now."""
    values = {name: row[name] for name in _PLAIN}
    values |= {name: tuple(row[name]) for name in _LISTS}
    values["identifiers"] = tuple((scheme, value) for scheme, value in row["identifiers"])
    return Document(
        kind=SourceKind(row["kind"]),
        sections=tuple(sections),
        integrity=of_version(Integrity(row["integrity"]), row["is_current"]),
        notice=row["notice"],
        **values,
    )


def section_row(section: Section) -> dict[str, Any]:
    """Return a section's columns."""
    return {
        "id": section.id,
        "heading": list(section.heading),
        "number": section.number,
        "code": section.code,
        "codes": list(section.codes),
        "page": section.page,
        "blocks": [_span(block) for block in section.blocks],
        "text": section.text,
    }


def section_of(row: Row) -> Section:
    """Return the section of a row."""
    blocks = tuple(Block(Role(role), start, end, _lead(lead)) for role, start, end, *lead in row["blocks"])
    return Section(
        heading=tuple(row["heading"]),
        text=row["text"],
        number=row["number"],
        code=row["code"],
        blocks=blocks,
        page=row["page"],
        codes=tuple(row["codes"]),
    )


def passage_row(passage: Passage) -> dict[str, Any]:
    """Return a passage's columns: its characters only as a hash, since the section holds them."""
    return {
        "id": passage.id,
        "section": passage.section,
        "start": passage.start,
        "end": passage.end,
        "text_hash": text_hash(passage.text),
        "sentences": [_span(sentence) for sentence in passage.sentences],
    }


def passage_of(row: Row, sections: Sequence[Section]) -> Passage:
    """Return the passage of a row, its text sliced from its section."""
    text = sections[row["section"]].text[row["start"] : row["end"]]
    sentences = tuple(Sentence(start, end, Role(role), _lead(lead)) for role, start, end, *lead in row["sentences"])
    return Passage(row["id"], row["section"], row["start"], row["end"], text, sentences)


def passages_hash(rows: Iterable[Row]) -> str:
    """Return one hash over a document's passages, as their rows are, in order."""
    names = ("id", "section", "start", "end", "text_hash", "sentences")
    return digest([[row[name] for name in names] for row in rows])


def text_hash(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8, 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _span(span: Block | Sentence) -> list[Any]:
    return [span.role.value, span.start, span.end, *(span.lead or ())]


def _lead(lead: Sequence[int]) -> tuple[int, int] | None:
    return (lead[0], lead[1]) if lead else None
