"""Query: what was found out about a question is the same as what is worked out anew, and is worked out once."""

import numpy as np
import pytest
from numpy.typing import NDArray

from index.query import BEST, Query, highest


class Words:
    """BM25 of four passages, and how often it was asked for."""

    def __init__(self, *scores: float) -> None:
        self._scores = np.array(scores, np.float32)
        self.asked = 0

    def scores(self, terms: tuple[str, ...]) -> NDArray[np.float32]:
        self.asked += 1
        return self._scores * len(terms)


class Vectors:
    """An engine whose row n has the cosine n / 10; remembers which rows it was asked for."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        self.asked.append(rows.tolist())
        return (rows / 10).astype(np.float32)


def query() -> Query:
    return Query("calcium first", np.ones(2, np.float32), ("calcium", "first"))


def rows(*numbers: int) -> NDArray[np.int64]:
    return np.array(numbers, np.int64)


def test_bm25_is_worked_out_once_for_each_kind_of_source() -> None:
    one, first, second = query(), Words(1, 0, 2), Words(3)
    for _ in range(3):
        assert one.bm25(first).tolist() == [2, 0, 4]  # type: ignore[arg-type]
        assert one.best(first).tolist() == [0, 2]  # type: ignore[arg-type]
        assert one.bm25(second).tolist() == [6]  # type: ignore[arg-type]
    assert (first.asked, second.asked) == (1, 1)


def test_only_cosines_that_are_not_known_are_worked_out() -> None:
    one, engine = query(), Vectors()
    one.keep(engine, rows(2, 5), np.array([0.2, 0.5], np.float32))  # type: ignore[arg-type]
    assert one.cosines(engine, rows(5, 9, 2, 0)).tolist() == pytest.approx([0.5, 0.9, 0.2, 0.0])  # type: ignore[arg-type]
    assert engine.asked == [[9, 0]]
    assert one.cosines(engine, rows()).tolist() == []  # type: ignore[arg-type]


def test_the_wider_of_two_searches_is_kept() -> None:
    one, engine = query(), Vectors()
    one.keep(engine, rows(1, 2), np.array([0.1, 0.2], np.float32))  # type: ignore[arg-type]
    one.keep(engine, rows(3), np.array([0.3], np.float32))  # type: ignore[arg-type]
    one.cosines(engine, rows(1, 2, 3))  # type: ignore[arg-type]
    assert engine.asked == [[3]]


def test_the_highest_scores_above_nothing_with_the_first_of_equal_ones_at_the_end() -> None:
    assert highest(np.array([0, 1, 3, 1, 2, 1], np.float32), 3).tolist() == [1, 2, 4]
    assert highest(np.array([0, 1, 3], np.float32), 3).tolist() == [1, 2]
    many = np.arange(2 * BEST, dtype=np.float32)
    assert highest(many, BEST).tolist() == list(range(BEST, 2 * BEST))
