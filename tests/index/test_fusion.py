"""Fusion: weights, min-max, and searchers that cannot tell."""

import numpy as np
import pytest

from index.fusion import WEIGHTS, fuse, min_max


def test_min_max_moves_scores_to_0_and_1() -> None:
    assert list(min_max(np.array([2, 4, 3], np.float32))) == [0, 1, 0.5]
    assert list(min_max(np.array([5, 5], np.float32))) == [0, 0]
    assert list(min_max(np.array([0.5, 0.5000001], np.float32))) == [0, 0]
    assert len(min_max(np.empty(0, np.float32))) == 0


def test_each_searcher_gives_its_weight() -> None:
    scores = {"vector": np.array([0.1, 0.9], np.float32), "bm25": np.array([8, 2], np.float32)}
    assert fuse(scores, {"vector": 1, "bm25": 3}).tolist() == pytest.approx([0.75, 0.25])


def test_a_searcher_that_cannot_tell_gives_nothing() -> None:
    scores = {"vector": np.array([0.1, 0.9], np.float32), "bm25": np.zeros(2, np.float32)}
    assert fuse(scores, {"vector": 1, "bm25": 1}).tolist() == pytest.approx([0, 0.5])


def test_the_weights_used_name_every_searcher_and_sum_to_one() -> None:
    assert set(WEIGHTS) == {"vector", "bm25", "sentence"}
    assert sum(WEIGHTS.values()) == pytest.approx(1)
