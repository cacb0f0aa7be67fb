"""Text as what a diff compares: pieces (sentences, lines) and words, white space left out."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

# Longest first where one begins another. A figure is compared together with its unit and its comparator.
_UNIT = (
    r"(?:micrograms?|milligrams?|grams?|minutes?|months?|hours?|weeks?|years?|units?|doses?|days?|times|mmHg|mmol|"
    r"[µμ]mol|nmol|kcal|mEq|mcg|[µμ]g|mg|ng|pg|kg|mL|ml|dL|dl|IU|cm|mm|m2|m²|min|fold|g|h|L)(?![^\W\d_])"
)
_GAP = r"[^\S\n]{0,4}"
_FIGURE = rf"(?:[<>≤≥±=]{_GAP})?\d+(?:[.,·]\d+)*+(?:(?:{_GAP}|-)(?:%|{_UNIT}(?:{_GAP}/{_GAP}{_UNIT})*))?"
_WORD = re.compile(rf"(?P<figure>{_FIGURE})|[^\W\d_]+|\S")
# A line's end always ends a piece; so does a full stop before white space, whatever follows: an abbreviation
# cuts both versions alike.
_END = re.compile(r"\s*\n\s*|(?<=[.!?])[\"'”’)\]]*\s+")


class Word(NamedTuple):
    """Characters [start, end): a word, a figure with its unit, or a sign. `form` is what is compared.

    A named tuple, since labels have a hundred thousand of them and it is made three times as fast.
    """

    start: int
    end: int
    form: str
    is_figure: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Words [first, last) of a text: a sentence, a list item, a table row. `form` is what is compared."""

    first: int
    last: int
    form: str


class Words:
    """A text cut into words, and the words gathered into pieces."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = tuple(_word(match) for match in _WORD.finditer(text))
        self.starts = [word.start for word in self.words]
        self.forms = [word.form for word in self.words]
        self.pieces = tuple(self._pieces())

    def between(self, start: int, end: int) -> range:
        """Return the numbers of the words that have characters in [start, end)."""
        first = bisect_left(self.starts, start)
        if first and self.words[first - 1].end > start:
            first -= 1
        return range(first, bisect_left(self.starts, end))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters of words [first, last); at least one."""
        return self.words[first].start, self.words[last - 1].end

    def quote(self, first: int, last: int) -> str:
        """Return the text of words [first, last), "" for none."""
        return self.text[slice(*self.span(first, last))] if first < last else ""

    def _pieces(self) -> list[Piece]:
        ends = [bisect_left(self.starts, match.end()) for match in _END.finditer(self.text)]
        cuts = sorted({0, *ends, len(self.words)})
        return [Piece(a, b, " ".join(self.forms[a:b])) for a, b in pairwise(cuts)]


def form_of(text: str) -> str:
    """Return what is compared of a text: its words with single spaces between them."""
    return " ".join(_word(match).form for match in _WORD.finditer(text))


def _word(match: re.Match[str]) -> Word:
    is_figure = match["figure"] is not None
    form = "".join(match[0].split()) if is_figure else match[0]
    return Word(match.start(), match.end(), form, is_figure)
