"""Candidates: which passages of one kind of source a search looks at, with their cosines and their BM25."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.document import SourceKind
from index.engines.base import Engine
from index.hit import Filters
from index.lexical import Lexical
from index.query import Query, Rows, Scores, highest
from index.snapshot import KINDS, STATES, Snapshot

# How many candidates each of the two searchers brings in from each kind of source: a hundred documents come of them.
CANDIDATES = 150
EVERYTHING = Filters()
# Up to so many passages that are no evidence are left out after a search rather than before it.
FEW = 256
# Which passages some filters let through is kept for so many of them: a byte a passage each.
KEPT_FILTERS = 32
_BESIDE = ThreadPoolExecutor(4, thread_name_prefix="nearest")


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidates by row of the snapshot, ascending in each kind of source."""

    rows: Rows
    cosines: Scores
    bm25: Scores


NONE = Candidates(np.empty(0, np.int64), np.empty(0, np.float32), np.empty(0, np.float32))
_ZERO = np.float32(0)


class CandidateFinder:
    """Finds the candidates of one snapshot. Safe to use from many threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        evidence = np.isin(snapshot.integrity, [STATES.index(state) for state in EVERYTHING.integrity])
        self._evidence = {kind: evidence[snapshot.rows_of_kind(kind)] for kind in KINDS}
        self._no_evidence = {kind: np.flatnonzero(~own) for kind, own in self._evidence.items()}
        self._allowed = lru_cache(KEPT_FILTERS)(self._let_through)

    def of(self, query: Query, kind: SourceKind, filters: Filters) -> Candidates:
        """Return the passages nearest by vector and those best by BM25 that the filters let through."""
        engine, lexical = self._snapshot.engine(kind), self._snapshot.lexical(kind)
        if engine is None or lexical is None:
            return NONE
        by_vector, alike = self._nearest(query, kind, engine, filters)
        bm25, by_words = self._by_words(query, kind, lexical, filters)
        local = _union(by_vector, by_words)
        cosines = np.full(len(local), np.nan, np.float32)
        cosines[np.searchsorted(local, by_vector)] = alike
        rest = np.isnan(cosines)  # those that BM25 alone brought in: no vector is read twice
        cosines[rest] = query.cosines(engine, local[rest])
        query.keep(engine, local, cosines)
        return Candidates(self._snapshot.rows_of_kind(kind)[local], cosines, bm25[local])

    def begin(self, query: Query, kind: SourceKind) -> None:
        """Begin to look for the nearest passages in a thread of its own; `of` waits for it."""
        engine, out = self._snapshot.engine(kind), self._no_evidence[kind]
        if engine is not None and len(out) <= FEW:
            query.begun[engine] = _BESIDE.submit(engine.search, query.vector, CANDIDATES + len(out))

    def withheld(self, kind: SourceKind) -> list[int]:
        """Return the rows of the passages of a kind that are held and are no evidence."""
        rows: list[int] = self._snapshot.rows_of_kind(kind)[self._no_evidence[kind]].tolist()
        return rows

    def _nearest(self, query: Query, kind: SourceKind, engine: Engine, filters: Filters) -> tuple[Rows, Scores]:
        """Return the passages nearest by vector that the filters let through, and their cosines."""
        out = self._no_evidence[kind]
        if filters == EVERYTHING and len(out) <= FEW:
            # A few more are asked for and the few that are no evidence left out: no pass over all to mask them.
            begun = query.begun.pop(engine, None)
            nearest, cosines = begun.result() if begun else engine.search(query.vector, CANDIDATES + len(out))
            let_through = np.flatnonzero(self._evidence[kind][nearest])[:CANDIDATES]
            return nearest[let_through], cosines[let_through]
        return engine.search(query.vector, CANDIDATES, np.flatnonzero(self._allowed(kind, filters)))

    def _by_words(self, query: Query, kind: SourceKind, lexical: Lexical, filters: Filters) -> tuple[Scores, Rows]:
        """Return BM25 of a kind's passages, 0 for those that the filters do not let through, and the best by it."""
        bm25, out = query.bm25(lexical), self._no_evidence[kind]
        if filters == EVERYTHING and len(out) <= FEW:
            # The best of all are known already: those let through among them are the best of these.
            best = query.best(lexical)
            best = best[self._evidence[kind][best]]
            chosen = best[highest(bm25[best], CANDIDATES)]
            return (np.where(self._evidence[kind], bm25, _ZERO) if len(out) else bm25), chosen
        bm25 = np.where(self._allowed(kind, filters), bm25, _ZERO)
        return bm25, highest(bm25, CANDIDATES)

    def _let_through(self, kind: SourceKind, filters: Filters) -> NDArray[np.bool_]:
        """Return which of a kind's passages the filters let through."""
        snapshot = self._snapshot
        rows = snapshot.rows_of_kind(kind)
        states = [STATES.index(state) for state in filters.integrity]
        allowed: NDArray[np.bool_] = np.isin(snapshot.integrity[rows], states)
        years = snapshot.years[rows]
        if filters.year_from is not None:
            allowed &= years >= filters.year_from
        if filters.year_to is not None:
            allowed &= (years <= filters.year_to) & (years > 0)
        if filters.drugs:
            allowed &= np.isin(snapshot.document_numbers[rows], snapshot.documents_about(filters.drugs))
        return allowed


def together(found: Sequence[Candidates]) -> Candidates:
    """Return the candidates of several kinds of source, one kind after another."""
    if len(found) == 1:
        return found[0]
    return Candidates(
        np.concatenate([NONE.rows, *(one.rows for one in found)]),
        np.concatenate([NONE.cosines, *(one.cosines for one in found)]),
        np.concatenate([NONE.bm25, *(one.bm25 for one in found)]),
    )


def _union(first: Rows, second: Rows) -> Rows:
    """Return the numbers that stand in either, ascending, each once; numpy's own takes three times as long."""
    both = np.sort(np.concatenate((first, second)))
    return both[np.concatenate((np.ones(1, bool), both[1:] != both[:-1]))] if len(both) else both
