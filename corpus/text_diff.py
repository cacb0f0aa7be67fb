"""Two wordings of one text side by side: piece by piece, and word by word where a piece changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from corpus.align import MAX_CELLS, align, common
from corpus.words import Piece, Words

# From this share of common words (Dice) on, two pieces are two wordings of one: the sentence that a revision
# rewrites keeps about half of its words, sentences of one label that say different things share a fifth.
LIKE = 0.4
# More pairs of pieces than these are not compared with each other: the whole run counts as replaced.
MAX_LIKENESSES = 100_000
What = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A piece and its counterpart; one of the two is None where it was added or removed."""

    was: Piece | None
    now: Piece | None

    @property
    def is_same(self) -> bool:
        """Return whether the words are the same."""
        return self.was is not None and self.now is not None and self.was.form == self.now.form

    @property
    def is_one_sided(self) -> bool:
        """Return whether the piece has no counterpart."""
        return self.was is None or self.now is None


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a diff: `what` is "same", "removed" or "added"; figures with their units are marked apart."""

    what: What
    text: str
    is_figure: bool


class TextDiff:
    """The diff of two texts. White space is no difference."""

    def __init__(self, was: str, now: str) -> None:
        self.was, self.now = Words(was), Words(now)
        self.pairs = tuple(self._pairs())
        self._mapped: dict[Piece, dict[int, int]] = {}
        self._by_word = [pair for pair in self.pairs if pair.was for _ in range(pair.was.first, pair.was.last)]

    @property
    def is_same(self) -> bool:
        """Return whether all words are the same."""
        return all(pair.is_same for pair in self.pairs)

    def pair_of(self, word: int) -> Pair:
        """Return the pair in which a word of the old text lies."""
        return self._by_word[word]

    def counterpart(self, word: int) -> int | None:
        """Return which word of the new text a word of the old one is, None where it is gone."""
        pair = self.pair_of(word)
        if pair.was is None or pair.now is None:
            return None
        if pair.is_same:
            return pair.now.first + word - pair.was.first
        if pair.was not in self._mapped:
            self._mapped[pair.was] = dict(self._words(pair.was, pair.now))
        return self._mapped[pair.was].get(word)

    def runs(self, pair: Pair) -> tuple[Run, ...]:
        """Return a pair's words in order: what was removed comes before what was added in its place."""
        marked = groupby(self._marked(pair), key=lambda one: (one[0], one[1]))
        runs = []
        for (what, is_figure), group in marked:
            numbers = [number for _, _, number in group]
            side = self.was if what == "removed" else self.now
            runs.append(Run(what, side.quote(numbers[0], numbers[-1] + 1), is_figure))
        return tuple(runs)

    def _marked(self, pair: Pair) -> Iterator[tuple[What, bool, int]]:
        """Yield (what, is it a changed figure, number of the word) in the order of reading."""
        was = (pair.was.first, pair.was.last) if pair.was else (0, 0)
        now = (pair.now.first, pair.now.last) if pair.now else (0, 0)
        matched = self._words(pair.was, pair.now) if pair.was and pair.now else []
        i, j = was[0], now[0]
        for a, b in [*matched, (was[1], now[1])]:
            yield from (("removed", self.was.words[n].is_figure, n) for n in range(i, a))
            yield from (("added", self.now.words[n].is_figure, n) for n in range(j, b))
            if b < now[1]:
                yield "same", False, b
            i, j = a + 1, b + 1

    def _words(self, was: Piece, now: Piece) -> list[tuple[int, int]]:
        """Return which words of two pieces correspond."""
        if (was.last - was.first) * (now.last - now.first) > MAX_CELLS:
            return []
        matched = common(self.was.forms[was.first : was.last], self.now.forms[now.first : now.last])
        return [(was.first + i, now.first + j) for i, j in matched]

    def _pairs(self) -> Iterator[Pair]:
        was, now = self.was.pieces, self.now.pieces
        i = j = 0
        for a, b in [*align([p.form for p in was], [p.form for p in now]), (len(was), len(now))]:
            yield from self._gap(was[i:a], now[j:b])
            if a < len(was):
                yield Pair(was[a], now[b])
            i, j = a + 1, b + 1

    def _gap(self, was: Sequence[Piece], now: Sequence[Piece]) -> Iterator[Pair]:
        """Yield what stands between pieces that are the same: likely counterparts paired, in order."""
        i = j = 0
        for a, b in [*self._alike(was, now), (len(was), len(now))]:
            yield from (Pair(piece, None) for piece in was[i:a])
            yield from (Pair(None, piece) for piece in now[j:b])
            if a < len(was):
                yield Pair(was[a], now[b])
            i, j = a + 1, b + 1

    def _alike(self, was: Sequence[Piece], now: Sequence[Piece]) -> list[tuple[int, int]]:
        """Return rising pairs of pieces that are alike, of the greatest likeness in all."""
        if not was or not now or len(was) * len(now) > MAX_LIKENESSES:
            return []
        olds = [frozenset(self.was.forms[piece.first : piece.last]) for piece in was]
        news = [frozenset(self.now.forms[piece.first : piece.last]) for piece in now]
        best = [[0.0] * (len(now) + 1) for _ in range(len(was) + 1)]
        likeness = [[dice(old, new) for new in news] for old in olds]
        for i, row in enumerate(likeness):
            above, here = best[i], best[i + 1]
            for j, like in enumerate(row):
                paired = above[j] + like if like >= LIKE else 0.0
                here[j + 1] = max(paired, above[j + 1], here[j])
        pairs, i, j = [], len(was), len(now)
        while i and j:
            if best[i][j] == best[i - 1][j]:
                i -= 1
            elif best[i][j] == best[i][j - 1]:
                j -= 1
            else:
                i, j = i - 1, j - 1
                pairs.append((i, j))
        return pairs[::-1]


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of common members of two sets, 0 to 1 (Dice's coefficient); 0 for two empty ones."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
