"""Agreement of two judges over yes and no: precision, recall and Cohen's kappa, with intervals over questions.

Kappa is (po - pe) / (1 - pe), po the share judged alike and pe what chance would give with each judge's own shares
(Cohen 1960, doi:10.1177/001316446002000104). Questions are drawn, not pairs: the pairs of one question stand together.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from evals.intervals import Estimate, Values, paired


@dataclass(frozen=True, slots=True)
class Agreement:
    """How one judge agrees with another that is taken for right; kappa is the same either way."""

    precision: Estimate
    recall: Estimate
    kappa: Estimate


def agreement(right: Sequence[bool], found: Sequence[bool], questions: Sequence[Hashable]) -> Agreement:
    """Return how `found` agrees with `right`, pair by pair. Raises ValueError for none, or for different lengths."""
    table = counts(right, found, questions)
    return Agreement(paired(table, _precision), paired(table, _recall), paired(table, _kappa))


def mean_kappa(judges: Sequence[Sequence[bool]], questions: Sequence[Hashable]) -> Estimate:
    """Return the mean of kappa over all pairs of judges, who judged the same pairs."""
    pairs = [(a, b) for n, a in enumerate(judges) for b in judges[n + 1 :]]
    table = [column for a, b in pairs for column in counts(a, b, questions)]
    return paired(table, lambda drawn: float(np.mean([_kappa(part) for part in np.split(drawn, len(pairs))])))


def counts(right: Sequence[bool], found: Sequence[bool], questions: Sequence[Hashable]) -> list[list[float]]:
    """Return, a row a question, how many are yes for both, for `found` alone, for `right` alone, for neither."""
    rows: dict[Hashable, list[float]] = {}
    for truth, said, question in zip(right, found, questions, strict=True):
        rows.setdefault(question, [0.0] * 4)[(0 if said else 2) if truth else (1 if said else 3)] += 1
    return [list(column) for column in zip(*rows.values(), strict=True)]


def _precision(drawn: Values) -> float:
    both, alone, _, _ = drawn.sum(axis=1)
    return float(both / (both + alone)) if both + alone else 0.0


def _recall(drawn: Values) -> float:
    both, _, missed, _ = drawn.sum(axis=1)
    return float(both / (both + missed)) if both + missed else 0.0


def _kappa(drawn: Values) -> float:
    both, alone, missed, neither = drawn.sum(axis=1)
    n = both + alone + missed + neither
    alike = (both + neither) / n
    chance = ((both + alone) * (both + missed) + (missed + neither) * (alone + neither)) / n**2
    return float((alike - chance) / (1 - chance)) if chance < 1 else 0.0
