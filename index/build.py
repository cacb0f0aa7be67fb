"""Build: split documents → the files of one snapshot, in one pass, with bounded memory."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from corpus.document import SourceKind
from corpus.passage import SplitDocument
from index.content import ContentWriter
from index.encoders.base import Encoder
from index.engines.base import engine_class
from index.lexical import LexicalBuilder
from index.snapshot import BOUNDS, KINDS, ROW, ROWS, SENTENCES, STATES, lexical_name, vectors_name
from index.texts import lexical_text, passage_text, sentence_text
from index.tokens import tokens
from index.vectors import VectorCache, cache_folder

Progress = Callable[[str, int, int], None]
WINDOW = 1024  # passages held at once


@dataclass(slots=True)
class Counts:
    """What went in, by kind."""

    documents: dict[SourceKind, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    passages: dict[SourceKind, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    sentences: int = 0


def build(
    folder: Path, corpus: Iterable[SplitDocument], encoder: Encoder, engine: str, home: Path, progress: Progress
) -> Counts:
    """Write the files of a snapshot into the folder and return what went in; vectors are kept in home's cache."""
    with ExitStack() as stack:
        builder = _Builder(folder, encoder, home, progress, stack)
        for window in _windows(corpus):
            builder.add(window)
    builder.finish(engine)
    return builder.counts


class _Builder:
    def __init__(self, folder: Path, encoder: Encoder, home: Path, progress: Progress, stack: ExitStack) -> None:
        self.counts = Counts()
        self._folder, self._dim, self._progress = folder, encoder.dim, progress
        self._content = ContentWriter(folder)
        cache = cache_folder(home, encoder, "passages")
        self._passages = stack.enter_context(VectorCache(cache, encoder, np.float32))
        cache = cache_folder(home, encoder, "sentences")
        self._sentences = stack.enter_context(VectorCache(cache, encoder, np.float16))
        self._lexical = {kind: LexicalBuilder() for kind in KINDS}
        self._vector_files: dict[SourceKind, IO[bytes]] = {
            kind: stack.enter_context(_raw(folder, kind).open("wb")) for kind in KINDS
        }
        self._sentence_file = stack.enter_context((folder / SENTENCES).open("wb"))
        self._rows: list[tuple[int, int, int, int, int]] = []
        self._bounds = [0]
        self._encoded = 0

    def add(self, window: list[SplitDocument]) -> None:
        """Write what the documents hold; encode what is new of it."""
        texts = [passage_text(one.document, passage) for one in window for passage in one.passages]
        vectors = self._passages.vectors(texts, self._heard)
        remaining = iter(vectors)
        for one in window:
            self._add_document(one, remaining)
        self._add_sentences(window)

    def _add_document(self, split: SplitDocument, vectors: Iterator[NDArray[np.float32]]) -> None:
        document = split.document
        number = sum(self.counts.documents.values())
        self._content.add_document(number, document)
        kind, state = KINDS.index(document.kind), STATES.index(document.integrity)
        for passage in split.passages:
            self._content.add_passage(len(self._rows), passage)
            self._rows.append((kind, state, document.year or 0, number, passage.section))
            self._vector_files[document.kind].write(next(vectors).astype("<f4").tobytes())
            terms = tokens(lexical_text(document, passage))
            self._lexical[document.kind].add(terms, is_evidence=document.integrity.is_evidence)
        self.counts.documents[document.kind] += 1
        self.counts.passages[document.kind] += len(split.passages)

    def _add_sentences(self, window: list[SplitDocument]) -> None:
        texts = []
        for split in window:
            for passage in split.passages:
                section = split.document.sections[passage.section]
                texts += [sentence_text(section, sentence) for sentence in passage.sentences]
                self._bounds.append(self._bounds[-1] + len(passage.sentences))
        vectors = self._sentences.vectors(texts, self._heard)
        self._sentence_file.write(vectors.astype("<f2").tobytes())
        self.counts.sentences = self._bounds[-1]

    def finish(self, engine: str) -> None:
        """Write what needs all that went in."""
        self._progress("indexing", 0, len(KINDS))
        self._content.close()
        np.save(self._folder / ROWS, np.array(self._rows, ROW), allow_pickle=False)
        np.save(self._folder / BOUNDS, np.array(self._bounds, "<i8"), allow_pickle=False)
        for done, kind in enumerate(KINDS):
            count, raw = self.counts.passages[kind], _raw(self._folder, kind)
            if count:
                vectors = np.memmap(raw, "<f4", "r", shape=(count, self._dim))
                engine_class(engine).build(vectors).save(self._folder / vectors_name(kind))
                del vectors
                self._lexical[kind].save(self._folder / lexical_name(kind))
            raw.unlink()
            self._progress("indexing", done + 1, len(KINDS))

    def _heard(self, encoded: int) -> None:
        self._encoded += encoded
        self._progress("encoding", self._encoded, 0)


def _windows(corpus: Iterable[SplitDocument]) -> Iterator[list[SplitDocument]]:
    """Yield documents a window at a time, so many that their passages fill it."""
    window: list[SplitDocument] = []
    held = 0
    for split in corpus:
        window.append(split)
        held += max(1, len(split.passages))
        if held >= WINDOW:
            yield window
            window, held = [], 0
    if window:
        yield window


def _raw(folder: Path, kind: SourceKind) -> Path:
    return folder / f"{kind.value}.f32"
