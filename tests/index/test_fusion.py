"""Fusion: weights, min-max, and searchers that cannot tell."""

import numpy as np
import pytest

from corpus.document import SourceKind
from index.fusion import WEIGHTS, fuse, min_max


def test_min_max_moves_scores_to_0_and_1() -> None:
    assert list(min_max(np.array([2, 4, 3], np.float32))) == [0, 1, 0.5]
    assert list(min_max(np.array([5, 5], np.float32))) == [0, 0]
    assert list(min_max(np.array([0.5, 0.5000001], np.float32))) == [0, 0]
    assert len(min_max(np.empty(0, np.float32))) == 0


def test_each_searcher_gives_its_weight() -> None:
    scores = {"vector": np.array([0.1, 0.9], np.float32), "bm25": np.array([8, 2], np.float32)}
    assert fuse(scores, {"vector": 0.25, "bm25": 0.75}).tolist() == pytest.approx([0.75, 0.25])


def test_a_searcher_that_cannot_tell_gives_nothing() -> None:
    scores = {"vector": np.array([0.1, 0.9], np.float32), "bm25": np.zeros(2, np.float32)}
    assert fuse(scores, {"vector": 0.5, "bm25": 0.5}).tolist() == pytest.approx([0, 0.5])


def test_a_weight_may_differ_by_candidate() -> None:
    scores = {"vector": np.array([0, 1, 1], np.float32), "bm25": np.array([1, 1, 0], np.float32)}
    weights = {"vector": np.array([0.5, 0.5, 0.9], np.float32), "bm25": np.array([0.5, 0.5, 0.1], np.float32)}
    assert fuse(scores, weights).tolist() == pytest.approx([0.5, 1, 0.9])


def test_the_weights_used_name_every_searcher_for_every_kind_and_sum_to_one() -> None:
    assert set(WEIGHTS) == set(SourceKind)
    for weights in WEIGHTS.values():
        assert set(weights) == {"vector", "bm25", "sentence"}
        assert sum(weights.values()) == pytest.approx(1)
