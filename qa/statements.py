"""What two statements must share to be one: numbers, polarity, and nearly all of their meaning."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_NUMBER = re.compile(r"(?<![\w.])[-−]?\d+(?:,\d{3})*(?:\.\d+)?")
_NEGATION = re.compile(
    r"\b(?:no|not|never|none|nor|neither|without|cannot|unable|lack(?:s|ed|ing)?|fail(?:s|ed)?|avoid(?:ed|ing)?|"
    r"contraindicat\w*|discontinu\w*|stop(?:ped|ping)?|against|insufficient|unlikely)\b|n't\b",
    re.IGNORECASE,
)
_DIRECTION_UP = re.compile(r"\b(?:increas|rais|higher|greater|more|improv|elevat|gain|rose)\w*", re.IGNORECASE)
_DIRECTION_DOWN = re.compile(r"\b(?:decreas|reduc|lower|less|fewer|declin|fell|drop|loss|lost)\w*", re.IGNORECASE)

_BELOW = re.compile(
    r"[<≤]|\b(?:under|below|younger|less than|fewer than|lower than|at most|or less|or fewer|or younger)\b",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"[>≥]|\b(?:above|older|more than|greater than|higher than|at least|or more|or over|aged over)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{4,}")

SAME = 0.82
REPEATS = 0.88
# The share of the longer words shown (by their first five letters) that a statement of the same claim has too.
SHARED_WORDS = 0.6


@dataclass(frozen=True, slots=True)
class Statement:
    """The checkable side of a sentence: numbers, denial, direction, bounds (below, above) and longer words."""

    numbers: frozenset[str]
    negated: bool
    direction: tuple[bool, bool]
    bounds: tuple[bool, bool]
    words: frozenset[str]


def statement(text: str) -> Statement:
    """Return what of a text can be checked against another; thousands separators are dropped."""
    numbers = frozenset(n.replace(",", "").replace("−", "-").lstrip("-") for n in _NUMBER.findall(text))
    return Statement(
        numbers,
        _NEGATION.search(text) is not None,
        (_DIRECTION_UP.search(text) is not None, _DIRECTION_DOWN.search(text) is not None),
        (_BELOW.search(text) is not None, _ABOVE.search(text) is not None),
        frozenset(word[:5].lower() for word in _WORD.findall(text)),
    )


def supports(shown: Statement, other: Statement, cosine: float) -> bool:
    """Return whether `other` says what `shown` says, so that it may stand as a citation of it.

    Every number shown must stand in the other, polarity, direction and bounds must agree ("younger
    than 65" is not "65 or older"), most longer words shown must stand in the other, and the cosine
    of their vectors must reach SAME.
    """
    return (
        cosine >= SAME
        and shown.numbers <= other.numbers
        and shown.negated == other.negated
        and shown.direction == other.direction
        and shown.bounds == other.bounds
        and len(shown.words & other.words) >= SHARED_WORDS * len(shown.words)
    )


def repeats(shown: Statement, other: Statement, cosine: float) -> bool:
    """Return whether `other` adds nothing to `shown`: as good as the same words, and no number of its own."""
    return (
        cosine >= REPEATS
        and other.numbers <= shown.numbers
        and shown.negated == other.negated
        and shown.bounds == other.bounds
    )


def cosine(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    """Return the inner product of two unit vectors, -1 to 1."""
    return float(a @ b)
