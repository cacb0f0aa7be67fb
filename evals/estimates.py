"""Figures with intervals from the shares of single questions: ratios of sums, questions drawn with replacement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from evals.intervals import DRAWS, SEED
from evals.measures.base import Figure, Share
from evals.report import FigureResult, Value

FEWEST = 5
"""Questions that a type must have to be shown apart."""
Floats = NDArray[np.float64]
QuestionShares = Mapping[str, Share]
"""By question id."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How often questions are drawn, and from which seed."""

    seed: int = SEED
    draws: int = DRAWS


DEFAULT = Sampling()


@lru_cache(maxsize=16)
def _weights(n: int, sampling: Sampling) -> Floats:
    """Return how often each of n questions is in each sample, shape (draws, n)."""
    draw = np.random.default_rng(sampling.seed)
    places = draw.integers(0, n, (sampling.draws, n)) + n * np.arange(sampling.draws)[:, None]
    return np.bincount(places.ravel(), minlength=sampling.draws * n).reshape(sampling.draws, n).astype(np.float64)


def _ratios(shares: Floats, sampling: Sampling) -> Floats:
    """Return the ratio of sums in every sample, nan where its denominator is 0; `shares` has shape (n, 2)."""
    sums = _weights(len(shares), sampling) @ shares
    ratios: Floats = np.full(len(sums), np.nan)
    np.divide(sums[:, 0], sums[:, 1], out=ratios, where=sums[:, 1] != 0)
    return ratios


def ratio(shares: QuestionShares) -> float | None:
    """Return the sum of the values over the sum of what they are of, None where that is 0."""
    of = sum(share.of for share in shares.values())
    return sum(share.value for share in shares.values()) / of if of else None


def estimate(shares: QuestionShares, sampling: Sampling = DEFAULT) -> Value:
    """Return the ratio of sums with its 95 % percentile bootstrap interval.

    Samples in which the denominator is 0 are left out. Questions are drawn in the order of their ids, so that
    the order in which they were asked changes nothing.
    """
    value = ratio(shares)
    if value is None:
        return Value(n=len(shares), value=None)
    found = _ratios(_table(shares, sorted(shares)), sampling)
    low, high = np.nanpercentile(found, [2.5, 97.5])
    return Value(n=len(shares), value=value, low=float(low), high=float(high))


def difference(
    before: QuestionShares,
    after: QuestionShares,
    sampling: Sampling = DEFAULT,
) -> Value:
    """Return after − before over the questions in both, drawn in pairs, with its interval; n are those questions."""
    both = sorted(before.keys() & after.keys())
    first, second = {key: before[key] for key in both}, {key: after[key] for key in both}
    was, is_ = ratio(first), ratio(second)
    if was is None or is_ is None:
        return Value(n=len(both), value=None)
    found = _ratios(_table(second, both), sampling) - _ratios(_table(first, both), sampling)
    low, high = np.nanpercentile(found, [2.5, 97.5])
    return Value(n=len(both), value=is_ - was, low=float(low), high=float(high))


def figure_estimates(
    measure: str,
    figures: Sequence[Figure],
    shares: Mapping[str, QuestionShares],
    types: Mapping[str, str],
    sampling: Sampling = DEFAULT,
) -> list[FigureResult]:
    """Return the figures of one measure in order, each with its interval and by type of question.

    `shares` are by figure name, `types` by question id. A figure of which no question says anything is left out;
    so is the breakdown where there is only one type.
    """
    found = []
    for figure in figures:
        own = shares.get(figure.name, {})
        if own:
            whole = estimate(own, sampling)
            found.append(
                FigureResult(
                    **whole.model_dump(),
                    measure=measure,
                    name=figure.name,
                    definition=figure.definition,
                    better=figure.better,
                    is_shown=figure.is_shown,
                    by_type=_by_type(own, types, sampling),
                    questions={key: (share.value, share.of) for key, share in own.items()},
                )
            )
    return found


def _by_type(shares: QuestionShares, types: Mapping[str, str], sampling: Sampling) -> dict[str, Value]:
    names = sorted({types.get(key, "") for key in shares})
    if len(names) < 2:
        return {}
    parts = {name: {key: one for key, one in shares.items() if types.get(key, "") == name} for name in names}
    return {name: estimate(part, sampling) for name, part in parts.items() if name and len(part) >= FEWEST}


def _table(shares: QuestionShares, order: Sequence[str]) -> Floats:
    return np.array([(shares[key].value, shares[key].of) for key in order], np.float64).reshape(-1, 2)
