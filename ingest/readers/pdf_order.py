"""Reading order of a page: columns are found by the white between them, and read one after the other."""

from collections.abc import Sequence
from statistics import median
from typing import Protocol, TypeVar

MIN_LINES = 4
MIN_WIDTH = 0.12
MAX_CROSSING = 0.25


class Placed(Protocol):
    """Anything with a box on the page."""

    @property
    def x0(self) -> float: ...
    @property
    def x1(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def bottom(self) -> float: ...


T = TypeVar("T", bound=Placed)


def columns(page: Sequence[T], width: float) -> list[list[T]]:
    """Return the things on a page in reading order, in groups of which each is one column without a break.

    A region is cut where a vertical white band divides it into columns of text; else at its widest
    horizontal gap; else, where a few lines run across such a band, above and below them; else it is
    read from top to bottom.
    """
    return [sorted(group, key=lambda p: (round(p.bottom), p.x0)) for group in _cut(list(page), width) if group]


def _cut(region: list[T], width: float) -> list[list[T]]:
    if len(region) < 2 * MIN_LINES:
        return [region]
    gutter = _gutter(region, width, 0.0)
    if gutter is not None:
        left = [p for p in region if p.x1 <= gutter]
        return _cut(left, width) + _cut([p for p in region if p.x0 >= gutter], width)
    parts = _parts(region, 1.2)
    if len(parts) == 1 and (gutter := _gutter(region, width, MAX_CROSSING)) is not None:
        parts = _bands(region, [p for p in region if p.x0 < gutter < p.x1])
    if len(parts) == 1:
        parts = _parts(region, 0.8)
    return [group for part in parts for group in _cut(part, width)] if len(parts) > 1 else parts


def _bands(region: list[T], crossing: list[T]) -> list[list[T]]:
    """Return the region from top to bottom in bands that do or do not run across the gutter."""
    bands: list[list[T]] = []
    was: bool | None = None
    for placed in sorted(region, key=lambda p: (p.top + p.bottom) / 2):
        middle = (placed.top + placed.bottom) / 2
        now = any(c.top <= middle <= c.bottom for c in crossing)
        if now is not was:
            bands.append([])
        bands[-1].append(placed)
        was = now
    return bands


def _gutter(region: list[T], width: float, max_crossing: float) -> float | None:
    """Return the middle of the best white band, None where the region is one column or a table."""
    rows = max(_rows(region), 1)
    best: tuple[float, float, float] | None = None
    for x in sorted({p.x1 for p in region}):
        starts = [p.x0 for p in region if p.x0 > x]
        if not starts:
            continue
        ends = min(start for start in starts)
        crossing = [p for p in region if p.x0 < x + 1 < p.x1]
        if ends - x < 6 or len(crossing) > max_crossing * rows:
            continue
        left = [p for p in region if p.x1 <= x + 1]
        right = [p for p in region if p.x0 >= x + 1]
        found = (float(len(crossing)), x - ends, (x + ends) / 2)
        if _is_column(left, width) and _is_column(right, width) and (best is None or found < best):
            best = found
    return best[2] if best else None


def _is_column(side: list[T], width: float) -> bool:
    """Return whether these are lines of text that fill a column, not short cells of a table."""
    if _rows(side) < MIN_LINES:
        return False
    widths = [p.x1 - p.x0 for p in side]
    full = [w for w in widths if w > 0.6 * max(widths)]
    return max(widths) > MIN_WIDTH * width and len(full) >= max(MIN_LINES, 0.25 * len(widths))


def _rows(region: list[T]) -> int:
    return len({round(p.bottom / 3) for p in region})


def _parts(region: list[T], least: float) -> list[list[T]]:
    """Return what lies above and below the widest horizontal gap, or the region whole.

    The gap must be `least` times as high as a line.
    """
    ordered = sorted(region, key=lambda p: p.top)
    height = median(p.bottom - p.top for p in region)
    reach = ordered[0].bottom
    widest, at = 0.0, 0
    for i, placed in enumerate(ordered[1:], start=1):
        if placed.top - reach > widest:
            widest, at = placed.top - reach, i
        reach = max(reach, placed.bottom)
    return [region] if widest < least * height else [ordered[:at], ordered[at:]]
