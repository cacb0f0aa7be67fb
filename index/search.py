"""Search: a question → the passages of a snapshot that speak of it, best first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.document import SourceKind
from index.encoders.base import Encoder
from index.engines.base import Engine
from index.fusion import BESIDE_NEIGHBOURS, SHARED_PARTS, WEIGHTS, Weights, fuse
from index.hit import Filters, Hit
from index.neighbours import adjoining, best_of_neighbours
from index.snapshot import KINDS, STATES, Snapshot
from index.tokens import tokens

# How many candidates each of the two searchers brings in from each kind of source: a hundred documents come of them.
CANDIDATES = 150
EVERYTHING = Filters()
# Up to so many passages that are no evidence are left out after a search rather than before it.
FEW = 256


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready: its text, its unit vector, and its terms."""

    text: str
    vector: NDArray[np.float32]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates by row, their fused scores and what each searcher gave; `order` has the best one's place first."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float32]
    parts: Mapping[str, NDArray[np.float32]]
    order: NDArray[np.int64]


class Searcher:
    """Searches one snapshot with the encoder it was built with. Safe to use from many threads."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder, weights: Mapping[SourceKind, Weights] = WEIGHTS) -> None:
        """Raises IndexMismatch where the snapshot was built with another encoder."""
        snapshot.manifest.require(encoder)
        self.snapshot = snapshot
        self.encoder = encoder
        self._weights = weights
        evidence = np.isin(snapshot.integrity, [STATES.index(state) for state in EVERYTHING.integrity])
        self._no_evidence = {kind: np.flatnonzero(~evidence[snapshot.rows_of_kind(kind)]) for kind in KINDS}

    def prepare(self, text: str) -> Query:
        """Return the question encoded, once for all searches."""
        return Query(text, self.encoder.encode([text])[0], tuple(dict.fromkeys(tokens(text))))

    def search(
        self, query: Query | str, *, kind: SourceKind | None = None, k: int = 10, filters: Filters = EVERYTHING
    ) -> list[Hit]:
        """Return at most k hits, best first, ties by row; of one kind of source or of all.

        Candidates are those nearest by vector and those best by BM25; all of them are scored by
        both and by their sentence nearest to the question. `parts` holds these: cosines in -1..1,
        and BM25 from 0 up; `score` is in 0..1 and compares the hits of one search only. In it a
        passage of an article has the best of its own cosines and its neighbours'.
        """
        query = self.prepare(query) if isinstance(query, str) else query
        ranked = self.rank(query, kind=kind, filters=filters)
        order = ranked.order[: max(k, 0)]
        return [self._hit(rank, ranked, int(place)) for rank, place in enumerate(order, 1)]

    def rank(self, query: Query, *, kind: SourceKind | None = None, filters: Filters = EVERYTHING) -> "Ranking":
        """Return all candidates with their scores, nothing of them read."""
        wanted = [one for one in KINDS if kind in (None, one) and (not filters.kinds or one in filters.kinds)]
        found = [self._candidates(query, one, filters) for one in wanted]
        rows = np.concatenate([np.empty(0, np.int64), *(one.rows for one in found)])
        nothing = np.empty(0, np.float32)
        parts = {  # rounded, so that what is equal but for the order of its sums is a tie
            "vector": np.concatenate([nothing, *(one.cosines for one in found)]).round(6),
            "bm25": np.concatenate([nothing, *(one.bm25 for one in found)]),
            "sentence": self.snapshot.sentence_maxima(query.vector, rows).round(6),
        }
        counts = [len(one.rows) for one in found]
        weights = {name: np.repeat(self._weights_of(wanted, name), counts) for name in parts}
        beside = np.repeat([one in BESIDE_NEIGHBOURS for one in wanted], counts).astype(bool)
        following = adjoining(rows, self.snapshot.document_numbers[rows], beside)
        scores = fuse({name: _shared(name, part, following) for name, part in parts.items()}, weights).round(6)
        return Ranking(rows, scores, parts, np.lexsort((rows, -scores)))

    def withholds(self, kind: SourceKind) -> bool:
        """Return whether passages of a kind are held that are no evidence."""
        return bool(len(self._no_evidence[kind]))

    def sentence_scores(self, query: Query, row: int) -> NDArray[np.float32]:
        """Return the cosine of each of a passage's sentences with the question, in their order."""
        return self.snapshot.sentence_vectors(row) @ query.vector

    def _weights_of(self, kinds: Sequence[SourceKind], part: str) -> NDArray[np.float32]:
        return np.array([self._weights[kind][part] for kind in kinds], np.float32)

    def _hit(self, rank: int, ranked: "Ranking", place: int) -> Hit:
        snapshot, row = self.snapshot, int(ranked.rows[place])
        parts = {name: float(part[place]) for name, part in ranked.parts.items()}
        passage, section, document = snapshot.passage(row), snapshot.section_of(row), snapshot.document_of(row)
        return Hit(rank, float(ranked.scores[place]), parts, row, passage, section, document)

    def _candidates(self, query: Query, kind: SourceKind, filters: Filters) -> "_Candidates":
        engine, lexical = self.snapshot.engine(kind), self.snapshot.lexical(kind)
        if engine is None or lexical is None:
            return _NONE
        bm25 = lexical.scores(query.terms)
        by_vector, alike = self._nearest(query, kind, engine, bm25, filters)
        local = np.union1d(by_vector, _highest(bm25, CANDIDATES))
        cosines = np.full(len(local), np.nan, np.float32)
        cosines[np.searchsorted(local, by_vector)] = alike
        rest = np.isnan(cosines)  # those that BM25 alone brought in: no vector is read twice
        cosines[rest] = engine.cosines(query.vector, local[rest])
        return _Candidates(self.snapshot.rows_of_kind(kind)[local], cosines, bm25[local])

    def _nearest(
        self, query: Query, kind: SourceKind, engine: Engine, bm25: NDArray[np.float32], filters: Filters
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the passages nearest by vector that the filters let through, with their cosines.

        BM25 of those that are not let through becomes 0.
        """
        out = self._no_evidence[kind]
        if filters == EVERYTHING and len(out) <= FEW:
            # A few more are asked for and the few that are no evidence left out: no pass over all to mask them.
            bm25[out] = 0
            nearest, cosines = engine.search(query.vector, CANDIDATES + len(out))
            let_through = np.flatnonzero(~np.isin(nearest, out))[:CANDIDATES]
            return nearest[let_through], cosines[let_through]
        allowed = self._allowed(kind, filters)
        bm25[~allowed] = 0
        return engine.search(query.vector, CANDIDATES, np.flatnonzero(allowed))

    def _allowed(self, kind: SourceKind, filters: Filters) -> NDArray[np.bool_]:
        """Return which of a kind's passages the filters let through."""
        snapshot = self.snapshot
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


@dataclass(frozen=True, slots=True)
class _Candidates:
    rows: NDArray[np.int64]
    cosines: NDArray[np.float32]
    bm25: NDArray[np.float32]


_NONE = _Candidates(np.empty(0, np.int64), np.empty(0, np.float32), np.empty(0, np.float32))


def merge(lists: Sequence[Sequence[Hit]], k: int) -> list[Hit]:
    """Return at most k of the hits of several forms of one question: each row once, by its best score, ties by row."""
    best: dict[int, Hit] = {}
    for hit in (hit for hits in lists for hit in hits):
        if hit.row not in best or hit.score > best[hit.row].score:
            best[hit.row] = hit
    ordered = sorted(best.values(), key=lambda hit: (-hit.score, hit.row))[:k]
    return [Hit(rank, h.score, h.parts, h.row, h.passage, h.section, h.document) for rank, h in enumerate(ordered, 1)]


def _shared(name: str, part: NDArray[np.float32], following: NDArray[np.bool_]) -> NDArray[np.float32]:
    return best_of_neighbours(part, following) if name in SHARED_PARTS else part


def _highest(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Return the numbers of the k highest scores above 0, in no order; among equal ones at the end the first."""
    held = np.flatnonzero(scores)
    if len(held) <= k:
        return held
    values = scores[held]
    least = np.partition(values, -k)[-k]
    above, equal = held[values > least], held[values == least]
    return np.concatenate((above, equal[: k - len(above)]))
