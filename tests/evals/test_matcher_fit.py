"""Fitting: a model from few pairs, and folds that keep questions apart."""

from math import log

import pytest

from evals.matcher_features import Features
from evals.matcher_fit import FOLDS, fit, folds, word_weights


def features(cosine: float) -> Features:
    return Features(cosine, 0.5, 0.5, 0.5, 1.0, 0.0, 0.5, False, 0.5, 0, 0, False)


def test_what_tells_stated_from_not_is_weighed_and_what_does_not_is_not() -> None:
    model = fit([features(c) for c in (0.1, 0.2, 0.8, 0.9)], [False, False, True, True], {})
    assert model.weights["cosine"] > 0
    assert model.weights["denied"] == model.weights["nearest"] == 0
    assert model.probability(features(0.9)) > 0.5 > model.probability(features(0.1))
    # Both kinds are equally many and lie evenly about 0.5, so that is where the model is undecided.
    assert model.probability(features(0.5)) == pytest.approx(0.5, abs=1e-3)


def test_a_question_is_in_one_fold_and_folds_are_nearly_equal() -> None:
    questions = [f"question {n % 25}" for n in range(100)]
    found = folds(questions)
    assert len({*zip(questions, found, strict=True)}) == 25
    assert sorted(set(found)) == list(range(FOLDS))
    assert found == folds(questions)


def test_a_word_weighs_by_the_texts_that_have_it() -> None:
    weights = word_weights(["a bone", "a hip", "a bone"])
    assert weights["a"] == 0.0
    assert weights["bone"] == round(log(4 / 3) / log(4), 3)
