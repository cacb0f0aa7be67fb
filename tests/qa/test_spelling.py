"""Edit distances, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.spelling import distance, letters, tolerance


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("prolia", "prolia", 0),
        ("prolia", "prolai", 1),
        ("metroprolol", "metoprolol", 1),
        ("amoxcicilin", "amoxicillin", 2),
        ("", "ab", 2),
        ("kitten", "sitting", 3),
    ],
)
def test_distance_counts_edits_and_swaps(a: str, b: str, expected: int) -> None:
    assert distance(a, b, 3) == expected


def test_distance_stops_just_above_the_limit() -> None:
    assert distance("alendronate", "warfarin", 1) == 2


@given(st.text("abcde", max_size=8), st.text("abcde", max_size=8))
def test_words_n_edits_apart_differ_in_at_most_2n_letter_bits(a: str, b: str) -> None:
    assert (letters(a) ^ letters(b)).bit_count() <= 2 * distance(a, b, 9)


def test_short_words_are_never_corrected() -> None:
    assert [tolerance("a" * n) for n in (6, 7, 9, 10)] == [0, 1, 1, 2]
