"""Grades that disagree: one recommendation of one body, its evidence called low in one source and moderate in another."""

# ruff: noqa: E501 (one pattern a line)

import re

from corpus.document import SourceKind
from qa.answer import ConflictKind
from qa.bodies import bodies_in
from qa.conflict_statement import Sentence, Stated, speaks_for_itself
from qa.terms import normalised

_GRADE = re.compile(
    r"\b(very[- ]low|low|moderate|high)(?:[- ]to[- ](?:low|moderate|high))?[- ](?:quality|certainty)\b", re.IGNORECASE
)
_ASIDE = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset(
    "recommend recommends recommended suggests suggested guideline guidelines society treatment treatments therapy therapies "
    "patients women with have been that this from those such after course postmenopausal should".split()
)
# The shares of the words of the shorter and of the longer of two recommendations that the other has, from which they are one.
OF_THE_SHORTER, OF_THE_LONGER = 0.7, 0.4
LEAST_WORDS = 5


def read(sentence: Sentence) -> list[Stated]:
    """Return the certainty of evidence that a sentence of a guideline gives its recommendation; none where it gives two."""
    text = sentence.text
    if sentence.kind is not SourceKind.GUIDELINE or not speaks_for_itself(text):
        return []
    grades = {grade.lower().replace("-", " ") for grade in _GRADE.findall(text)}
    bodies = bodies_in(sentence.body)
    if len(grades) != 1 or not bodies:
        return []
    plain = _ASIDE.sub(" ", text)
    common = _COMMON | set(_WORD.findall(sentence.body.lower()))
    said = frozenset(word[:6].rstrip("s") for word in _WORD.findall(plain.lower()) if word not in common)
    if len(said) < LEAST_WORDS:
        return []
    return [
        Stated(
            ConflictKind.GRADE,
            bodies,
            f"evidence for a recommendation of {sentence.body}",
            frozenset(grades),
            normalised(plain),
            said,
        )
    ]


def clash(a: Stated, b: Stated, drug: frozenset[str]) -> bool:
    """Return whether two sentences grade one recommendation otherwise."""
    shared, sizes = len(a.scope & b.scope), sorted((len(a.scope), len(b.scope)))
    return a.value != b.value and shared >= OF_THE_SHORTER * sizes[0] and shared >= OF_THE_LONGER * sizes[1]
