"""Which way a statement goes: up, down, or said not to; and whether it is said of all or of some only."""

import re

from evals.matcher_words import denied_spans

_UP = re.compile(
    r"\b(?:increas\w*|rais\w*|rise\w*|rose|higher|elevat\w*|gain\w*|longer|worse\w*|"
    r"(?<!or )(?:more|greater)\b(?! than \d))",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:decreas\w*|reduc\w*|lower\w*|declin\w*|fell|drop\w*|loss|shorter|(?<!or )(?:less|fewer)\b(?! than \d))",
    re.IGNORECASE,
)
# A ratio tells the way where no word does: "a hazard ratio of 0.62".
_RATIO = re.compile(r"\b(?:(?:hazard|risk|odds|rate) ratio|relative risk|HR|RR|OR)\b\D{0,12}(?P<value>\d+\.\d+)")
_CHANGE = re.compile(r"\b(?:differ\w*|effect\w*|change\w*|affect\w*|significan\w*)\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:any|all|every|always|everyone|anyone|proven|proved|proves)\b", re.IGNORECASE)
_SOME = re.compile(r"\b(?:only|unless|except|may|might|possible|possibly|limited)\b", re.IGNORECASE)


_CONTRARY = {
    "up": ("down", "not up", "same"),
    "down": ("up", "not down", "same"),
    "not up": ("up",),
    "not down": ("down",),
    "same": ("up", "down"),
}


def ways(text: str) -> frozenset[str]:
    """Return what of "up", "down", "not up", "not down" and "same" a text says."""
    denied = denied_spans(text)
    found = set()
    for way, cues in (("up", _UP), ("down", _DOWN)):
        for cue in cues.finditer(text):
            found.add(f"not {way}" if any(start <= cue.start() < end for start, end in denied) else way)
    if any(start <= cue.start() < end for cue in _CHANGE.finditer(text) for start, end in denied):
        found.add("same")
    if not found:
        found |= {"down" if float(ratio["value"]) < 1 else "up" for ratio in _RATIO.finditer(text)}
    return frozenset(found)


def turned(fact: str, sentence: str) -> bool:
    """Return whether the fact goes one way only and the sentence only another."""
    said, there = ways(fact), ways(sentence)
    return len(said) == 1 and bool(there) and all(way in _CONTRARY[one] for one in said for way in there)


def overstated(fact: str, sentence: str) -> bool:
    """Return whether the fact says of all, or as proven, what the sentence says of some, or as possible."""
    return bool(_ALL.search(fact) and _SOME.search(sentence) and not _ALL.search(sentence))
