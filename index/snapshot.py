"""Snapshot: one published index, read only: texts, vectors and scores of one moment."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document, Integrity, Section, SourceKind
from corpus.errors import Inconsistent, NotFound, NotReady
from corpus.passage import Passage
from index.content import ContentReader
from index.engines.base import Engine, engine_class
from index.lexical import Lexical
from index.manifest import REMEDY, Manifest, read_manifest
from index.pointer import read_pointer, snapshots_folder
from index.sentence_vectors import SentenceVectors

ROWS, BOUNDS, SENTENCES = "rows.npy", "sentence_bounds.npy", "sentences.f16"
KINDS = tuple(SourceKind)
STATES = tuple(Integrity)
# What the arrays hold of every passage. `year` is 0 where the source states none.
ROW = np.dtype([("kind", "u1"), ("integrity", "u1"), ("year", "<i4"), ("document", "<i4"), ("section", "<i4")])


def open_snapshot(home: Path) -> "Snapshot":
    """Return the snapshot that is served. Raises NotReady where none was published."""
    while True:
        ids = read_pointer(home)
        if not ids:
            raise NotReady(f"nothing has been indexed in {home}: {REMEDY}")
        folder = snapshots_folder(home) / ids[0]
        try:
            return Snapshot(folder)
        except Inconsistent:
            if read_pointer(home)[:1] == ids[:1]:  # else it was replaced and removed between two looks
                raise


class Snapshot:
    """One published index. Safe to read from many threads; every file is opened at once, so that it
    can be read to the end by who holds it after newer ones were published and it was removed."""

    def __init__(self, folder: Path) -> None:
        self.manifest: Manifest = read_manifest(folder)
        self._content = ContentReader(folder)
        rows = _array(folder, ROWS, ROW)
        self.kinds: NDArray[np.uint8] = np.ascontiguousarray(rows["kind"])
        self.integrity: NDArray[np.uint8] = np.ascontiguousarray(rows["integrity"])
        self.years: NDArray[np.int32] = np.ascontiguousarray(rows["year"])
        self.document_numbers: NDArray[np.int32] = np.ascontiguousarray(rows["document"])
        self._sections: NDArray[np.int32] = np.ascontiguousarray(rows["section"])
        self._bounds = _array(folder, BOUNDS, np.dtype("<i8"))
        self._sentences = SentenceVectors(folder / SENTENCES, self._bounds, self.manifest.dim)
        self._rows_of_kind: dict[SourceKind, NDArray[np.int64]] = {}
        self._engines: dict[SourceKind, Engine] = {}
        self._lexical: dict[SourceKind, Lexical] = {}
        for number, kind in enumerate(KINDS):
            of_kind = np.flatnonzero(self.kinds == number)
            self._rows_of_kind[kind] = of_kind
            if len(of_kind):
                self._engines[kind] = engine_class(self.manifest.engine).load(folder / vectors_name(kind))
                self._lexical[kind] = Lexical(folder / lexical_name(kind), len(of_kind))
        self._require_counts(folder)
        self.section = lru_cache(4096)(self._content.section)
        self.passage = lru_cache(16384)(self._passage)
        # By row: the same few thousand are looked at again and again, and each look would turn numbers of numpy about.
        self.section_of = lru_cache(16384)(self._section_of)
        self.place = lru_cache(16384)(self._place)
        self._documents: dict[int, Document] = {}  # one of each, however it was come by
        self._of_kind: dict[SourceKind | None, Sequence[tuple[int, Document]]] = {}

    def __len__(self) -> int:
        return len(self.kinds)

    def _passage(self, row: int) -> Passage:
        """Return the passage of a row."""
        self._require_row(row)
        position = int(self._sections[row])
        return self._content.passage(row, position, self.section(int(self.document_numbers[row]), position).text)

    def _section_of(self, row: int) -> Section:
        """Return the section that a row's passage lies in."""
        self._require_row(row)
        return self.section(int(self.document_numbers[row]), int(self._sections[row]))

    def document_of(self, row: int) -> Document:
        """Return the document that a row's passage lies in: its metadata, `sections` left empty."""
        self._require_row(row)
        return self.document_at(int(self.document_numbers[row]))

    def _place(self, row: int) -> tuple[Passage, Section, Document]:
        """Return the passage of a row, its section, and its document's metadata."""
        return self.passage(row), self.section_of(row), self.document_of(row)

    def document_at(self, number: int) -> Document:
        """Return a document's metadata by its number, `sections` left empty."""
        held = self._documents.get(number)
        return held or self._documents.setdefault(number, self._content.document(number))

    def documents(self, kind: SourceKind | None = None) -> Sequence[tuple[int, Document]]:
        """Return the documents' numbers and metadata, in order, of one kind or of all."""
        if kind not in self._of_kind:
            read = self._content.documents(kind)
            self._of_kind[kind] = [(number, self._documents.setdefault(number, held)) for number, held in read]
        return self._of_kind[kind]

    def drugs(self) -> Iterator[tuple[SourceKind, tuple[str, ...], tuple[str, ...]]]:
        """Yield each set of (kind, drugs, brands) that a document states, once, in the order of the first that does."""
        return self._content.drugs()

    def sections(self, document: int) -> tuple[Section, ...]:
        """Return a document's sections in order, whole."""
        return self._content.sections(document)

    def rows(self, document: int) -> NDArray[np.int64]:
        """Return the rows of a document's passages in reading order."""
        # Bounds of the array's own type: others would have the whole of it converted.
        first, last = np.searchsorted(self.document_numbers, np.array([document, document + 1], np.int32))
        return np.arange(first, last)

    def row_of(self, passage_id: str) -> int:
        """Return the row of a passage. Raises NotFound."""
        row = self._content.row_of(passage_id)
        if row is None:
            raise NotFound(f"no passage {passage_id} in snapshot {self.manifest.id}")
        return row

    def documents_about(self, drugs: frozenset[str]) -> NDArray[np.int64]:
        """Return the numbers of the documents that name one of the drugs, generic or brand, in any case."""
        return np.array(self._content.documents_about(sorted(drugs)), np.int64)

    def sentence_vectors(self, row: int) -> NDArray[np.float32]:
        """Return unit vectors of a passage's sentences, shape (sentences, dim), in their order."""
        self._require_row(row)
        return self._sentences.of(row)

    def sentences_of(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return the unit vectors of all sentences of some rows, one under another, and where each row's begin.

        The second has len(rows) + 1 numbers: row i has the vectors [second[i], second[i + 1]).
        """
        return self._sentences.gathered(rows)

    def sentence_maxima(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return for each row the cosine of the vector with the nearest of its sentences; -1 where it has none."""
        return self._sentences.maxima(vector, rows)

    def rows_of_kind(self, kind: SourceKind) -> NDArray[np.int64]:
        """Return the rows of one kind of source in order: what its engine and its BM25 number from 0."""
        return self._rows_of_kind[kind]

    def engine(self, kind: SourceKind) -> Engine | None:
        """Return the vector engine over a kind's rows, None where it has none."""
        return self._engines.get(kind)

    def lexical(self, kind: SourceKind) -> Lexical | None:
        """Return BM25 over a kind's rows, None where it has none."""
        return self._lexical.get(kind)

    def _require_row(self, row: int) -> None:
        if not 0 <= row < len(self):
            raise NotFound(f"no passage in row {row}: snapshot {self.manifest.id} has {len(self)}")

    def _require_counts(self, folder: Path) -> None:
        wanted = {kind: self.manifest.passages.get(kind, 0) for kind in KINDS}
        for kind in KINDS:
            engine = self._engines.get(kind)
            found = {len(self._rows_of_kind[kind]), len(engine) if engine else 0}
            if found != {wanted[kind]} or len(self._bounds) != len(self) + 1:
                raise Inconsistent(
                    f"{folder} holds {sorted(found)} passages of {kind}, its manifest says {wanted[kind]}: {REMEDY}"
                )


def vectors_name(kind: SourceKind) -> str:
    """Return the name of the file of a kind's vectors."""
    return f"{kind.value}.vectors"


def lexical_name(kind: SourceKind) -> str:
    """Return the name of the folder of a kind's BM25 scores."""
    return f"{kind.value}.bm25"


def _array(folder: Path, name: str, dtype: "np.dtype[Any]") -> NDArray[Any]:
    try:
        array = np.load(folder / name, allow_pickle=False)
    except (OSError, ValueError) as error:
        raise Inconsistent(f"{folder / name} cannot be read ({error}): {REMEDY}") from None
    if array.dtype != dtype or array.ndim != 1:
        raise Inconsistent(
            f"{folder / name} holds {array.dtype} in {array.ndim} dimensions, expected {dtype}: {REMEDY}"
        )
    return np.asarray(array)
