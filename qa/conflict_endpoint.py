"""Endpoints: what a figure or a finding is of, so that only the same is compared with the same."""

# ruff: noqa: E501 (one pattern a line)

import re
from dataclasses import dataclass

from qa.conflict_statement import concepts_in
from qa.synonyms import Concept, Topic

# Words before an endpoint that make another of it, and those that do not.
_QUALIFIERS = re.compile(
    r"\b(clinical|moderate|severe|serious|symptomatic|fragility|osteoporotic|fatal|nonfatal|non-fatal|multiple|second|"
    r"subsequent|recurrent|hip|spine|lumbar|total|femoral neck|radius|trochanter|forearm|wrist|major|minor|composite|acute|"
    r"chronic|all-cause|intracranial|gastrointestinal|ischemic|hemorrhagic|overall|progression-free|very|worsening)\b",
    re.IGNORECASE,
)
_SHOWN = re.compile(rf"\bnew\b|{_QUALIFIERS.pattern}", re.IGNORECASE)
_MAJOR_EVENTS = re.compile(r"\bMACE\b|\bmajor (?:adverse )?(?:cardiac|cardiovascular|cardio-?vascular)", re.IGNORECASE)
_DEATH = re.compile(r"\bdeaths?\b|\bmortality\b|\bdied\b", re.IGNORECASE)
_AFTER = re.compile(r"[ -]*((?:[a-z]+ ){0,1}?(?:events?|outcomes?|deaths?|mortality|risk|disease))", re.IGNORECASE)
_BOUNDARY = re.compile(r"[,;:()]|\b(?:in|of|on|for|with|and|the|lowered|raised|reduced|than|no|by|to)\b", re.IGNORECASE)
# What the participants have, or are: not what happened to them.
_WHO = frozenset({"osteoporosis", "osteopenia", "menopause", "glucocorticoid induced osteoporosis"})
MAJOR_EVENTS = "major cardiovascular events"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint: its key, which is equal where the endpoint is, its words, and its characters [start, end)."""

    key: str
    words: str
    start: int
    end: int


def endpoints(text: str) -> list[Endpoint]:
    """Return the endpoints that a text speaks of, each key once, in order."""
    found: dict[str, Endpoint] = {}
    for concept in concepts_in(text, Topic.CONDITION, Topic.ORGAN, Topic.MEASURE):
        if concept.id not in _WHO:
            endpoint = _endpoint(text, concept)
            found.setdefault(endpoint.key, endpoint)
    return list(found.values())


def _endpoint(text: str, concept: Concept) -> Endpoint:
    before = text[max(0, concept.start - 40) : concept.start]
    cut = [m.end() for m in _BOUNDARY.finditer(before)]
    before = before[cut[-1] :] if cut else before
    after = _AFTER.match(text, concept.end)
    phrase = f"{before}{concept.surface}{after.group() if after else ''}"
    end = after.end() if after else concept.end
    if concept.id == "heart":
        key = _of_the_heart(phrase)
    else:
        marks = sorted({m.lower() for m in _QUALIFIERS.findall(f"{before} {after.group() if after else ''}")})
        marks += ["death"] * bool(after and _DEATH.search(after.group()))
        key = " ".join([*marks, concept.id])
    shown = " ".join([*(m.group().lower() for m in _SHOWN.finditer(before)), concept.surface])
    words = MAJOR_EVENTS if key == MAJOR_EVENTS else key if concept.id == "heart" else shown
    return Endpoint(key, words, concept.start - len(before), end)


def _of_the_heart(phrase: str) -> str:
    """Return which cardiovascular endpoint a phrase means: the major events, death, or what it says in words."""
    if _MAJOR_EVENTS.search(phrase):
        return MAJOR_EVENTS
    if _DEATH.search(phrase):
        return "cardiovascular death"
    return " ".join(re.findall(r"[a-z]+", phrase.lower()))
