"""What a question asks about, from the words it uses: the aspects, ranked."""

import re
from collections.abc import Sequence

from qa.aspect import POPULATIONS, Aspect, Scored, rank
from qa.aspect_cues import CUES
from qa.drugs import DrugMention

HINT = 0.5
# Below this share of the best score an aspect is noise.
KEEP = 0.34
MOST = 4
# A drug and no more than this many other words, none of which asks anything, is a question for an overview.
FEW = 4
_WORD = re.compile(r"[^\W_]+")


def masked(text: str, mentions: Sequence[DrugMention]) -> str:
    """Return the text in lower case with every drug name replaced by "@"."""
    parts: list[str] = []
    end = 0
    for mention in mentions:
        parts += [text[end : mention.start], "@"]
        end = mention.end
    parts.append(text[end:])
    return "".join(parts).lower().replace("’", "'")


def aspects_of(text: str, mentions: Sequence[DrugMention]) -> tuple[Scored, ...]:
    """Return at most MOST aspects that the text asks about, best first; () where nothing tells.

    A drug named with next to nothing else is a question for an overview. A question about a
    population ("the dose in dialysis") keeps the population first: that is what narrows the answer.
    """
    plain = masked(text, mentions)
    scores = [Scored(cue.aspect, cue.weight) for cue in CUES if cue.pattern.search(plain)]
    ranked = rank(scores)
    if not ranked:
        return (Scored(Aspect.OVERVIEW, HINT),) if mentions and len(_WORD.findall(plain)) <= FEW else ()
    if ranked[0].aspect is Aspect.OVERVIEW and len(ranked) > 1 and ranked[1].score >= 1:
        ranked = (*ranked[1:], ranked[0])
    floor = KEEP * max(scored.score for scored in ranked)
    kept = [scored for scored in ranked if scored.score >= floor]
    narrow = [scored for scored in kept if scored.aspect in POPULATIONS and scored.score >= 1.5]
    return tuple([*narrow, *(scored for scored in kept if scored not in narrow)][:MOST])
