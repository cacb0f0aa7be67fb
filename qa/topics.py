"""What a turn of talk is about where it names no drug: the phrase that "it" in the next turn stands for."""

# ruff: noqa: E501 (one pattern a line)

import re
from collections.abc import Sequence

from qa.synonyms import Concept, Topic

_ARTICLE = r"(?:the |an? |some |your |my )?"
_FRAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:tell me|know|learn|talk|read|hear) (?:more )?about {_ARTICLE}(?:history |origins? |creation )?(?:of )?(?P<topic>.+)",
        rf"^\W*(?:what|who)(?:'s| is| are| was| were) {_ARTICLE}(?:\w+ ){{0,3}}?(?:types?|symptoms?|causes?|origins?|purpose|history|origin|signs?|role|effects?|benefits?|differences?|kinds?|examples?) (?:of|for|in) {_ARTICLE}(?P<topic>.+)",
        rf"^\W*(?:what|who)(?:'s| is| are| was| were) {_ARTICLE}(?P<topic>.+)",
        rf"^\W*what (?:causes|caused|happened in|happened to|makes) {_ARTICLE}(?P<topic>.+)",
        rf"^\W*(?:describe|explain|define|list|compare) {_ARTICLE}(?P<topic>.+)",
        rf"^\W*how (?:does|do|did|is|are|was|were|can|has|have) {_ARTICLE}(?P<topic>.+?) (?:work|works|made|treated|diagnosed|cured|affect|affects|impact|begin|change|changed|influence|form|spread|start|get|prevented|managed|transmitted|processed|recycled|done|used|live|grow|develop)\b",
        rf"^\W*(?:is|are|was|were|do|does|did|can|will|should) {_ARTICLE}(?P<topic>.+?) (?:treatable|curable|contagious|endangered|dangerous|safe|real|help|cause|causes|hereditary|common|rare|necessary|effective|good|bad|related|caused|normal|legal|mandatory)\b",
        rf"^\W*(?:when|where|why) (?:does|do|did|is|are|was|were) {_ARTICLE}(?P<topic>.+?) (?:start|begin|originate|end|happen|occur|come|so|the|a|an|in|used|important|popular)\b",
    )
)
_TAIL = re.compile(r"\s*(?:\b(?:and (?:what|how|why|when|who|where)|, |if|when|that|which|who|in (?:the )?(?:us|usa|world|general)|for me|versus|called)\b.*|[?.!,;]+.*)$", re.IGNORECASE)  # fmt: skip
_EMPTY = re.compile(
    r"\b(?:it|its|they|them|their|this|that|these|those|he|she|him|her|his|you|i|we)\b"
    r"|^(?:one|there|main|other|best|some|most|more|first|ways?|key|important|interesting|good|common|different|possible|of|in)\b",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"(?:\s+(?:of|to|for|like|be|used|from|with|in|about|by|at|on|as|so|a|an|the))+\W*$", re.IGNORECASE)
MOST_WORDS = 7


def topic_of(text: str, concepts: Sequence[Concept]) -> str:
    """Return the phrase that a question without a drug is about, as it stands there; "" where none is clear.

    "The main themes" and "other factors" are of something named before, and no topic of their own.
    """
    for frame in _FRAMES:
        m = frame.search(text)
        if m is None:
            continue
        phrase = _LOOSE.sub("", _TAIL.sub("", m["topic"])).strip(" ?.!,\"'")
        article = text[: m.start("topic")].lower().endswith("the ")
        definite = article and phrase == phrase.lower() and " of " not in phrase
        if article and not definite:
            phrase = f"the {phrase}"
        if phrase and not definite and not _EMPTY.search(phrase) and len(phrase.split()) <= MOST_WORDS:
            return phrase
    conditions = [concept.surface for concept in concepts if concept.topic in (Topic.CONDITION, Topic.ORGAN)]
    return conditions[0] if conditions else ""
