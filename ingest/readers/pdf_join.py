"""Lines of a paragraph joined into one, with words put together again that a hyphen had divided."""

import re
from collections.abc import Sequence

_DIVIDED = re.compile(r"([^\W\d_]+)-$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


# First halves of the compounds that medical text writes with a hyphen.
_COMPOUNDS = frozenset(
    "low high long short full well self half double single triple two three four five six ten placebo dose time"
    " evidence age sex race risk patient population community hospital health follow weight drug disease cost quality"
    " life first second third open cross large small year month week day fixed once twice late early new real".split()
)


def words_in(lines: Sequence[str]) -> frozenset[str]:
    """Return the words of a document, in lower case: what decides whether a hyphen belongs to a word.

    The halves of words that a line's end divides are left out.
    """
    words: set[str] = set()
    divided = False
    for line in lines:
        here = _WORD.findall(line.lower())
        ends_divided = line.endswith("-")
        words.update(here[int(divided) : len(here) - int(ends_divided)])
        divided = ends_divided
    return frozenset(words)


def join_lines(lines: Sequence[str], words: frozenset[str] = frozenset()) -> str:
    """Return lines as one; a hyphen at a line's end is dropped where it divides a word.

    It stays before a capital or a figure ("Non-" + "Hodgkin", "1.5-" + "2.0"), and where the document
    prints the word with it elsewhere, or not at all and the first half is one that forms compounds ("low-dose").
    """
    text = ""
    for line in lines:
        text = join(text, line, words) if text else line
    return text


def join(before: str, line: str, words: frozenset[str]) -> str:
    """Return two consecutive lines as one."""
    divided = _DIVIDED.search(before)
    if not divided:
        return before + line if before.endswith(("-", "/")) and line[:1].isalnum() else f"{before} {line}"
    first, rest = divided[1], _WORD.match(line)
    if rest is None or not line[:1].islower() or len(first) == 1:
        return before + line
    whole = (first + rest[0].split("-")[0]).lower()
    hyphened = f"{first}-{rest[0]}".lower()
    if whole not in words and (hyphened in words or first.lower() in _COMPOUNDS):
        return before + line
    return before[:-1] + line
