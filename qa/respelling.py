"""Misspelt clinical words of a question put right: "hyptotension" is read as "hypotension", and that is said."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from qa.drugs import DrugMention
from qa.spelling import distance, letters
from qa.synonyms import names

_WORD = re.compile(r"[^\W\d_]+")
# Shorter words are too near to others, and two edits lead from "hypertension" to "hypotension".
FEWEST_LETTERS = 8
EDITS = 1
# English words that are a clinical word less a letter.
_OTHER_WORDS = frozenset(("addition", "aesthetic", "deletion", "morality"))


@dataclass(frozen=True, slots=True)
class Respelling:
    """A word as it was written, and what it was read as."""

    written: str
    read: str


def put_right(text: str, drugs: Sequence[DrugMention]) -> tuple[str, tuple[Respelling, ...]]:
    """Return the text with misspelt clinical words put right, and each of them; words of drug names are left alone.

    A word is put right where a letter too many, one too few, or two swapped are all that parts it from just one word of
    the clinical names known here. Another letter in the place of one makes another word more often than a misspelling:
    "arteritis", "dysphasia".
    """
    changes: list[Respelling] = []
    parts: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        inside = any(drug.start < match.end() and match.start() < drug.end for drug in drugs)
        read = "" if inside else _meant(match.group().lower())
        if read:
            changes.append(Respelling(match.group(), read))
            parts += [text[end : match.start()], read]
            end = match.end()
    return "".join([*parts, text[end:]]), tuple(dict.fromkeys(changes))


@lru_cache(4096)
def _meant(word: str) -> str:
    """Return the clinical word that a word is a misspelling of, "" where it is none."""
    if len(word) < FEWEST_LETTERS or word in _OTHER_WORDS:
        return ""
    known = _words().get(word[0], {})
    if word in known or any(_is_form(word, other) for other in known):
        return ""
    bits = letters(word)
    near = [
        other
        for other, own in known.items()
        if (len(other) != len(word) or own == bits)
        and (bits ^ own).bit_count() <= 2 * EDITS
        and distance(word, other, EDITS) <= EDITS
    ]
    return near[0] if len(near) == 1 else ""


def _is_form(word: str, other: str) -> bool:
    """Return whether two words differ in their ending alone: "infections", "diabetics", "osteoporotic"."""
    shared = min(len(word), len(other)) - 1
    return word[:shared] == other[:shared] and abs(len(word) - len(other)) <= 2


@cache
def _words() -> dict[str, dict[str, int]]:
    """Return the longer words of the clinical names by their first letter, each with its letters as bits."""
    found: dict[str, dict[str, int]] = {}
    for word in sorted(_longer(names())):
        found.setdefault(word[0], {})[word] = letters(word)
    return found


def _longer(phrases: Iterable[str]) -> set[str]:
    return {word for phrase in phrases for word in _WORD.findall(phrase.lower()) if len(word) >= FEWEST_LETTERS}
