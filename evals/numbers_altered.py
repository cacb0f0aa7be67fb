"""Every number of a text made another: figures digit by digit, and numbers in words."""

import re

_WORDS = "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty".split()
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
# No digit stays, none becomes a leading 0, and the two tables never agree, so that a claim differs from its quote.
_CLAIMS = str.maketrans("0123456789", "1234567892")
_QUOTES = str.maketrans("0123456789", "5678912346")


def in_claims(text: str) -> str:
    """Return the text of a claim with every number changed, "one" apart, which is mostly none."""
    return _WORD.sub(lambda word: _moved(word[0], 1), text.translate(_CLAIMS))


def in_quotes(text: str) -> str:
    """Return the text of a quote with every number changed, each to another than in a claim."""
    return _WORD.sub(lambda word: _moved(word[0], 3), text.translate(_QUOTES))


def _moved(word: str, by: int) -> str:
    other = _WORDS[(_WORDS.index(word.lower()) + by) % len(_WORDS)]
    return other.capitalize() if word[0].isupper() else other
