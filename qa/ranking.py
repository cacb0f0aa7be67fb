"""Which sentences of guidelines and research answer a question: likeness, terms, theme, and where they stand."""

# ruff: noqa: E501 (one pattern a line)

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Document, Role
from index.hit import Hit
from qa.asked import Asked
from qa.bearing import bearing
from qa.bodies import bodies_in
from qa.design import UNKNOWN, strength
from qa.evidence import Evidence
from qa.place import place_share
from qa.terms import coverage, normalised
from qa.themes import themes_of

_STUDY = r"(?:study|trial|analysis|review|cohort|extension|survey|report|article|paper|meta analysis|substudy)"
_TELLS_OF_METHOD = re.compile(
    "|".join(
        (
            rf"^ (?:this|it) (?:\w+ ){{0,9}}{_STUDY} ",
            r"^ (?:this|it) (?:is|was) (?:a|an|the) ",
            r"^ to (?:evaluate|examine|determine|assess|investigate|compare|describe|study|explore|identify|test|analy[sz]e) ",
            rf"^ \w+(?: \w+){{0,4}} (?:is|was) an? .{{0,60}}{_STUDY} ",
            rf" {_STUDY} (?:\w+ ){{0,9}}?(?:aims?|describes|summari[sz]es|asks|examines) ",
            rf" {_STUDY} (?:\w+ ){{0,9}}?(?:included|pooled|covered|tested|compared) ",
            r" (?:were|was|and|that|it|who) (?:randomi|enrolled|assigned|recruited|included)",
            r" (?:enrolled|recruited|randomi[sz]ed) ",
            r" was to (?:determine|assess|evaluate|investigate|compare)",
            r" we (?:aimed|sought|conducted|performed|searched|investigated|evaluated|assessed|examined|studied|reviewed)",
            r" (?:primary|secondary|coprimary|main) (?:end ?point|outcome)s? (?:was|were|is|are) ",
        )
    )
)
# A question, a row whose first cell is blank, a character that the source's font does not map, a flow chart in a line.
_UNQUOTABLE = re.compile(r"\?\s*$|^\s*\||\ufffd|(?:→|-->).*(?:→|-->)")


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign adds to a sentence's score; chosen on the development questions (docs/composer.md)."""

    likeness: float = 0.60
    terms: float = 0.25
    found: float = 0.20  # the passage's score in the search, from FOUND_USUALLY on
    bears: float = 0.20  # that score times how likely the sentence bears on the question, given that its passage does
    theme: float = 0.10
    place: float = 0.06
    design: float = 0.20
    own_report: float = 0.25  # of the design, where a trial is named: its own report before what others say of it
    named: float = 0.04
    indicated: float = 0.12  # the drug itself is recommended, indicated or approved, where that is asked
    recent: float = 0.0005


WEIGHTS = Weights()
# The score of a usual passage among those looked into: one that was found better gains, a worse one loses.
FOUND_USUALLY = 0.55
# The cosine from which a sentence that shares no word with the question may still answer it.
NEAR_ENOUGH = 0.75
# The words of so many passages are kept, a few hundred bytes each.
MOST_WORDS = 8192
_WORDS: dict[str, str] = {}
# What a cosine may be off by that was rounded, or added up in another order.
ROUNDED = 1e-4
# The share of the terms that a sentence must speak of where the question names no drug and no trial.
MOST_OF_IT = 0.66
# The cosine from which a sentence of the body asked for may answer without a word of the question.
OF_THE_BODY = 0.35
# What the terms count for that stand in the headings only.
HEADED = 0.5
# The cosine from which one that speaks of other themes than those asked for may, with half of the terms.
OFF_THEME = 0.6


def may_answer(hit: Hit, asked: Asked) -> bool:
    """Return False for a passage of which `rank` would return nothing, told from its words and its nearest sentence.

    It is told where the question names no drug, no trial and no body, and was searched in one form; of most passages
    no sentence need be read then.
    """
    if asked.names_source or len(asked.queries) > 1 or hit.parts["sentence"] >= NEAR_ENOUGH - ROUNDED:
        return True
    words = _WORDS.get(hit.passage.id)
    if words is None:
        if len(_WORDS) >= MOST_WORDS:
            _WORDS.clear()
        words = _WORDS[hit.passage.id] = _words_of(hit)
    return coverage(asked.terms, words) >= MOST_OF_IT


def _words_of(hit: Hit) -> str:
    """Return the words of a passage, and of each sentence that is read after what introduces it."""
    led = (
        f"{hit.section.text[slice(*one.lead)]} {hit.section.text[one.start : one.end]}"
        for one in hit.passage.sentences
        if one.lead
    )
    return "".join(map(normalised, (hit.passage.text, *led)))


def rank(evidence: Iterable[Evidence], asked: Asked) -> list[tuple[float, Evidence]]:
    """Return the sentences that may answer with their scores, best first, ties by row and place."""
    evidence = list(evidence)
    scores = [score_of(one, asked) for one in evidence]
    rows = {one.row for one, score in zip(evidence, scores, strict=True) if score is not None}
    near = [(score, one) for score, one in zip(scores, evidence, strict=True) if one.row in rows]
    bears = bearing(asked.understanding.standalone, [one for _, one in near])
    scored = [
        (score + WEIGHTS.bears * one.found * likely, one)
        for (score, one), likely in zip(near, bears, strict=True)
        if score is not None
    ]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].row, pair[1].number))


def score_of(one: Evidence, asked: Asked) -> float | None:
    """Return how well a sentence answers by itself, None where it does not speak of what is asked."""
    if one.sentence.role is Role.HEADER:
        return None
    spoken = one.spoken
    share = coverage(asked.terms, spoken)
    # First what tells of most sentences, and in the least time, that they do not answer. (Headings give a share of at
    # most HEADED, which by itself is not enough.)
    if not asked.names_source and share < MOST_OF_IT and one.similarity < NEAR_ENOUGH:
        return None
    named = asked.names_drug(spoken)
    if asked.drugs and not named and not asked.concerns(one.document, one.section):
        return None
    if not is_quotable(one.text):
        return None
    if asked.studies and not asked.names_study(one.text, one.document):
        return None
    # What a document or a section is about, its sentences need not say again.
    share = share or HEADED * coverage(asked.terms, _headings(one))
    on_theme = not asked.themes.isdisjoint(themes_of(spoken))
    if not _speaks_to(asked, one.document, on_theme, share, one.similarity):
        return None
    w = WEIGHTS
    place = place_share(one.section.title)
    if (tells_of_method(spoken) or place < 0) and not asked.is_about_method:
        return None
    year = one.document.year or 2000
    return (
        w.likeness * one.similarity
        + w.terms * share
        + w.found * (one.found - FOUND_USUALLY)
        + w.theme * on_theme
        + w.place * place
        + (w.own_report if asked.studies else w.design)
        * (strength(one.document.design, one.document.publication_types) - UNKNOWN)
        + w.named * named
        + w.indicated * (asked.is_indication and asked.recommends_drug(spoken))
        + w.recent * (year - 2000)
    )


@lru_cache(maxsize=100_000)
def is_quotable(text: str) -> bool:
    """Return whether a sentence reads as one: no question, no torn row, no flow chart in a line."""
    return _UNQUOTABLE.search(text) is None


@lru_cache(maxsize=100_000)
def tells_of_method(spoken: str) -> bool:
    """Return whether a normalised sentence says how a study was done rather than what it found."""
    return _TELLS_OF_METHOD.search(spoken) is not None


def _headings(one: Evidence) -> str:
    """Return the title of its document and the headings over it as terms are matched in them."""
    return normalised(f"{one.document.title} {' '.join(one.section.heading)}")


def _speaks_to(asked: Asked, document: Document, on_theme: bool, share: float, similarity: float) -> bool:
    """Return whether a sentence speaks to the aspect and the terms asked for, or is all but the question itself."""
    # A figure or a time alone ("at 24 months") is no subject that a sentence must speak of.
    has_subject = any(term.weight >= 1 for term in asked.terms)
    if asked.bodies and asked.bodies & bodies_in(f"{document.body} {document.title}"):
        # The word of a body that is asked for counts whatever verb asks for it; a condition must be spoken of.
        has_condition = any(term.weight > 1 for term in asked.terms)
        return share > 0 or not has_subject or (similarity >= OF_THE_BODY and not has_condition)
    if not asked.drugs and not asked.studies:
        return share >= MOST_OF_IT or similarity >= NEAR_ENOUGH
    if share == 0 and has_subject:
        return similarity >= NEAR_ENOUGH and on_theme
    if asked.themes and not on_theme:
        return has_subject and share >= 0.5 and similarity >= OFF_THEME
    return True
