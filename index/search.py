"""Search: a question → the passages of a snapshot that speak of it, best first."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.document import SourceKind
from index.candidates import EVERYTHING, CandidateFinder, together
from index.encoders.base import Encoder
from index.fusion import BESIDE_NEIGHBOURS, SHARED_PARTS, WEIGHTS, Weights, fuse
from index.hit import Filters, Hit
from index.neighbours import adjoining, best_of_neighbours
from index.query import Query, Rows, Scores
from index.snapshot import KINDS, Snapshot
from index.tokens import tokens

_BESIDE = ThreadPoolExecutor(4, thread_name_prefix="words")
_NO_VECTOR = np.empty(0, np.float32)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates by row, their fused scores and what each searcher gave; `order` has the best one's place first.

    `parts` has no likeness of sentences where it counts for nothing in the score.
    """

    rows: Rows
    scores: Scores
    parts: Mapping[str, Scores]
    order: Rows


class Searcher:
    """Searches one snapshot with the encoder it was built with. Safe to use from many threads."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder, weights: Mapping[SourceKind, Weights] = WEIGHTS) -> None:
        """Raises IndexMismatch where the snapshot was built with another encoder."""
        snapshot.manifest.require(encoder)
        self.snapshot = snapshot
        self.encoder = encoder
        self._weights = weights
        self._candidates = CandidateFinder(snapshot)

    def prepare(self, text: str) -> Query:
        """Return the question encoded, once for all searches."""
        return self.prepare_all([text])[0]

    def prepare_all(self, texts: Sequence[str]) -> tuple[Query, ...]:
        """Return several questions, or forms of one, encoded beside one another.

        Encoding needs the interpreter for next to nothing: their words are looked up meanwhile.
        """
        looked_up = _BESIDE.submit(self._looked_up, texts)
        vectors = self.encoder.encode(texts)
        return tuple(replace(query, vector=own) for query, own in zip(looked_up.result(), vectors, strict=True))

    def _looked_up(self, texts: Sequence[str]) -> list[Query]:
        """Return each text as a question without its vector, its terms looked up in each kind of source."""
        queries = [Query(text, _NO_VECTOR, tuple(dict.fromkeys(tokens(text)))) for text in texts]
        for lexical in filter(None, map(self.snapshot.lexical, KINDS)):
            for query in queries:
                query.best(lexical)
        return queries

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
        best = ranked.order[: max(k, 0)]
        rows = ranked.rows[best]
        parts = {name: part[best] for name, part in ranked.parts.items()}
        return self.hits(rows, ranked.scores[best], self.with_sentences(query, rows, parts))

    def rank(self, query: Query, *, kind: SourceKind | None = None, filters: Filters = EVERYTHING) -> "Ranking":
        """Return all candidates with their scores, nothing of them read."""
        wanted = [one for one in KINDS if kind in (None, one) and (not filters.kinds or one in filters.kinds)]
        found = [self._candidates.of(query, one, filters) for one in wanted]
        one = together(found)
        parts = {"vector": one.cosines.round(6), "bm25": one.bm25}  # rounded: equal but for the order of sums is a tie
        if len(wanted) != 1 or self._weights[wanted[0]]["sentence"]:
            parts = self.with_sentences(query, one.rows, parts)
        counts = [len(own.rows) for own in found]
        weights = {name: self._weights_of(wanted, name, counts) for name in parts}
        shared = parts
        if any(own in BESIDE_NEIGHBOURS for own in wanted):
            beside = np.repeat([own in BESIDE_NEIGHBOURS for own in wanted], counts)
            following = adjoining(one.rows, self.snapshot.document_numbers[one.rows], beside)
            shared = {name: _shared(name, part, following) for name, part in parts.items()}
        scores = fuse(shared, weights).round(6)
        return Ranking(one.rows, scores, parts, np.lexsort((one.rows, -scores)))

    def with_sentences(self, query: Query, rows: Rows, parts: Mapping[str, Scores]) -> dict[str, Scores]:
        """Return the shares of some rows with the likeness of their nearest sentence, behind the first two."""
        if "sentence" in parts:
            return dict(parts)
        first = {name: parts[name] for name in ("vector", "bm25")}
        return {**first, "sentence": self.snapshot.sentence_maxima(query.vector, rows).round(6), **parts}

    def hits(self, rows: Rows, scores: Scores, parts: Mapping[str, Scores]) -> list[Hit]:
        """Return rows in the order of their rank as hits, read; `scores` and `parts` are those of these rows."""
        names, place = tuple(parts), self.snapshot.place
        shares = zip(*(part.tolist() for part in parts.values()), strict=True)
        return [
            Hit(rank, score, dict(zip(names, share, strict=True)), row, *place(row))
            for rank, (row, score, share) in enumerate(zip(rows.tolist(), scores.tolist(), shares, strict=True), 1)
        ]

    def begin(self, query: Query, kind: SourceKind) -> None:
        """Begin the part of a search of one kind that needs the interpreter least, in a thread of its own."""
        self._candidates.begin(query, kind)

    def withheld(self, kind: SourceKind) -> list[int]:
        """Return the rows of the passages of a kind that are held and are no evidence."""
        return self._candidates.withheld(kind)

    def sentence_scores(self, query: Query, row: int) -> NDArray[np.float32]:
        """Return the cosine of each of a passage's sentences with the question, in their order."""
        return self.snapshot.sentence_vectors(row) @ query.vector

    def _weights_of(self, kinds: Sequence[SourceKind], part: str, counts: Sequence[int]) -> "float | Scores":
        """Return the weight of a searcher's share: one number for one kind of source, else one a candidate."""
        own = [self._weights[kind][part] for kind in kinds]
        return own[0] if len(own) == 1 else np.repeat(np.array(own, np.float32), counts)


def merge(lists: Sequence[Sequence[Hit]], k: int) -> list[Hit]:
    """Return at most k of the hits of several forms of one question: each row once, by its best score, ties by row."""
    best: dict[int, Hit] = {}
    for hit in (hit for hits in lists for hit in hits):
        if hit.row not in best or hit.score > best[hit.row].score:
            best[hit.row] = hit
    ordered = sorted(best.values(), key=lambda hit: (-hit.score, hit.row))[:k]
    return [Hit(rank, h.score, h.parts, h.row, h.passage, h.section, h.document) for rank, h in enumerate(ordered, 1)]


def _shared(name: str, part: Scores, following: NDArray[np.bool_]) -> Scores:
    return best_of_neighbours(part, following) if name in SHARED_PARTS else part
