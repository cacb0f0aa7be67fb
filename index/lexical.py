"""BM25 (Lucene's variant) over one kind of source: bm25s builds and saves it, numpy alone reads it."""

import json
import logging
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import Inconsistent

if TYPE_CHECKING:
    import bm25s

# The values of Anserini's baselines; on the SciFact training claims they give 0.702, Lucene's own 1.2 and 0.75 0.694.
K1, B = 0.9, 0.4
VERSION = 2  # of what is counted; since 2 it is evidence alone
DATA, INDICES, INDPTR, VOCABULARY = (
    "data.csc.index.npy",
    "indices.csc.index.npy",
    "indptr.csc.index.npy",
    "vocab.index.json",
)
COUNTED = "counted.npy"  # which passages are evidence; there only where some are not
Postings = tuple[NDArray[Any], NDArray[Any], NDArray[Any]]


class LexicalBuilder:
    """Takes the terms of one passage after another; holds four bytes a term.

    How rare a term is and how long a passage is on average are counted over what may be evidence alone. So what was
    withdrawn or retracted moves no other passage: the rest ranks as if it had never been held.
    """

    def __init__(self) -> None:
        self._vocabulary: dict[str, int] = {}
        self._documents: list[array[int]] = []
        self._is_evidence: list[bool] = []

    def add(self, terms: Sequence[str], *, is_evidence: bool = True) -> None:
        """Add the next passage."""
        vocabulary = self._vocabulary
        self._documents.append(array("i", [vocabulary.setdefault(term, len(vocabulary)) for term in terms]))
        self._is_evidence.append(is_evidence)

    def save(self, folder: Path) -> None:
        """Write the scores of every term in every passage to the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        if not self._vocabulary:
            _save_empty(folder)
            return
        counted = np.array(self._is_evidence)
        model = self._model(np.arange(len(counted)))
        model.save(str(folder), show_progress=False)
        if counted.any() and not counted.all() and any(self._documents[row] for row in np.flatnonzero(counted)):
            rows = np.flatnonzero(counted)
            _save_scores(folder, _postings(self._model(rows), rows), _postings(model, np.arange(len(counted))), counted)
            np.save(folder / COUNTED, counted, allow_pickle=False)

    def _model(self, rows: NDArray[np.intp]) -> "bm25s.BM25":
        """Return BM25 of these passages alone."""
        import bm25s  # imports scipy where that is installed: 0.5 s that reading does without

        logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets DEBUG, and says what it builds amid our report
        model = bm25s.BM25(k1=K1, b=B, method="lucene")
        documents = [self._documents[row] for row in rows]
        model.index((documents, self._vocabulary), create_empty_token=False, show_progress=False)
        return model


class Lexical:
    """The saved scores, memory-mapped: term → passages and what the term gives each."""

    def __init__(self, folder: Path, count: int) -> None:
        try:
            self._vocabulary: dict[str, int] = json.loads((folder / VOCABULARY).read_bytes())
            arrays = [np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in (DATA, INDICES, INDPTR)]
            some = folder / COUNTED
            self._counted = np.load(some, allow_pickle=False) if some.exists() else None
        except (OSError, ValueError) as error:
            raise Inconsistent(f"{folder} cannot be read ({error}): run `curbside index`") from None
        self._data, self._indices, self._bounds = (np.asarray(one) for one in arrays)
        self._count = count

    def __len__(self) -> int:
        return self._count

    @property
    def counted(self) -> int:
        """Return over how many passages scores are counted: what may be evidence, or all where nothing is."""
        return self._count if self._counted is None else int(self._counted.sum())

    def frequency(self, term: str) -> int:
        """Return how many of the counted passages hold a term (as `index.tokens.tokens` gives it)."""
        number = self._vocabulary.get(term)
        if number is None:
            return 0
        held = self._indices[self._bounds[number] : self._bounds[number + 1]]
        return len(held) if self._counted is None else int(self._counted[held].sum())

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every passage for the terms, each counted once, shape (n,)."""
        scores = np.zeros(self._count, np.float32)
        for term in dict.fromkeys(terms):
            number = self._vocabulary.get(term)
            if number is not None:
                held = slice(self._bounds[number], self._bounds[number + 1])
                scores[self._indices[held]] += self._data[held]  # a passage is in a term's list once
        return scores


def _postings(model: "bm25s.BM25", rows: NDArray[np.intp]) -> Postings:
    """Return term, row and score of every posting of a model of these rows."""
    bounds = np.asarray(model.scores["indptr"])
    terms = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    return terms, rows[np.asarray(model.scores["indices"])], np.asarray(model.scores["data"])


def _save_scores(folder: Path, evidence: Postings, everything: Postings, counted: NDArray[np.bool_]) -> None:
    """Write the scores of evidence as counted among evidence; the rest is only ever ranked among itself."""
    rest = ~counted[everything[1]]
    terms, rows, scores = (np.concatenate((own, all_[rest])) for own, all_ in zip(evidence, everything, strict=True))
    order = np.lexsort((rows, terms))
    bounds = np.load(folder / INDPTR)
    ends = np.cumsum(np.bincount(terms, minlength=len(bounds) - 1))
    np.save(folder / INDICES, rows[order].astype(np.int32), allow_pickle=False)
    np.save(folder / DATA, scores[order].astype(np.float32), allow_pickle=False)
    np.save(folder / INDPTR, np.concatenate(([0], ends)).astype(bounds.dtype), allow_pickle=False)


def _save_empty(folder: Path) -> None:
    arrays: dict[str, NDArray[Any]] = {
        DATA: np.empty(0, np.float32),
        INDICES: np.empty(0, np.int32),
        INDPTR: np.zeros(1, np.int32),
    }
    for name, values in arrays.items():
        np.save(folder / name, values, allow_pickle=False)
    (folder / VOCABULARY).write_text("{}", encoding="utf-8")
