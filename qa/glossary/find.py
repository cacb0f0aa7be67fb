"""Where a text uses a term of the glossary: spans with explanations; the text itself is never touched."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from qa.glossary.terms import GlossaryTerm, terms

# One character for one, so that every place in the text stays what it was.
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "‑": "-", "‐": "-", "–": "-", "\n": " ", "\t": " ", "\u00a0": " ", "\u2009": " "}
)
_FIRST = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"[ \-/]")


@dataclass(frozen=True, slots=True)
class Gloss:
    """Characters [start, end) of a text that name a term, the term's name, and what it means."""

    start: int
    end: int
    term: str
    means: str


@dataclass(frozen=True, slots=True)
class _Written:
    text: str
    exact: bool
    term: GlossaryTerm


class Glossary:
    """Finds terms in texts. Threads may share it."""

    def __init__(self, known: Iterable[GlossaryTerm]) -> None:
        self._by_first: dict[str, list[_Written]] = {}
        for term in known:
            for text in term.written:
                exact = is_abbreviation(text)
                one = _Written(text if exact else text.lower(), exact, term)
                self._by_first.setdefault(_first_word(text), []).append(one)
        for written in self._by_first.values():
            written.sort(key=lambda one: -len(one.text))

    def find(self, text: str, explained: set[str] | None = None) -> tuple[Gloss, ...]:
        """Return the terms in a text in order, each where it stands first, the longest where several begin.

        Only whole words count; an abbreviation must be written as such. `explained` are the names of terms that
        the page has explained already: they are left out, and those found now are added to it.
        """
        done = set() if explained is None else explained
        flat = text.translate(_SAME)
        found: list[Gloss] = []
        end = 0
        for word in _FIRST.finditer(flat):
            start = word.start()
            if start < end or (start > 1 and flat[start - 1] in "-'" and flat[start - 2].isalnum()):
                continue
            written = self._at(flat, start, word.group().lower())
            if written is None:
                continue
            end = start + len(written.text)
            if written.term.name not in done:
                done.add(written.term.name)
                found.append(Gloss(start, end, written.term.name, written.term.means))
        return tuple(found)

    def _at(self, flat: str, start: int, first: str) -> _Written | None:
        """Return the longest term that begins here and ends where a word does."""
        for one in self._by_first.get(first, ()):
            end = start + len(one.text)
            here = flat[start:end]
            if (here if one.exact else here.lower()) == one.text and not flat[end : end + 1].isalnum():
                return one
        return None


def is_abbreviation(text: str) -> bool:
    """Return whether a way of writing is taken in just this case: "HR", "eGFR", "T-score", not "Kaplan-Meier"."""
    parts = [part for part in _PARTS.split(text) if part]
    return any(any(sign.isupper() for sign in part[1:]) or (len(part) == 1 and part.isupper()) for part in parts)


def _first_word(text: str) -> str:
    found = _FIRST.search(text)
    return found.group().lower() if found else ""


@cache
def glossary() -> Glossary:
    """Return the glossary that comes with Curbside."""
    return Glossary(terms())


def glosses(text: str, explained: set[str] | None = None) -> tuple[Gloss, ...]:
    """Return the terms that a text uses, each once a page: see `Glossary.find`."""
    return glossary().find(text, explained)
