"""Which elements of two sequences correspond: anchors first, then the longest common subsequence, in bounded time."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

# The table of a longest common subsequence has a cell for each pair; 4 million take some 20 ms and 8 MB.
MAX_CELLS = 4_000_000
Range = tuple[int, int, int, int]


def align(was: Sequence[str], now: Sequence[str]) -> list[tuple[int, int]]:
    """Return pairs of numbers of equal elements, both rising.

    What is equal at the edges is paired; then elements that are there once in each are anchors (patience
    diff, Bram Cohen), and the gaps between them are aligned alike; a gap without anchors is aligned by its
    longest common subsequence, and not at all where its table would have more than MAX_CELLS cells.
    """
    found: list[tuple[int, int]] = []
    waiting: list[Range] = [(0, len(was), 0, len(now))]
    while waiting:
        a, a_end, b, b_end = waiting.pop()
        while a < a_end and b < b_end and was[a] == now[b]:
            found.append((a, b))
            a, b = a + 1, b + 1
        while a < a_end and b < b_end and was[a_end - 1] == now[b_end - 1]:
            a_end, b_end = a_end - 1, b_end - 1
            found.append((a_end, b_end))
        if a == a_end or b == b_end:
            continue
        anchors = _anchors(was, now, (a, a_end, b, b_end))
        if anchors:
            found += anchors
            edges = [(a - 1, b - 1), *anchors, (a_end, b_end)]
            waiting += [(i + 1, k, j + 1, m) for (i, j), (k, m) in pairwise(edges)]
        elif (a_end - a) * (b_end - b) <= MAX_CELLS:
            found += [(a + i, b + j) for i, j in common(was[a:a_end], now[b:b_end])]
    return sorted(found)


def common(was: Sequence[str], now: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of a longest common subsequence, rising; time and memory are the product of the lengths.

    Row by row: L[i, j] = max(L[i-1, j], L[i-1, j-1] + equal, L[i, j-1]), the last as a running maximum.
    """
    numbers = {form: number for number, form in enumerate(dict.fromkeys((*was, *now)))}
    columns = np.array([numbers[form] for form in now], dtype=np.int32)
    table = np.zeros((len(was) + 1, len(now) + 1), dtype=np.int16)
    for i, form in enumerate(was):
        np.maximum(table[i, 1:], table[i, :-1] + (columns == numbers[form]), out=table[i + 1, 1:])
        np.maximum.accumulate(table[i + 1], out=table[i + 1])
    pairs = []
    i, j = len(was), len(now)
    while i and j:
        if table[i, j] == table[i - 1, j]:
            i -= 1
        elif table[i, j] == table[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def _anchors(was: Sequence[str], now: Sequence[str], within: Range) -> list[tuple[int, int]]:
    """Return elements that are there once in each part, as many as keep their order."""
    a, a_end, b, b_end = within
    once_was, once_now = Counter(was[a:a_end]), Counter(now[b:b_end])
    places = {now[j]: j for j in range(b, b_end) if once_now[now[j]] == 1}
    pairs = [(i, places[was[i]]) for i in range(a, a_end) if once_was[was[i]] == 1 and was[i] in places]
    return _rising(pairs)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs whose second numbers rise; the first ones rise already."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        at = bisect_left(tops, j)
        before.append(ends[at - 1] if at else -1)
        tops[at : at + 1] = [j]
        ends[at : at + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]
