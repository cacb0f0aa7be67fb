"""Sentences grouped into passages of similar size, by dynamic programming."""

from collections.abc import Sequence

# A passage that begins inside a paragraph costs as much as one that is 20 tokens off the target.
INSIDE_BLOCK = 20**2


def balance(
    sizes: Sequence[int], joints: Sequence[int], heads: Sequence[int], begins: Sequence[bool], target: int, limit: int
) -> list[tuple[int, int]]:
    """Return runs [first, last) that cover all sentences in order, none over `limit` unless it is one sentence.

    A run's size is `heads[first]` (what the encoder reads before it), its sentences' `sizes`, and
    the `joints` between them (`joints[i]` lies before sentence i). The sum of squared distances
    from `target` is least, with INSIDE_BLOCK more for a run whose first sentence does not begin a
    block; ties go to the longest last run.
    """
    cost = [0.0] + [float("inf")] * len(sizes)
    first = [0] * (len(sizes) + 1)
    for last in range(1, len(sizes) + 1):
        size = 0
        for i in range(last - 1, -1, -1):
            size += sizes[i] + (joints[i + 1] if i + 1 < last else 0)
            if size + heads[i] > limit and i + 1 < last:
                if size > limit:
                    break
                continue
            total = cost[i] + (size + heads[i] - target) ** 2 + (0 if begins[i] else INSIDE_BLOCK)
            if total <= cost[last]:
                cost[last], first[last] = total, i
    runs = []
    last = len(sizes)
    while last:
        runs.append((first[last], last))
        last = first[last]
    return runs[::-1]
