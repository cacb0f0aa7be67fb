"""Confidence: how sure it is that passages answer a question, told from the passages themselves."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.document import SourceKind
from index.lexical import Lexical
from index.query import Query
from index.search import Searcher
from qa.asked import PASSAGES, Asked
from qa.compose import Blocks
from qa.terms import normalised

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign adds to the log-odds that a passage answers (docs/refusals.md says how they were fitted)."""

    base: float = -12.5
    likeness: float = 14.5  # times the cosine of question and passage
    words: float = 8.5  # times the share of the question's words, by their rarity, that the passage has: 0 to 1
    named: float = 6.0  # the passage is about a drug, or of a trial, that the question names


WEIGHTS = Weights()
# The confidence below which what a kind of source says is not shown.
THRESHOLDS: Mapping[SourceKind, float] = {
    SourceKind.GUIDELINE: 0.5,
    SourceKind.LABEL: 0.5,
    SourceKind.RESEARCH: 0.35,
}


def of_blocks(asked: Asked, searcher: Searcher, kind: SourceKind, blocks: Blocks) -> float:
    """Return the confidence of a part, 0 to 1: the highest of the passages quoted; 0 for no points.

    What was found beside them in the same documents counts too: an abstract says what it is about in its background,
    and what it found further down.
    """
    quoted = quoted_rows(searcher, blocks)
    documents = {int(searcher.snapshot.document_numbers[row]) for row in quoted}
    found = [hit.row for hit in asked.hits(searcher, kind, PASSAGES)] if quoted else []
    beside = {row for row in found if int(searcher.snapshot.document_numbers[row]) in documents}
    return float(of_passages(asked, searcher, kind, sorted({*quoted, *beside})).max(initial=0.0))


def quoted_rows(searcher: Searcher, blocks: Blocks) -> list[int]:
    """Return the rows of the passages quoted in some points, each once, in order."""
    spans = [span for _, points in blocks for point in points for span in point.quoted]
    return sorted({searcher.snapshot.row_of(span.passage) for span in spans})


def of_passages(asked: Asked, searcher: Searcher, kind: SourceKind, rows: Sequence[int]) -> Scores:
    """Return the confidence of each of some passages of one kind, given by their rows, 0 to 1, shape (n,)."""
    engine, lexical = searcher.snapshot.engine(kind), searcher.snapshot.lexical(kind)
    if engine is None or lexical is None or not len(rows):
        return np.zeros(len(rows))
    local = np.searchsorted(searcher.snapshot.rows_of_kind(kind), np.asarray(rows, np.int64))
    likeness = np.max([query.cosines(engine, local) for query in asked.queries], axis=0)
    words = np.max([shared_words(query, lexical, local) for query in asked.queries], axis=0)
    names_something = bool(asked.drugs or asked.studies)
    named = np.array([names_something and _names(asked, searcher, row) for row in rows])
    w = WEIGHTS
    return _logistic(w.base + w.likeness * likeness + w.words * words + w.named * named)


def shared_words(query: Query, lexical: Lexical, rows: NDArray[np.int64]) -> Scores:
    """Return for each passage, by its row in BM25, its score as a share, 0 to 1, of the highest that one could have.

    BM25 in Lucene's variant is bounded by the sum of the terms' idf, ln(1 + (n - df + 0.5) / (df + 0.5)). A word
    that stands in no passage counts to the bound: what no text speaks of is missed by all.
    """
    n = lexical.counted
    frequencies = [lexical.frequency(term) for term in query.terms]
    bound = sum(math.log(1 + (n - df + 0.5) / (df + 0.5)) for df in frequencies)
    scores = query.bm25(lexical)[rows].astype(np.float64)
    return np.minimum(scores / bound, 1.0) if bound else scores


def _names(asked: Asked, searcher: Searcher, row: int) -> bool:
    """Return whether a passage is about a drug, or of a trial, that the question names."""
    snapshot = searcher.snapshot
    passage, section, document = snapshot.passage(row), snapshot.section_of(row), snapshot.document_of(row)
    if asked.names_drug(normalised(passage.text)) or (asked.drugs and asked.concerns(document, section)):
        return True
    return bool(asked.studies) and asked.names_study(passage.text, document)


def _logistic(odds: Scores) -> Scores:
    return 1.0 / (1.0 + np.exp(-odds))
