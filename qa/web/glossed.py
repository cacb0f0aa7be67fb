"""Medical terms explained where they first stand on a page; not a character of what is explained changes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.glossary.find import Gloss, glosses


@dataclass(frozen=True, slots=True)
class Words:
    """Characters of a text; `gloss` explains them where they are a term that was not explained before."""

    text: str
    gloss: Gloss | None = None

    @property
    def anchor(self) -> str:
        """Return the name of the explanation in the page's list of terms."""
        return anchor(self.gloss) if self.gloss else ""


def anchor(gloss: Gloss) -> str:
    """Return a term's name fit for an id."""
    return "term-" + re.sub(r"[^a-z0-9]+", "-", gloss.term.lower()).strip("-")


class Glossed:
    """Takes the texts of one page in reading order, and remembers which terms it has explained."""

    def __init__(self, wanted: bool) -> None:
        self._wanted = wanted
        self._explained: set[str] = set()
        self._found: list[Gloss] = []

    def __call__(self, text: str) -> Iterator[Words]:
        """Yield a text in pieces, which put together are the text."""
        end = 0
        for gloss in glosses(text, self._explained) if self._wanted else ():
            self._found.append(gloss)
            if end < gloss.start:
                yield Words(text[end : gloss.start])
            yield Words(text[gloss.start : gloss.end], gloss)
            end = gloss.end
        if end < len(text):
            yield Words(text[end:])

    def terms(self) -> list[tuple[str, Gloss]]:
        """Return (anchor, explanation) of every term explained so far, by name."""
        return [(anchor(gloss), gloss) for gloss in sorted(self._found, key=lambda one: one.term.lower())]
