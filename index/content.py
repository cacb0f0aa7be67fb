"""The texts of a snapshot: documents, sections and passages in one SQLite file, written once, then read only."""

import json
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import quote

from corpus.document import Block, Document, Integrity, Role, Section, SourceKind
from corpus.errors import Inconsistent
from corpus.passage import Passage, Sentence

NAME = "content.db"
_SCHEMA = """
CREATE TABLE documents (number INTEGER PRIMARY KEY, content_hash TEXT NOT NULL, fields TEXT NOT NULL);
CREATE TABLE sections (document INTEGER NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL, fields TEXT NOT NULL,
    PRIMARY KEY (document, position)) WITHOUT ROWID;
CREATE TABLE passages (row INTEGER PRIMARY KEY, id TEXT NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL);
CREATE TABLE drugs (name TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (name, document)) WITHOUT ROWID;
"""
_KIND = "json_extract(fields, '$.kind')"
_DRUGS = f"{_KIND}, json_extract(fields, '$.drugs'), json_extract(fields, '$.brands')"
_INDEX = "CREATE INDEX passage_ids ON passages (id)"
_TUPLES = tuple(f.name for f in fields(Document) if str(f.type).startswith("tuple") and f.name != "sections")
_SECTION_TUPLES = tuple(f.name for f in fields(Section) if str(f.type).startswith("tuple") and f.name != "blocks")
_ROLES = {role.value: role for role in Role}


class ContentWriter:
    """Takes documents and passages in order; numbers both from 0."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / NAME, isolation_level=None)
        # Nothing reads the file before it is whole, and a killed build is thrown away.
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")

    def add_document(self, number: int, document: Document) -> None:
        """Write a document and its sections."""
        values = {f.name: getattr(document, f.name) for f in fields(document) if f.init and f.name != "sections"}
        row = (number, document.content_hash, _json(values))
        self._db.execute("INSERT INTO documents VALUES (?, ?, ?)", row)
        rows = [(number, position, *_section_row(section)) for position, section in enumerate(document.sections)]
        self._db.executemany("INSERT INTO sections VALUES (?, ?, ?, ?)", rows)
        names = {name.casefold() for name in (*document.drugs, *document.brands)}
        self._db.executemany("INSERT INTO drugs VALUES (?, ?)", [(name, number) for name in sorted(names)])

    def add_passage(self, row: int, passage: Passage) -> None:
        """Write a passage; its characters are in its section."""
        sentences = _json([[s.role.value, s.start, s.end, *(s.lead or ())] for s in passage.sentences])
        values = (row, passage.id, passage.start, passage.end, sentences)
        self._db.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", values)

    def close(self) -> None:
        """Finish the file."""
        self._db.execute("COMMIT")
        self._db.execute(_INDEX)
        self._db.close()


class ContentReader:
    """Reads the file, from any thread. It stays open, so it can be read after its folder was removed."""

    def __init__(self, folder: Path) -> None:
        uri = f"file:{quote(str((folder / NAME).absolute()))}?mode=ro&immutable=1"
        try:
            self._db = sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
            weakref.finalize(self, self._db.close)
            self._db.execute("SELECT 1 FROM documents LIMIT 1")
        except sqlite3.DatabaseError as error:
            raise Inconsistent(f"{folder / NAME} cannot be read ({error}): run `curbside index`") from None
        self._lock = threading.Lock()

    def document(self, number: int) -> Document:
        """Return a document's metadata, its sections left out."""
        found = self._one("SELECT content_hash, fields FROM documents WHERE number = ?", number)
        return _document(*found)

    def documents(self, kind: SourceKind | None = None) -> Iterator[tuple[int, Document]]:
        """Yield the number and metadata of every document of one kind or of all, in order."""
        query = f"SELECT number, content_hash, fields FROM documents {'WHERE ' + _KIND + ' = ?' if kind else ''}"
        for number, content_hash, values in self._all(f"{query} ORDER BY number", *([kind.value] if kind else [])):
            yield number, _document(content_hash, values)

    def drugs(self) -> Iterator[tuple[SourceKind, tuple[str, ...], tuple[str, ...]]]:
        """Yield each set of (kind, drugs, brands) that a document states, once, in the order of the first that does."""
        query = f"SELECT {_DRUGS} FROM documents GROUP BY 1, 2, 3 ORDER BY min(number)"
        for kind, drugs, brands in self._all(query):
            yield SourceKind(kind), tuple(json.loads(drugs)), tuple(json.loads(brands))

    def section(self, document: int, position: int) -> Section:
        """Return one section, whole."""
        query = "SELECT text, fields FROM sections WHERE document = ? AND position = ?"
        return _section(*self._one(query, document, position))

    def sections(self, document: int) -> tuple[Section, ...]:
        """Return a document's sections in order."""
        rows = self._all("SELECT text, fields FROM sections WHERE document = ? ORDER BY position", document)
        return tuple(_section(*row) for row in rows)

    def passage(self, row: int, position: int, text: str) -> Passage:
        """Return a passage, sliced from the text of its section."""
        query = 'SELECT id, "start", "end", sentences FROM passages WHERE row = ?'
        name, start, end, spans = self._one(query, row)
        sentences = tuple(
            Sentence(first, last, _ROLES[role], (lead[0], lead[1]) if lead else None)
            for role, first, last, *lead in json.loads(spans)
        )
        return Passage(name, position, start, end, text[start:end], sentences)

    def row_of(self, passage_id: str) -> int | None:
        """Return the row of a passage id, None where there is none; the first where a text is held twice."""
        found = self._all("SELECT row FROM passages WHERE id = ? ORDER BY row LIMIT 1", passage_id)
        return int(found[0][0]) if found else None

    def documents_about(self, names: list[str]) -> list[int]:
        """Return the numbers of the documents that name one of the drugs, generic or brand, in any case."""
        marks = ",".join("?" * len(names))
        query = f"SELECT DISTINCT document FROM drugs WHERE name IN ({marks}) ORDER BY document"
        return [int(row[0]) for row in self._all(query, *(name.casefold() for name in names))]

    def _one(self, query: str, *values: object) -> Any:
        rows = self._all(query, *values)
        if len(rows) != 1:
            raise Inconsistent(f"the snapshot holds {len(rows)} of {values}, expected one: run `curbside index`")
        return rows[0]

    def _all(self, query: str, *values: object) -> list[Any]:
        with self._lock:
            return self._db.execute(query, values).fetchall()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _section_row(section: Section) -> tuple[str, str]:
    values = {f.name: getattr(section, f.name) for f in fields(section) if f.init and f.name != "text"}
    values["blocks"] = [[b.role.value, b.start, b.end, *(b.lead or ())] for b in section.blocks]
    return section.text, _json(values)


def _section(text: str, values: str) -> Section:
    held: dict[str, Any] = json.loads(values)
    held["blocks"] = tuple(
        Block(_ROLES[role], start, end, (lead[0], lead[1]) if lead else None)
        for role, start, end, *lead in held["blocks"]
    )
    held |= {name: tuple(held[name]) for name in _SECTION_TUPLES}
    return Section(text=text, **held)


def _document(content_hash: str, values: str) -> Document:
    held = json.loads(values)
    held |= {name: tuple(held[name]) for name in _TUPLES}
    held["identifiers"] = tuple((scheme, value) for scheme, value in held["identifiers"])
    held |= {"kind": SourceKind(held["kind"]), "integrity": Integrity(held["integrity"])}
    return Document.without_sections(content_hash, **held)
