"""The words of a search found again in a text, by the same stems as the search itself."""

import re
from collections.abc import Iterator
from functools import lru_cache

from index.tokens import tokens
from qa.web.section_view import Segment

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def marked(text: str, question: str) -> list[Segment]:
    """Return a text in pieces, those apart that a word of the question found; together they are the text."""
    wanted = frozenset(tokens(question))
    return list(_segments(text, wanted))


def _segments(text: str, wanted: frozenset[str]) -> Iterator[Segment]:
    end = 0
    for word in _WORD.finditer(text):
        if _stems(word.group()) & wanted:
            if end < word.start():
                yield Segment(text[end : word.start()], False)
            yield Segment(word.group(), True)
            end = word.end()
    if end < len(text):
        yield Segment(text[end:], False)


@lru_cache(maxsize=20_000)
def _stems(word: str) -> frozenset[str]:
    return frozenset(tokens(word))
