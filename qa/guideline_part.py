"""From the Guidelines: the lead, Key Points, and Considerations."""

# ruff: noqa: E501 (one pattern a line)

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from corpus.document import Document, SourceKind
from index.search import Searcher
from qa.age_range import age_of, is_of_another_age
from qa.asked import PASSAGES, Asked
from qa.bodies import bodies_in, spelt_out
from qa.evidence import sentences_of_hits
from qa.grouping import Chosen, Limits, as_point, choose, spread, under_one_lead, without_parts
from qa.points import Point
from qa.ranking import may_answer, rank
from qa.terms import coverage

LIMITS = Limits(most=8, per_document=4, floor=0.40)
# Where one body is asked for, its word may fill the part.
WIDE = Limits(most=8, per_document=8, floor=0.30)
# What a sentence adds that speaks of what was said of the patient before.
OF_PATIENT = 0.15
# What one loses that is said of people of another age than the patient's.
OF_ANOTHER_AGE = 0.15
# How many passages are looked through for those of a body asked for.
WIDELY = 100
# What each further point of one document is put back by, so that each is heard.
SPREAD = 0.03
KEY_POINTS = "Key Points"
CONSIDERATIONS = "Considerations"
# What a recommendation adds to the score of a sentence (where harm is asked about, a caution): it is what a
# guideline is asked for.
WANTED = 0.08
_RECOMMENDS = re.compile(
    r"\b(?:recommend(?:s|ed)?|suggests?|advises?|should (?:be|receive|have|take|undergo)|first[- ]line|offer(?:ed)?|"
    r"is (?:an option|indicated|preferred))\b",
    re.IGNORECASE,
)
_CAUTIONS = re.compile(
    r"\b(?:not (?:recommend|consider|be|use|offer)\w*|did not|against|avoid\w*|contraindicat\w*|caution\w*|uncertain\w*|"
    r"insufficient|limitations?|adverse|monitor\w*|however|harms?|narrower|requires? further|stop(?:s|ped|ping)?|rare|"
    r"discontinu\w*|imbalance|risk of (?:harm|cardiovascular|stroke|bleeding|infection|osteonecrosis))\b",
    re.IGNORECASE,
)


def guideline_points(asked: Asked, searcher: Searcher) -> list[tuple[str, list[Point]]]:
    """Return (heading, points): the lead under "", then Key Points and Considerations; nothing where none answers.

    The lead is the best point that recommends, or cautions where harm is asked about; recommendations and
    findings are Key Points, what cautions, limits or advises against goes to Considerations.
    """
    hits, vectors = asked.hits(searcher, SourceKind.GUIDELINE, PASSAGES), asked.vectors
    if asked.bodies:
        # Their documents seldom say the abbreviation that a body is asked for by.
        query = searcher.prepare(spelt_out(asked.understanding.core))
        more = searcher.search(query, kind=SourceKind.GUIDELINE, k=WIDELY)
        hits = list({hit.row: hit for hit in (*hits, *filter(lambda hit: _is_of(hit.document, asked), more))}.values())
        vectors = [*vectors, query.vector]
    evidence = sentences_of_hits(searcher.snapshot, [hit for hit in hits if may_answer(hit, asked)], vectors)
    wanted, age = cautions if asked.is_harm else recommends, age_of(asked.understanding.constraints)
    ranked = [
        (
            score
            + WANTED * wanted(one.text)
            + OF_PATIENT * coverage(asked.patient, one.spoken)
            - OF_ANOTHER_AGE * is_of_another_age(one.text, age),
            one,
        )
        for score, one in rank(evidence, asked)
    ]
    own = [(score, one) for score, one in ranked if _is_of(one.document, asked)]
    if asked.is_comparison and not asked.terms:
        both = [(score, one) for score, one in ranked if asked.sets_side_by_side(one.spoken)]
        ranked = both or ranked
    chosen = choose(spread(own or ranked, SPREAD), WIDE if own else LIMITS)
    if not chosen:
        return []
    groups = under_one_lead(chosen)
    lead = lead_of(groups, age, harm=asked.is_harm)
    rest = [group for group in groups if group is not lead]
    blocks = [
        ("", [lead]),
        (KEY_POINTS, [group for group in rest if not any(cautions(one.evidence.text) for one in group)]),
        (CONSIDERATIONS, [group for group in rest if any(cautions(one.evidence.text) for one in group)]),
    ]
    return [
        (heading, without_parts([as_point(searcher.snapshot, *group, context=_context(group[0])) for group in members]))
        for heading, members in blocks
        if members
    ]


def heard(asked: Asked, points: Iterable[tuple[str, list[Point]]]) -> frozenset[str]:
    """Return those of the bodies asked for whose word is among the points."""
    cited = [span.document for _, own in points for point in own for span in point.quoted]
    return asked.bodies & {body for document in cited for body in bodies_in(f"{document.body} {document.title}")}


def unheard(asked: Asked, blocks: Mapping[SourceKind, list[tuple[str, list[Point]]]]) -> str:
    """Return a sentence that names the bodies whose word was asked for and is not among the points, "" for none."""
    missing = ", ".join(sorted(asked.bodies - heard(asked, blocks[SourceKind.GUIDELINE])))
    return f"Nothing that follows is by {missing}." if missing else ""


def _is_of(document: Document, asked: Asked) -> bool:
    """Return whether a document is by one of the bodies whose word is asked for."""
    return bool(asked.bodies and asked.bodies & bodies_in(f"{document.body} {document.title}"))


@lru_cache(maxsize=100_000)
def recommends(text: str) -> bool:
    """Return whether a sentence states a recommendation."""
    return _RECOMMENDS.search(text) is not None


@lru_cache(maxsize=100_000)
def cautions(text: str) -> bool:
    """Return whether a sentence limits, warns or advises against."""
    return _CAUTIONS.search(text) is not None


def lead_of(groups: Sequence[list[Chosen]], age: float | None, *, harm: bool) -> list[Chosen]:
    """Return what stands first: the best that recommends, or where harm is asked about cautions, for the patient's age.

    To somebody of a stated age a recommendation against something is as much an answer as one for it.
    """
    fitting = [group for group in groups if not any(is_of_another_age(one.evidence.text, age) for one in group)]

    def leads(text: str) -> bool:
        return cautions(text) if harm else recommends(text) and (age is not None or not cautions(text))

    leading = [group for group in fitting if any(leads(one.evidence.text) for one in group)]
    return (leading or fitting or list(groups))[0]


def _context(one: Chosen) -> str:
    """Return whose recommendation it is: the body and the year, as the source states them."""
    document = one.evidence.document
    body = document.body or document.title
    return body if document.year is None or str(document.year) in body else f"{body} {document.year}"
