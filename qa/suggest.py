"""Suggested follow-ups: next questions that the sources held here do answer, for each was asked first."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Protocol

from corpus.document import SourceKind
from qa.answer import Answer, Status
from qa.aspect import Aspect
from qa.label_sections import weight
from qa.library import Library
from qa.suggest_drugs import drugs_to_suggest, of_the_class
from qa.suggest_questions import Candidate, candidates

MOST = 4
# So many are asked before it is left at what was found; each costs what an answer costs.
TRIED = 12
# How plainly a label's section must answer what is asked of a label.
LEADS = 0.75
# What other sources answer as well as a label: the words without which they do not.
_SPOKEN = {
    Aspect.SEQUENCE: re.compile(
        r"\b(?:followed by|switch\w*|transition\w*|sequen\w*|follow-on|thereafter|continuing)\b"
    ),
    Aspect.STOPPING: re.compile(r"\b(?:stop\w*|discontinu\w*|cessation|withdraw\w*|after the last dose)\b"),
    Aspect.TRIALS: re.compile(r"\b(?:trials?|study|studies|randomi[sz]ed)\b"),
    Aspect.COMPARISON: re.compile(""),
}


class Asks(Protocol):
    """What answers questions: an Answerer."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Return the answer to a question."""

    def library(self) -> Library:
        """Return what is answered from now."""


def suggestions(answer: Answer, answerer: Asks, earlier: Sequence[str] = (), most: int = MOST) -> tuple[str, ...]:
    """Return at most `most` questions to ask next, each answered when it was asked just now; none in an emergency.

    Each is on another aspect and names its drug, so that it can be asked with or without the conversation. `earlier`
    are the questions of the conversation: none is suggested again. Takes as long as the questions take to answer,
    some 30 ms each, at most TRIED of them. Nothing is kept.
    """
    if answer.status is Status.EMERGENCY:
        return ()
    done = {_plain(question) for question in (answer.question, answer.standalone, *earlier)}
    said = [_said(answer)]
    kept: dict[Aspect, str] = {}
    tried = 0
    for candidate in _candidates(answer, answerer.library()):
        if tried == TRIED or len(kept) == most:
            break
        if candidate.aspect in kept or _plain(candidate.text) in done:
            continue
        tried += 1
        found = answerer.ask(candidate.text)
        # What says nothing that is not said already is no next question.
        if answers_it(found, candidate) and not any(_said(found) <= before for before in said):
            kept[candidate.aspect] = candidate.text
            said.append(_said(found))
    return tuple(kept.values())


def _candidates(answer: Answer, library: Library) -> Iterator[Candidate]:
    """Yield questions about the drugs of an answer, in turn."""
    understood = answer.understood
    drugs = drugs_to_suggest(answer, library)
    asked = understood.aspects if set(drugs) & set(understood.drugs) else ()
    each = [
        candidates(drug, of_the_class(drug, library), asked, understood.constraints, answer.audience) for drug in drugs
    ]
    for row in zip_longest(*each):
        yield from (candidate for candidate in row if candidate)


def answers_it(found: Answer, candidate: Candidate) -> bool:
    """Return whether an answer is one to the question that was meant: understood so, and answered where it belongs."""
    understood = {name.lower() for name in found.understood.drugs}
    if found.status is not Status.ANSWERED or not understood >= {drug.lower() for drug in candidate.drugs}:
        return False
    if candidate.aspect in _SPOKEN:
        spoken = [text for text in _said(found) if _SPOKEN[candidate.aspect].search(text)]
        return all(any(drug.lower() in text for text in spoken) for drug in candidate.drugs)
    places = (
        weight(candidate.aspect, one.loinc, one.section.number, one.section.path)
        for one in found.citations
        if one.kind is SourceKind.LABEL
    )
    return max(places, default=0.0) >= LEADS


def _said(answer: Answer) -> frozenset[str]:
    return frozenset(f"{claim.context} {claim.text}".strip().lower() for claim in answer.claims())


def _plain(question: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in question.lower()).split())
