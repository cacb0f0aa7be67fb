"""Fitting the matcher's model to judged pairs, and deciding each pair by a model that never saw its question."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log
from random import Random

import numpy as np
from numpy.typing import NDArray

from evals.intervals import SEED
from evals.judged import Judged
from evals.matcher import Matcher, Model
from evals.matcher_features import LEARNED, Features, Reader
from evals.matcher_words import Aliases, stems
from index.encoders.base import Encoder

FOLDS = 10
RIDGE = 10.0  # penalty on the squared weights of standardised features: 399 pairs are few
FREQUENT = 0.02  # of the texts; a rarer word weighs 1
_STEPS = 50

Matrix = NDArray[np.float64]


def fit(seen: Sequence[Features], stated: Sequence[bool], words: dict[str, float]) -> Model:
    """Return the ridge logistic model of these features, by Newton's method; the same input gives the same model.

    What is more likely than not is taken for stated.
    """
    x, y = np.array([features.learned() for features in seen]), np.array(stated, np.float64)
    mean, scale = x.mean(axis=0), np.where(x.std(axis=0) > 0, x.std(axis=0), 1.0)
    weights = _newton(np.column_stack([np.ones(len(x)), (x - mean) / scale]), y)
    slopes = weights[1:] / scale
    bias = float(weights[0] - slopes @ mean)
    named = {name: round(float(slope), 4) for name, slope in zip(LEARNED, slopes, strict=True)}
    return Model(round(bias, 4), named, 0.5, words)


def decided_apart(judged: Sequence[Judged], encoder: Encoder, known: Aliases, words: dict[str, float]) -> list[bool]:
    """Return whether each pair's fact is stated, by models fitted to the other folds; no question is in two folds."""
    reader = Reader(encoder, words, known)
    seen = [reader.features(one.fact, one.text, one.asked) for one in judged]
    fold = folds([one.asked for one in judged])
    decided = [False] * len(judged)
    for number in range(FOLDS):
        kept = [place for place, n in enumerate(fold) if n != number]
        model = fit([seen[place] for place in kept], [judged[place].stated for place in kept], words)
        matcher = Matcher(encoder, model, known, reader)
        for place, n in enumerate(fold):
            if n == number:
                one = judged[place]
                decided[place] = matcher.states(one.fact, one.text, one.asked).stated
    return decided


def folds(questions: Sequence[str]) -> list[int]:
    """Return for each pair its fold, 0 to FOLDS - 1, that of its question; seeded."""
    names = sorted(set(questions))
    Random(SEED).shuffle(names)
    place = {name: number % FOLDS for number, name in enumerate(names)}
    return [place[question] for question in questions]


def word_weights(texts: Iterable[str]) -> dict[str, float]:
    """Return log((n + 1) / (df + 1)) / log(n + 1) of the stems that at least FREQUENT of n texts have."""
    held: Counter[str] = Counter()
    n = 0
    for text in texts:
        held.update(stems([text]))
        n += 1
    return {
        stem: round(log((n + 1) / (df + 1)) / log(n + 1), 3) for stem, df in sorted(held.items()) if df >= FREQUENT * n
    }


def _newton(x: Matrix, y: Matrix) -> Matrix:
    """Return the weights that minimise the logistic loss with RIDGE on all but the first."""
    penalty = np.diag([0.0, *[RIDGE] * (x.shape[1] - 1)])
    weights = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (likely - y) + penalty @ weights
        curve = (x * (likely * (1 - likely))[:, None]).T @ x + penalty
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-9:
            break
    return weights
