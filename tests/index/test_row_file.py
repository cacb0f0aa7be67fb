"""Rows in a file: read in runs, in the order asked for, to the end and no further."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.errors import Inconsistent
from index.row_file import RowFile

NUMBERS = np.arange(20, dtype="<f4").reshape(10, 2)


@pytest.fixture
def rows(tmp_path: Path) -> RowFile:
    (tmp_path / "rows").write_bytes(NUMBERS.tobytes())
    return RowFile(tmp_path / "rows", "<f4", 2)


@pytest.mark.parametrize(
    "runs",
    [
        [(3, 5)],
        [(0, 2), (2, 4), (4, 5)],  # side by side: one call
        [(0, 2), (2, 2), (2, 3), (7, 9)],  # an empty one between
        [(8, 9), (1, 3), (1, 3), (3, 4)],  # in no order, and one twice
        [(4, 4)],
        [],
    ],
)
def test_runs_come_one_under_another(rows: RowFile, runs: list[tuple[int, int]]) -> None:
    asked: NDArray[np.int64] = np.array(runs, np.int64).reshape(-1, 2)
    wanted = [NUMBERS[start:end] for start, end in runs]
    found = rows.runs(asked[:, 0], asked[:, 1])
    assert found.shape == (sum(map(len, wanted)), 2)
    assert np.array_equal(found, np.concatenate([np.empty((0, 2)), *wanted]))


def test_what_lies_past_the_end_is_an_error_that_says_where_the_file_should_end(rows: RowFile) -> None:
    with pytest.raises(Inconsistent, match=r"ends before byte 88: run `curbside index`"):
        rows.runs(np.array([0, 9]), np.array([1, 11]))
