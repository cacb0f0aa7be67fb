"""How many were studied, in the words in which the publication states it."""

import re
from collections.abc import Iterator

from corpus.document import Document, Section

_WHERE = re.compile(r"design|population|method|participant|patients|subjects|materials|setting", re.IGNORECASE)
_WHO = (
    r"women|men|patients|participants|adults|people|subjects|individuals|children|infants|residents|volunteers|"
    r"veterans|persons|pregnancies"
)
# Words that may stand between a number and who is counted: none of a dose, a duration or another clause.
_NOT_BETWEEN = (
    r"(?:mg|mcg|ml|g|kg|iu|units?|days?|weeks?|months?|years?|hours?|centers?|centres?|sites?|countries|doses?|of|to|in|"
    r"with|from|for|and|or|on|by|at|per|the|a|an|were|was|who)\b"
)
_NUMBER = r"(?<![\w.,/-])(\d{1,3}(?:,\d{3})+|\d{1,6})"
_ADJECTIVES = rf"(?: (?!{_NOT_BETWEEN})[A-Za-z][\w-]*){{0,4}}?"
_COUNTED = re.compile(rf"{_NUMBER}({_ADJECTIVES} (?:{_WHO})(?:(?:,| and| or) (?:{_WHO}))*)\b", re.IGNORECASE)


def participants(document: Document) -> str:
    """Return how many a publication says were studied, word for word ("7180 postmenopausal women"), "" where unclear.

    It is read where design and population are described: the number stated first where none is larger, else the
    largest where two others add up to it. Numbers of groups side by side without their sum say nothing of the whole.
    """
    for section in document.sections:
        if any(_WHERE.search(title) for title in section.heading):
            counted = list(_counted(section))
            if counted:
                return _whole(counted)
    return ""


def _counted(section: Section) -> Iterator[tuple[int, str]]:
    for found in _COUNTED.finditer(section.text):
        yield int(found[1].replace(",", "")), found[0]


def _whole(counted: list[tuple[int, str]]) -> str:
    largest, words = max(counted, key=lambda one: one[0])
    if counted[0][0] == largest:
        return counted[0][1]
    others = [number for number, _ in counted if number != largest]
    adds_up = any(a + b == largest for place, a in enumerate(others) for b in others[place + 1 :])
    return words if adds_up else ""
