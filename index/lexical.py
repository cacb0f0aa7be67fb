"""BM25 (Lucene's variant) over one kind of source: bm25s builds and saves it, numpy alone reads it."""

import json
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import Inconsistent

# The values of Anserini's baselines; on the SciFact training claims they give 0.702, Lucene's own 1.2 and 0.75 0.694.
K1, B = 0.9, 0.4
DATA, INDICES, INDPTR, VOCABULARY = (
    "data.csc.index.npy",
    "indices.csc.index.npy",
    "indptr.csc.index.npy",
    "vocab.index.json",
)


class LexicalBuilder:
    """Takes the terms of one passage after another; holds four bytes a term."""

    def __init__(self) -> None:
        self._vocabulary: dict[str, int] = {}
        self._documents: list[array[int]] = []

    def add(self, terms: Sequence[str]) -> None:
        """Add the next passage."""
        vocabulary = self._vocabulary
        self._documents.append(array("i", [vocabulary.setdefault(term, len(vocabulary)) for term in terms]))

    def save(self, folder: Path) -> None:
        """Write the scores of every term in every passage to the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        if not self._vocabulary:
            _save_empty(folder)
            return
        import bm25s  # imports scipy where that is installed: 0.5 s that reading does without

        model = bm25s.BM25(k1=K1, b=B, method="lucene")
        model.index((self._documents, self._vocabulary), create_empty_token=False, show_progress=False)
        model.save(str(folder), show_progress=False)


class Lexical:
    """The saved scores, memory-mapped: term → passages and what the term gives each."""

    def __init__(self, folder: Path, count: int) -> None:
        try:
            self._vocabulary: dict[str, int] = json.loads((folder / VOCABULARY).read_bytes())
            arrays = [np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in (DATA, INDICES, INDPTR)]
        except (OSError, ValueError) as error:
            raise Inconsistent(f"{folder} cannot be read ({error}): run `curbside index`") from None
        self._data, self._indices, self._bounds = (np.asarray(one) for one in arrays)
        self._count = count

    def __len__(self) -> int:
        return self._count

    def frequency(self, term: str) -> int:
        """Return how many passages hold a term (as `index.tokens.tokens` gives it)."""
        number = self._vocabulary.get(term)
        return 0 if number is None else int(self._bounds[number + 1] - self._bounds[number])

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every passage for the terms, each counted once, shape (n,)."""
        scores = np.zeros(self._count, np.float32)
        for term in dict.fromkeys(terms):
            number = self._vocabulary.get(term)
            if number is not None:
                held = slice(self._bounds[number], self._bounds[number + 1])
                scores[self._indices[held]] += self._data[held]  # a passage is in a term's list once
        return scores


def _save_empty(folder: Path) -> None:
    arrays: dict[str, NDArray[Any]] = {
        DATA: np.empty(0, np.float32),
        INDICES: np.empty(0, np.int32),
        INDPTR: np.zeros(1, np.int32),
    }
    for name, values in arrays.items():
        np.save(folder / name, values, allow_pickle=False)
    (folder / VOCABULARY).write_text("{}", encoding="utf-8")
