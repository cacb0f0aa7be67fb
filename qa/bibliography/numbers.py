"""Numbers of citations as they are printed."""

from collections.abc import Iterable
from itertools import groupby


def runs(numbers: Iterable[int]) -> str:
    """Return citation numbers in order, three neighbours and more drawn together: "1–3, 5", but "1, 2"."""
    groups: list[str] = []
    for _, run in groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0]):
        own = [number for _, number in run]
        groups += [f"{own[0]}–{own[-1]}"] if len(own) > 2 else [str(number) for number in own]
    return ", ".join(groups)
