"""Numbers of citations are drawn together where three or more are neighbours."""

import pytest

from qa.bibliography.numbers import runs


@pytest.mark.parametrize(
    ("numbers", "printed"),
    [((), ""), ((3,), "3"), ((2, 1), "1, 2"), ((1, 2, 3, 5), "1–3, 5"), ((9, 7, 8, 8, 1), "1, 7–9")],
)
def test_neighbours_are_drawn_together(numbers: tuple[int, ...], printed: str) -> None:
    assert runs(numbers) == printed
