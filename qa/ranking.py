"""Which sentences of guidelines and research answer a question: likeness, terms, topic, and where they stand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.document import Role
from qa.asked import Asked
from qa.design import strength
from qa.evidence import Evidence
from qa.terms import coverage
from qa.themes import themes_of

_CONCLUDES = re.compile(
    r"conclu|interpretation|implication|summary|recommend|key (?:point|message)|limits", re.IGNORECASE
)
_FINDS = re.compile(r"result|finding|outcome|efficacy|safety|fracture|adverse|density|cardiovascular", re.IGNORECASE)
_SETS_UP = re.compile(
    r"background|introduction|objective|aim|purpose|method|design|setting|participants|population|materials|context|"
    r"funding|registration|hypothes",
    re.IGNORECASE,
)
_TELLS_OF_METHOD = re.compile(
    r" (?:were (?:randomi|enrolled|assigned|recruited|included in)|was (?:to determine|to assess|to evaluate|to investigate)|"
    r"we (?:aimed|sought|conducted|performed|searched|investigated|evaluated|assessed|examined|studied|reviewed)|"
    r"this (?:study|review|article|paper|trial|report) (?:aim|review|describe|summar|evaluate|assess|examine|investigat)|"
    r"(?:primary|secondary|coprimary|main) (?:end ?point|outcome)s? (?:was|were|is|are))"
)
_ASKS = re.compile(r"\?\s*$")


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign adds to a sentence's score; chosen on the development questions (docs/composer.md)."""

    likeness: float = 0.60
    terms: float = 0.25
    topic: float = 0.10
    place: float = 0.06
    design: float = 0.05
    named: float = 0.04
    recent: float = 0.0005
    method: float = 0.15


WEIGHTS = Weights()


def rank(evidence: Iterable[Evidence], asked: Asked) -> list[tuple[float, Evidence]]:
    """Return the sentences that may answer with their scores, best first, ties by row and place."""
    scored = []
    for one in evidence:
        score = score_of(one, asked)
        if score is not None:
            scored.append((score, one))
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].row, pair[1].number))


def score_of(one: Evidence, asked: Asked) -> float | None:
    """Return how well a sentence answers, None where it does not speak of what is asked."""
    spoken = one.spoken
    if one.sentence.role is Role.HEADER or _ASKS.search(one.text):
        return None
    named = asked.names_drug(spoken)
    if asked.drugs and not named and not asked.concerns(one.document, one.section):
        return None
    share = coverage(asked.terms, spoken)
    themes = themes_of(spoken)
    on_topic = bool(asked.themes.intersection(themes))
    if not _speaks_to(asked, on_topic, share, one.similarity):
        return None
    w = WEIGHTS
    method = 1.0 if _TELLS_OF_METHOD.search(spoken) else 0.0
    year = one.document.year or 2000
    return (
        w.likeness * one.similarity
        + w.terms * share
        + w.topic * on_topic
        + w.place * place_share(one)
        + w.design * strength(one.document.design, one.document.publication_types)
        + w.named * named
        + w.recent * (year - 2000)
        - w.method * method
    )


def _speaks_to(asked: Asked, on_topic: bool, share: float, similarity: float) -> bool:
    """Return whether a sentence speaks to the aspect and the terms asked for, or is all but the question itself."""
    if asked.terms and share == 0:
        return similarity >= 0.6 and on_topic
    if asked.themes and not on_topic:
        return share >= 0.5 and similarity >= 0.35
    return True


def place_share(one: Evidence) -> float:
    """Return 1 where a sentence concludes, 0.7 where it reports, below 0 where it sets the scene."""
    heading = one.section.title
    if _CONCLUDES.search(heading):
        return 1.0
    if _SETS_UP.search(heading):
        return -1.0
    if _FINDS.search(heading):
        return 0.7
    return 0.3
