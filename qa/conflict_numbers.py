"""Numbers that disagree: other figures for one endpoint of one trial at one time, other limits of entry into it."""

# ruff: noqa: E501 (one pattern a line)

import re
from dataclasses import replace

from qa.answer import ConflictKind
from qa.conflict_endpoint import endpoints
from qa.conflict_statement import Sentence, Stated, is_later_look, is_of_a_part, speaks_for_itself, studies_in
from qa.terms import normalised

_PERCENT = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?) ?%")
# A figure that measures a difference or an interval is not an arm's.
_BEFORE_OTHER = re.compile(
    r"(?:reduc\w*|lower\w*|higher|differ\w*|increas\w*|decreas\w*|fewer|less|more|greater|CI|confidence|risk|by|to|"
    r"of|chance|power|fell|rose)[ (,:]*(?:an? |the |of |was |by |is |about )*$",
    re.IGNORECASE,
)
_AFTER_OTHER = re.compile(
    r" ?(?:CI\b|confidence|lower|higher|reduc|fewer|less|more|greater|relative|absolute|to \d|increase|decrease|of (?:the )?(?:women|men|patients|participants) (?:were|had been))",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    r"\b(?:(\d+(?:\.\d+)?)[ -](month|year|week)s?|(month|year|week) (\d+)|first (year))\b", re.IGNORECASE
)
_IN_MONTHS = {"month": 1.0, "year": 12.0, "week": 12 / 52}
_ENTRY = re.compile(
    r"\bT-scores? (?:of |at |from )?(?P<first>(?:or |at or )?(?:below |above |under |over )?[-−–]?\d+(?:\.\d+)?)"
    r"(?P<rest> to [-−–]?\d+(?:\.\d+)?| or (?:lower|less|below|higher|more|above))?",
    re.IGNORECASE,
)
_BOUNDS = frozenset({"bounds"})
_WHO = re.compile(r"\b(?:women|men|patients|participants|adults|people)\b", re.IGNORECASE)


def read(sentence: Sentence) -> list[Stated]:
    """Return what figures of a trial a sentence states; none for a part of its participants or a later analysis."""
    text = sentence.text
    if sentence.is_item or not ("%" in text or "T-score" in text):
        return []
    if not speaks_for_itself(text) or is_later_look(text):
        return []
    studies = studies_in(text)
    if len(studies) != 1:
        return []
    own = _entry(text, studies[0]) + ([] if is_of_a_part(text) else _frequencies(text, studies[0]))
    return [replace(one, target=normalised(f"{text} {sentence.title}")) for one in own]


def clash(a: Stated, b: Stated, drug: frozenset[str]) -> bool:
    """Return whether two statements on one endpoint, trial and time share no figure, as far as they are rounded."""
    if a.scope or b.scope:
        return a.value != b.value
    return not any(_same(x, y) for x in a.value for y in b.value)


def is_entry(stated: Stated) -> bool:
    """Return whether a statement is on whom a trial took in."""
    return stated.scope == _BOUNDS


def _frequencies(text: str, study: str) -> list[Stated]:
    """Return the shares of the arms, where a sentence gives those of one endpoint at one time."""
    found = endpoints(text)
    times = months(text)
    if len(found) != 1 or len(times) != 1:
        return []
    shares = [m[1] for m in _PERCENT.finditer(text) if _is_of_an_arm(text, m)]
    if len(set(shares)) != 2:
        return []
    (time,) = times
    endpoint = found[0]
    subject = f"{study}: {endpoint.words}, {time:g} months"
    return [Stated(ConflictKind.NUMBERS, (study, endpoint.key, time), subject, frozenset(shares), "")]


def _is_of_an_arm(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() : match.end() + 30]
    return not (_BEFORE_OTHER.search(before) or _AFTER_OTHER.match(after) or text[match.start() - 1] in "-–+")


def _entry(text: str, study: str) -> list[Stated]:
    """Return the limits of entry that a sentence on a trial's participants states: one bound, or two."""
    found = list(_ENTRY.finditer(text))
    if len(found) != 1 or not _WHO.search(text) or "baseline" in text:
        return []
    said = f"{found[0]['first']}{found[0]['rest'] or ''}"
    numbers = re.findall(r"\d+(?:\.\d+)?", said)
    if not (len(numbers) == 2 or re.search(r"or |at or|below|above|under|over", said)):
        return []
    bounds = frozenset(f"{float(number):g}" for number in numbers)
    subject = f"{study}: T-score of those who took part"
    return [Stated(ConflictKind.NUMBERS, (study, "entry"), subject, bounds, "", _BOUNDS)]


def months(text: str) -> frozenset[float]:
    """Return the times that a text names, in months: "over 2 years" and "month 24" are one."""
    found = set()
    for number, unit, unit_first, counted, first in _MONTHS.findall(text):
        amount = float(number or counted or 1)
        found.add(round(amount * _IN_MONTHS[(unit or unit_first or first).lower()], 2))
    return frozenset(found)


def _same(a: str, b: str) -> bool:
    """Return whether two figures are one, rounded to the places of the coarser."""
    places = min(len(x.partition(".")[2]) for x in (a, b))
    return abs(float(a) - float(b)) <= 0.5 * 10.0**-places + 1e-9
