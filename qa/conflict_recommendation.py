"""Recommendations that disagree: one body's first line is another's second, one recommends what another advises against."""

# ruff: noqa: E501 (one pattern a line)

import re

from corpus.document import SourceKind
from qa.answer import ConflictKind
from qa.conflict_statement import Sentence, Stated, concepts_in, speaks_for_itself
from qa.synonyms import Topic
from qa.terms import normalised

_FIRST = re.compile(
    r"\bfirst[- ](?:line|choice)\b|\bas the first drug\b|\b(?:initial|first) (?:treatment|therapy|drug) with\b",
    re.IGNORECASE,
)
_SECOND = re.compile(r"\bsecond[- ](?:line|choice)\b|\bas (?:an )?alternatives? to\b|\bthird[- ]line\b", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:does|do|did) not (?:recommend|advise|suggest|support)|\b(?:recommend|advise|suggest)\w* against\b|"
    r"\b(?:is|are) not (?:recommended|advised)\b|\bshould not be (?:offered|used|given|prescribed)\b",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:recommends?|suggests?|advises?)\b(?! (?:against|considering stopping|stopping|avoiding|not))|"
    r"\b(?:is|are) (?:strongly |conditionally )?(?:recommended|suggested|preferred)\b|\bshould be (?:offered|used|given)\b",
    re.IGNORECASE,
)
# A recommendation under a condition is neither for nor against without it.
_LIMITED = re.compile(
    r"\b(?:only|unless|except|instead of|rather than|whether|individual|narrower|not read)\b", re.IGNORECASE
)
_TIER = re.compile(
    r"\b(very[- ]high|high|moderate|intermediate|low)(?:[- ]risk|\b(?=[^.;,]{0,30}\brisk))", re.IGNORECASE
)
_STOP = re.compile(r"\b(?:after|when|if|stop\w*|followed by|duration|holiday|monitor\w*|dose|doses)\b", re.IGNORECASE)
_CUT = re.compile(r"\b(?:for|in|as|to|because|over|after|followed|if|when|who)\b|[,;:(.]", re.IGNORECASE)
_NO_CONDITION = frozenset({"menopause"})
_PEOPLE = frozenset({"men", "children", "pregnancy", "kidney disease", "dialysis", "liver disease", "elderly"})
FIRST, SECOND, FOR, AGAINST = "first line", "second line", "for", "against"
_OPPOSITES = ({FIRST, SECOND}, {FOR, AGAINST}, {FIRST, AGAINST})


def read(sentence: Sentence) -> list[Stated]:
    """Return what a sentence of a guideline recommends: how it places the drugs that it recommends or advises against."""
    text = sentence.text
    if sentence.kind is not SourceKind.GUIDELINE or sentence.is_item or not speaks_for_itself(text):
        return []
    stance, where = _stance(text)
    if not stance or (stance in (FOR, AGAINST) and (_LIMITED.search(text) or _STOP.search(text))):
        return []
    target = _object(text, stance, where)
    # A line of treatment is placed in what the guideline is on; for and against must name what for.
    said = f"{sentence.title}. {text}" if stance in (FIRST, SECOND) else text
    conditions = {c.id for c in concepts_in(said, Topic.CONDITION)} - _NO_CONDITION
    scope = frozenset(c.id for c in concepts_in(text) if c.id in _PEOPLE) | _steroids(f"{sentence.title} {text}")
    tiers = frozenset(tier.lower().replace("-", " ") for tier in _TIER.findall(text))
    return [
        Stated(
            ConflictKind.RECOMMENDATION,
            condition,
            f"recommendation in {condition}",
            frozenset({stance}),
            normalised(target),
            scope,
            tiers,
        )
        for condition in sorted(conditions)
    ]


def clash(a: Stated, b: Stated, drug: frozenset[str]) -> bool:
    """Return whether two bodies place a drug in opposite ways for the same people at the same risk.

    Where one of them names no risk, they are compared only in their line of treatment.
    """
    stances = a.value | b.value
    if stances not in _OPPOSITES or a.scope != b.scope:
        return False
    return (
        a.numbers == b.numbers
        if stances == {FOR, AGAINST}
        else not (a.numbers and b.numbers) or bool(a.numbers & b.numbers)
    )


def _stance(text: str) -> tuple[str, int]:
    """Return the stance of a sentence and where the words for it end; "" where it takes none, or two."""
    found = [
        (name, m) for name, cue in ((AGAINST, _AGAINST), (FIRST, _FIRST), (SECOND, _SECOND)) if (m := cue.search(text))
    ]
    if len(found) == 2 and found[0][0] == AGAINST:
        return AGAINST, found[0][1].end()
    if len(found) == 1:
        return found[0][0], found[0][1].end()
    match = None if found else _FOR.search(text)
    return (FOR, match.end()) if match else ("", 0)


def _object(text: str, stance: str, end: int) -> str:
    """Return the words that hold what is recommended: those after the verb up to the purpose or the people."""
    if stance in (FIRST, SECOND):
        place = (_FIRST if stance == FIRST else _SECOND).search(text)
        assert place is not None
        if place.group().lower().endswith("with"):
            return _CUT.split(text[place.end() :], maxsplit=1)[0]
        return re.split(r"[;:(.] ", text[: place.start()])[-1]
    if re.search(r"\b(?:is|are|be) ", text[max(0, end - 30) : end]):
        return re.split(r"[;:(.] ", text[:end])[-1]
    return _CUT.split(text[end:], maxsplit=1)[0]


def _steroids(text: str) -> frozenset[str]:
    return frozenset({"glucocorticoids"} if re.search(r"glucocorticoid|steroid", text, re.IGNORECASE) else ())
