"""Intervals: how far a measured share, mean, percentile or ratio may lie from what a longer run would give."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 20261123
DRAWS = 2000
Z95 = 1.959963984540054
Values = NDArray[np.float64]
Statistic = Callable[[Values], float]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float

    def show(self, digits: int = 3, *, percent: bool = False) -> str:
        """Return "0.741 (0.702–0.779)"; the same in per cent where asked for."""
        value, low, high = (100 * x if percent else x for x in (self.value, self.low, self.high))
        return f"{value:.{digits}f}{' %' if percent else ''} ({low:.{digits}f}–{high:.{digits}f})"


def wilson(successes: int, n: int) -> Estimate:
    """Return successes / n with Wilson's score interval. Raises ValueError unless 0 <= successes <= n and n > 0."""
    if not 0 <= successes <= n or n == 0:
        raise ValueError(f"found {successes} of {n}: a share needs 0 <= successes <= n and n > 0")
    share = successes / n
    middle = share + Z95**2 / (2 * n)
    reach = Z95 * math.sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2))
    scale = 1 + Z95**2 / n
    # With all or none the end of the interval is exact; arithmetic may miss it by a rounding.
    low = 0.0 if successes == 0 else (middle - reach) / scale
    high = 1.0 if successes == n else (middle + reach) / scale
    return Estimate(share, low, high)


def bootstrap(values: Sequence[float], statistic: Statistic, *, seed: int = SEED, draws: int = DRAWS) -> Estimate:
    """Return the statistic with its percentile bootstrap interval, values drawn with replacement.

    The same seed gives the same interval. Raises ValueError for no values.
    """
    return paired([values], lambda sample: statistic(sample[0]), seed=seed, draws=draws)


def paired(
    columns: Sequence[Sequence[float]], statistic: Statistic, *, seed: int = SEED, draws: int = DRAWS
) -> Estimate:
    """Return a statistic of several columns measured on the same things, which are drawn together.

    `statistic` gets an array of shape (columns, n). Raises ValueError for no values and for columns
    of different lengths.
    """
    lengths = {len(column) for column in columns}
    if len(lengths) != 1 or lengths == {0}:
        raise ValueError(f"found columns of {sorted(lengths)} values, expected the same number in each, at least 1")
    table = np.asarray(columns, np.float64)
    draw = np.random.default_rng(seed)
    n = table.shape[1]
    found = [statistic(table[:, draw.integers(0, n, n)]) for _ in range(draws)]
    low, high = np.percentile(found, [2.5, 97.5])
    return Estimate(float(statistic(table)), float(low), float(high))


def percentile(p: float) -> Statistic:
    """Return the statistic "p-th percentile", p in 0..100, linear between values."""
    return lambda values: float(np.percentile(values, p))


def mean(values: Values) -> float:
    """Return the mean."""
    return float(values.mean())


def mean_ratio(over: Sequence[float], under: Sequence[float]) -> Estimate:
    """Return the geometric mean of the pairs' ratios with Student's interval on their logarithms.

    Made for a few repetitions, where a bootstrap says too little. Raises ValueError for fewer than two pairs.
    """
    from scipy.stats import t

    logs = np.log(np.asarray(over, np.float64) / np.asarray(under, np.float64))
    if len(logs) < 2:
        raise ValueError(f"found {len(logs)} pairs, expected at least 2: one repetition says nothing of the next")
    middle = float(logs.mean())
    reach = float(t.ppf(0.975, len(logs) - 1) * logs.std(ddof=1) / math.sqrt(len(logs)))
    return Estimate(*(math.exp(x) for x in (middle, middle - reach, middle + reach)))
