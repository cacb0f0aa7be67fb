"""Sentence vectors: the same whether held in memory or read from the file."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.errors import Inconsistent
from index.sentence_vectors import SentenceVectors, _widened

BOUNDS = np.array([0, 2, 2, 5, 6])
NUMBERS = np.random.default_rng(1).standard_normal((6, 8)).astype(np.float16)


@pytest.fixture(params=[0, 2**20], ids=["read", "held"])
def vectors(request: pytest.FixtureRequest, tmp_path: Path) -> SentenceVectors:
    (tmp_path / "numbers").write_bytes(NUMBERS.tobytes())
    return SentenceVectors(tmp_path / "numbers", BOUNDS, 8, request.param)


def test_a_rows_sentences_come_in_order(vectors: SentenceVectors) -> None:
    for row, (start, end) in enumerate([(0, 2), (2, 2), (2, 5), (5, 6)]):
        assert np.array_equal(vectors.of(row), NUMBERS[start:end].astype(np.float32))


@pytest.mark.parametrize("rows", [[3, 0, 3], [1], [], [1, 2, 1], [0, 1, 2, 3]])
def test_many_rows_are_gathered_in_the_order_asked_for(vectors: SentenceVectors, rows: list[int]) -> None:
    asked: NDArray[np.int64] = np.array(rows, np.int64)
    found, offsets = vectors.gathered(asked)
    assert found.shape == (offsets[-1], 8) and len(offsets) == len(rows) + 1
    for place, row in enumerate(rows):
        assert np.array_equal(found[offsets[place] : offsets[place + 1]], vectors.of(row))


def test_the_nearest_counts_and_a_row_without_sentences_is_far(vectors: SentenceVectors) -> None:
    query = np.arange(8, dtype=np.float32)
    wanted = [float((vectors.of(row) @ query).max()) if row != 1 else -1.0 for row in (2, 1, 0, 1)]
    assert vectors.maxima(query, np.array([2, 1, 0, 1])).tolist() == pytest.approx(wanted)
    assert vectors.maxima(query, np.array([1])).tolist() == [-1.0]
    assert vectors.maxima(query, np.empty(0, np.int64)).shape == (0,)


def test_a_file_that_is_too_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "numbers").write_bytes(NUMBERS.tobytes()[:-1])
    with pytest.raises(Inconsistent, match="ends before byte 96"):
        SentenceVectors(tmp_path / "numbers", BOUNDS, 8)
    with pytest.raises(Inconsistent, match="cannot be read"):
        SentenceVectors(tmp_path / "none", BOUNDS, 8)


def test_every_finite_half_precision_number_is_widened_exactly() -> None:
    numbers = np.arange(2**16, dtype=np.uint16).view(np.float16)
    finite = numbers[np.isfinite(numbers)]
    assert np.array_equal(_widened(finite), finite.astype(np.float32))
