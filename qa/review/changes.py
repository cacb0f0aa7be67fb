"""What changed between two versions of an answer: sentence by sentence, and word by word where one was reworded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.text_diff import LIKE, Run, TextDiff, dice
from qa.answer import Answer
from qa.review.edit import sentences


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence that is other than it was: `was` is "" for a new one, `now` for one that is gone."""

    was: str
    now: str

    @property
    def runs(self) -> tuple[Run, ...]:
        """Return its words in order, each run the same, removed or added."""
        return word_runs(self.was, self.now)


def changes(before: Answer, after: Answer) -> tuple[Change, ...]:
    """Return the sentences that are not the same in both, in reading order; nothing where all are."""
    was = [_whole(claim.context, claim.text) for claim in sentences(before)]
    now = [_whole(claim.context, claim.text) for claim in sentences(after)]
    found: list[Change] = []
    if before.notice != after.notice:
        found.append(Change(before.notice, after.notice))
    for tag, i, j, k, m in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            found += _paired(was[i:j], now[k:m])
    return tuple(found)


def word_runs(was: str, now: str) -> tuple[Run, ...]:
    """Return two wordings as runs of words: what was removed comes before what was added in its place."""
    diff = TextDiff(was, now)
    return tuple(run for pair in diff.pairs for run in diff.runs(pair))


def _paired(was: Sequence[str], now: Sequence[str]) -> Iterator[Change]:
    """Yield each sentence with the one that took its place, where one is like it, else on its own."""
    left = list(now)
    for old in was:
        like = max(left, key=lambda new: _likeness(old, new), default="")
        if like and _likeness(old, like) >= LIKE:
            left.remove(like)
            yield Change(old, like)
        else:
            yield Change(old, "")
    yield from (Change("", new) for new in left)


def _likeness(one: str, other: str) -> float:
    return dice(frozenset(one.casefold().split()), frozenset(other.casefold().split()))


def _whole(context: str, text: str) -> str:
    return f"{context}: {text}" if context else text
