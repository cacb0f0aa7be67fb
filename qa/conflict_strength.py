"""Strength: contraindicated in one source, only to be avoided or not recommended in another, for one condition."""

# ruff: noqa: E501 (one pattern a line)

import re

from qa.answer import ConflictKind
from qa.conflict_statement import Sentence, Stated, concepts_in, speaks_for_itself
from qa.synonyms import Topic
from qa.terms import normalised

_FORBIDS = re.compile(r"\bcontra-?indicat(?:ed|ions?|es)\b", re.IGNORECASE)
_ADVISES_AGAINST = re.compile(
    r"\b(?:(?:should|must) not be (?:started|initiated|used|given|taken|considered|offered|administered)|"
    r"(?:is|are|should|to) (?:to )?be avoided|avoid(?: use)?|(?:is|are) not (?:recommended|advised)|not recommended)\b",
    re.IGNORECASE,
)
# Words for a contraindication that is none, or one of something else; and what else may be ill-advised than a drug.
_WEAKENED = re.compile(
    r"\b(?:relative(?:ly)?|not|no(?: known)?|if|unless|except|refers?|lists?|section)\b", re.IGNORECASE
)
_NO_CONDITION = re.compile(r"\b(?:relative(?:ly)?|corrected|must|should|consider|not applicable)\b", re.IGNORECASE)
_NOT_THE_DRUG = re.compile(
    r"\b(?:results?|data|scores?|monotherapy|combination|together|routine\w*|test\w*)\b", re.IGNORECASE
)
_REASON = re.compile(r"\b(?:because|since|due to|as given|as read|owing to|pending)\b|\(as |;", re.IGNORECASE)
_HEADING = re.compile(r"^(?:absolute )?contraindications?(?! and (?:pre)?cautions)\b", re.IGNORECASE)
_SEVERITY = re.compile(r"\b(mild|moderate|severe|advanced|acute|active|past|uncontrolled)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TREATED = frozenset({"osteoporosis", "osteopenia", "menopause", "women", "men"})
CONTRAINDICATED, TO_BE_AVOIDED = "contraindicated", "to be avoided"


def read(sentence: Sentence) -> list[Stated]:
    """Return, for each condition in which a sentence forbids or advises against a drug, how strongly it does."""
    text = sentence.text
    forbids, against = _FORBIDS.search(text), _ADVISES_AGAINST.search(text)
    listed = sentence.is_item and bool(
        _HEADING.search("".join(sentence.heading[-1:])) or _FORBIDS.search(sentence.lead)
    )
    if not (forbids or against or listed) or (forbids and against) or not speaks_for_itself(text):
        return []
    cue = forbids or against
    if cue is None:
        target = f"{' '.join(sentence.heading[-2:])} {sentence.lead}"
        fails = _NO_CONDITION.search(text)
    else:
        target = _target(text, cue)
        fails = _NOT_THE_DRUG.search(target) or (forbids and _WEAKENED.search(text[: forbids.end()][-40:]))
    if fails:
        return []
    value = frozenset({TO_BE_AVOIDED if against else CONTRAINDICATED})
    about = normalised(target)
    return [
        Stated(ConflictKind.STRENGTH, condition, condition, value, about, _severity(text), _figures(text))
        for condition in _conditions(text, cue)
    ]


def _target(text: str, cue: re.Match[str]) -> str:
    """Return where the drug must be named: what stands before a passive, what follows "avoid" or "considered for"."""
    after = text[cue.end() :]
    if re.match(r"avoid", cue.group(), re.IGNORECASE):
        return re.split(r"\b(?:in|with|if|when|during|for)\b|[,;:(]", after, maxsplit=1)[0]
    if re.match(r" for\b", after) and re.search(r"considered|offered", cue.group()):
        return re.split(r"[,;:(]", after, maxsplit=1)[0]
    if re.match(r" to\b", after):
        return after
    return re.split(r"[.;:] ", text[: cue.start()])[-1]


def clash(a: Stated, b: Stated, drug: frozenset[str]) -> bool:
    """Return whether one forbids what the other only advises against, in the same degree of the same condition."""
    if a.value == b.value:
        return False
    if a.numbers and b.numbers:
        return bool(a.numbers & b.numbers)
    return a.scope == b.scope


def _conditions(text: str, cue: re.Match[str] | None) -> list[str]:
    """Return the conditions spoken of: those after the cue up to the reason given, those before it where none follow."""
    after = text[cue.end() :] if cue else text
    reason = _REASON.search(after)
    after = after[: reason.start()] if reason else after
    for part in (after, text[: cue.start()] if cue else ""):
        found = [
            c.id for c in concepts_in(part, Topic.CONDITION, Topic.ORGAN, Topic.POPULATION) if c.id not in _TREATED
        ]
        if found:
            return list(dict.fromkeys(found))
    return []


def _severity(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _SEVERITY.findall(text))


def _figures(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(text))
