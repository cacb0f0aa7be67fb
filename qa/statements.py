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

SAME = 0.80
REPEATS = 0.88


@dataclass(frozen=True, slots=True)
class Statement:
    """The checkable side of a sentence: its numbers, whether it denies, and which way it points."""

    numbers: frozenset[str]
    negated: bool
    direction: tuple[bool, bool]


def statement(text: str) -> Statement:
    """Return the numbers (thousands separators dropped), polarity and direction words of a text."""
    numbers = frozenset(n.replace(",", "").replace("−", "-").lstrip("-") for n in _NUMBER.findall(text))
    return Statement(
        numbers,
        _NEGATION.search(text) is not None,
        (_DIRECTION_UP.search(text) is not None, _DIRECTION_DOWN.search(text) is not None),
    )


def supports(shown: Statement, other: Statement, cosine: float) -> bool:
    """Return whether `other` says what `shown` says, so that it may stand as a citation of it.

    Every number shown must stand in the other, polarity and direction must agree, and the cosine
    of their vectors must reach SAME.
    """
    return (
        cosine >= SAME
        and shown.numbers <= other.numbers
        and shown.negated == other.negated
        and shown.direction == other.direction
    )


def repeats(shown: Statement, other: Statement, cosine: float) -> bool:
    """Return whether `other` adds nothing to `shown`: as good as the same words, and no number of its own."""
    return cosine >= REPEATS and other.numbers <= shown.numbers and shown.negated == other.negated


def cosine(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    """Return the inner product of two unit vectors, -1 to 1."""
    return float(a @ b)
