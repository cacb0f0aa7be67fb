"""A follow-up that names a drug itself: set beside the drug of the talk, or asked about in its place."""

# ruff: noqa: E501 (one pattern a line)

import re
from collections.abc import Sequence

from qa.drugs import DrugMention
from qa.followups.turn import Turn, condition_of, focus, name_of
from qa.followups.wording import CONTINUES, LEAD, WORD, capital, small
from qa.references import resolved, speaks_of_event, speaks_of_somebody

_COMPARES = re.compile(r"\b(?:than|versus|vs\.?|compared (?:to|with)|compare|comparable|as \w+ as|better|worse|difference|instead of|same as|alternative|safer|stronger|cheaper)\b", re.IGNORECASE)  # fmt: skip
_BESIDE = re.compile(
    r"\b(?:with|on|and|plus|while taking|taking|alongside|together with|after|before|followed by|to|by|from)\s+$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"^ \([^()]{2,40}\)")
_FILLER = frozenset(
    "what how about and or instead then for with the of is are it same so but also in to a an on please now does do can".split()
)


def with_own_drug(question: str, mentions: Sequence[DrugMention], last: Turn) -> tuple[str, bool]:
    """Return the core of a question that names a drug itself, and whether it follows the turn before."""
    before, own = focus(last), mentions[0]
    continues = CONTINUES.search(question) is not None
    if not before:
        return question, continues
    known = {drug.bases for drug in before}
    if all(drug.bases in known for drug in mentions):
        return question, True
    subject = name_of(before[0])
    lead = LEAD.match(question)
    start = min(lead.end(), own.start) if lead else 0
    rest = question[start:].rstrip(" ?.!")
    beside = _BESIDE.search(question[start : own.start]) is not None
    told = resolved(question[: own.start], subject, plural=False) + question[own.start :]
    if told != question:
        return (_compared(told, subject, last) if speaks_of_event(question) else told), True
    if len(mentions) == 1 and (rest.lower().startswith("compared") or (beside and continues)):
        return f"What about {subject} {small(rest)}?", True
    if len(mentions) == 1 and _COMPARES.search(question):
        return f"{capital(rest)}, compared with {subject}?", True
    return question, continues or speaks_of_somebody(question)


def asked_again(question: str, mentions: Sequence[DrugMention], last: Turn) -> str | None:
    """Return the last question asked about another drug ("How about Prolia instead?"), None where it is not that."""
    before, own, lead = focus(last), mentions[0], LEAD.match(question)
    start = min(lead.end(), own.start) if lead else 0
    if not before or own.bases in {drug.bases for drug in before} or _BESIDE.search(question[start : own.start]):
        return None
    if not CONTINUES.search(question) or any(word not in _FILLER for word in _outside(question, mentions)):
        return None
    text = last.standalone
    for drug in last.drugs:
        if drug.bases == before[0].bases and text[drug.start : drug.end] == drug.surface:
            after = _BRACKETS.sub("", text[drug.end :], count=1)
            return text[: drug.start] + own.label + after
    return f"What about {own.label}? {text}"


def _compared(text: str, subject: str, last: Turn) -> str:
    """Return "is it as common as with X" asked of what happened: the condition, not the drug, is what "it" stands for."""
    condition = condition_of(last)
    if not condition:
        return text
    text = re.sub(rf"\b{re.escape(subject)}\b", lambda _: condition, text, count=1)
    return re.sub(r"\bas (\w+) as\b", lambda m: f"as {m[1]} with {subject} as", text, count=1)


def _outside(question: str, mentions: Sequence[DrugMention]) -> list[str]:
    """Return the words of a question that no drug name covers, in lower case."""
    spans = [range(mention.start, mention.end) for mention in mentions]
    return [m.group().lower() for m in WORD.finditer(question) if not any(m.start() in span for span in spans)]
