"""Query: a question made ready to be searched, and what searching has found out about it so far."""

from concurrent.futures import Future
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.engines.base import Engine
from index.lexical import Lexical

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]


# More than any search takes: its candidates, and those left out before them (`index/candidates.py`).
BEST = 512


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A question made ready: its text, its unit vector, and its terms.

    One question is put to the same passages several times: for each kind of source, for what is withheld, and once more
    to tell how sure an answer is. So BM25 and cosines are kept here once they are worked out. It lives as long as its
    question does. Threads may share it: at worst two of them work out the same.
    """

    text: str
    vector: NDArray[np.float32]
    terms: tuple[str, ...]
    _bm25: dict[Lexical, Scores] = field(default_factory=dict, repr=False)
    _best: dict[Lexical, Rows] = field(default_factory=dict, repr=False)
    begun: "dict[Engine, Future[tuple[Rows, Scores]]]" = field(default_factory=dict, repr=False)
    """Searches of an engine that were begun ahead."""
    _cosines: dict[Engine, tuple[Rows, Scores]] = field(default_factory=dict, repr=False)

    def bm25(self, lexical: Lexical) -> Scores:
        """Return the BM25 score of every passage, shape (n,); not to be written to."""
        scores = self._bm25.get(lexical)
        if scores is None:
            scores = self._bm25[lexical] = lexical.scores(self.terms)
        return scores

    def best(self, lexical: Lexical) -> Rows:
        """Return the numbers of the BEST passages of all by BM25, those above 0, in no order."""
        found = self._best.get(lexical)
        if found is None:
            found = self._best[lexical] = highest(self.bm25(lexical), BEST)
        return found

    def cosines(self, engine: Engine, rows: Rows) -> Scores:
        """Return the cosine of each of an engine's rows, in the rows' order; only what is not known is worked out."""
        known, cosines = self._cosines.get(engine, _NONE)
        if not len(known):
            return engine.cosines(self.vector, rows)
        at = np.minimum(np.searchsorted(known, rows), len(known) - 1)
        found = cosines[at]
        missing = known[at] != rows
        if missing.any():
            found[missing] = engine.cosines(self.vector, rows[missing])
        return found

    def keep(self, engine: Engine, rows: Rows, cosines: Scores) -> None:
        """Keep the cosines of some rows, which ascend, in place of those kept before where these are more."""
        if len(rows) > len(self._cosines.get(engine, _NONE)[0]):
            self._cosines[engine] = rows, cosines


def highest(scores: Scores, k: int) -> Rows:
    """Return the numbers of the k highest scores above 0, in no order; among equal ones at the end the first."""
    held = np.flatnonzero(scores)
    if len(held) <= k:
        return held
    values = scores[held]
    least = np.partition(values, -k)[-k]
    above, equal = held[values > least], held[values == least]
    return np.sort(np.concatenate((above, equal[: k - len(above)])))


_NONE = (np.empty(0, np.int64), np.empty(0, np.float32))
