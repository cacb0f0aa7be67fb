"""Elements that correspond are found in order, as many as there are, and in bounded time."""

import random
import time
from itertools import pairwise, product

import pytest

from corpus.align import align, common


def longest(was: str, now: str) -> int:
    """Return the length of the longest common subsequence by its definition."""
    if not was or not now:
        return 0
    if was[0] == now[0]:
        return 1 + longest(was[1:], now[1:])
    return max(longest(was[1:], now), longest(was, now[1:]))


def test_the_longest_common_subsequence_is_found() -> None:
    texts = ["".join(letters) for size in range(5) for letters in product("ab", repeat=size)]
    for was, now in product(texts, repeat=2):
        pairs = common(was, now)
        assert all(was[i] == now[j] for i, j in pairs)
        assert len(pairs) == longest(was, now)


@pytest.mark.parametrize(
    ("was", "now", "pairs"),
    [
        ("", "abc", []),
        ("abc", "abc", [(0, 0), (1, 1), (2, 2)]),
        ("abc", "abxc", [(0, 0), (1, 1), (2, 3)]),
        ("xrayrb", "raryb", [(1, 0), (2, 1), (3, 3), (5, 4)]),
        ("rrr", "rr", [(0, 0), (1, 1)]),
    ],
)
def test_what_is_there_once_is_an_anchor_and_the_rest_lies_between(
    was: str, now: str, pairs: list[tuple[int, int]]
) -> None:
    assert align(was, now) == pairs


def test_pairs_are_equal_and_rise_whatever_is_aligned() -> None:
    drawn = random.Random(4)
    for _ in range(300):
        was, now = ("".join(drawn.choices("abcde", k=drawn.randrange(12))) for _ in range(2))
        pairs = align(was, now)
        assert all(was[i] == now[j] for i, j in pairs)
        assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))


def test_thousands_of_rows_in_another_order_take_less_than_a_second() -> None:
    drawn = random.Random(4)
    was = [f"row {n % 7}" for n in range(5000)]
    now = drawn.sample(was, len(was))
    began = time.process_time()
    align(was, now)
    assert time.process_time() - began < 1
