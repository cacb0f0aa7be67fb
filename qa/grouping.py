"""From ranked sentences to points: what says the same is one point with several citations, nothing is said twice."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.snapshot import Snapshot
from qa.evidence import Evidence, point_of, span_of
from qa.points import Point
from qa.statements import Statement, cosine, repeats, statement, supports

MOST_ALSO = 4


@dataclass(slots=True)
class Chosen:
    """A sentence chosen as a point, and those found to say the same."""

    score: float
    evidence: Evidence
    said: Statement
    also: list[Evidence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many points at most, how many of them from one document, and the score below which none is taken."""

    most: int
    per_document: int
    floor: float


def choose(ranked: Iterable[tuple[float, Evidence]], limits: Limits) -> list[Chosen]:
    """Return at most `limits.most` points, best first; `ranked` is best first.

    A sentence that supports a point already chosen is cited with it, when it stands in another
    document; one that only repeats a point is left out.
    """
    chosen: list[Chosen] = []
    by_document: Counter[str] = Counter()
    for score, evidence in ranked:
        if score < limits.floor:
            break
        said = statement(evidence.text)
        if _absorbed(chosen, evidence, said):
            continue
        if len(chosen) < limits.most and by_document[evidence.document.key] < limits.per_document:
            chosen.append(Chosen(score, evidence, said))
            by_document[evidence.document.key] += 1
    return chosen


def spread(ranked: Sequence[tuple[float, Evidence]], by: float) -> list[tuple[float, Evidence]]:
    """Return the sentences with `by` less for each better one of the same document, best first.

    So each source has its say before one of them has its third.
    """
    before: Counter[str] = Counter()
    lowered = []
    for score, one in sorted(ranked, key=lambda pair: (-pair[0], pair[1].row, pair[1].number)):
        lowered.append((score - by * before[one.document.key], one))
        before[one.document.key] += 1
    return sorted(lowered, key=lambda pair: (-pair[0], pair[1].row, pair[1].number))


def _absorbed(chosen: list[Chosen], evidence: Evidence, said: Statement) -> bool:
    """Return whether a point already chosen says this; cite the sentence with it where it supports it."""
    for one in chosen:
        alike = cosine(one.evidence.vector, evidence.vector)
        same_document = one.evidence.document.key == evidence.document.key
        if not same_document and supports(one.said, said, alike):
            if len(one.also) < MOST_ALSO:
                one.also.append(evidence)
            return True
        if not same_document and _says_it_plainer(one, said, alike):
            one.also.insert(0, one.evidence)
            one.evidence, one.said = evidence, said
            return True
        if evidence.text == one.evidence.text or repeats(one.said, said, alike):
            return True
    return False


def _says_it_plainer(one: Chosen, said: Statement, alike: float) -> bool:
    """Return whether a point chosen, and all cited with it, support a sentence with one number less: it is shown then.

    "By 48% in 4 trials" supports "by 48%", not the other way round. Where more figures would be lost, both are points.
    """
    if len(one.also) >= MOST_ALSO or len(one.said.numbers - said.numbers) > 1:
        return False
    others = [(statement(other.text), cosine(other.vector, one.evidence.vector)) for other in one.also]
    return supports(said, one.said, alike) and all(supports(said, other, near) for other, near in others)


def under_one_lead(chosen: Iterable[Chosen]) -> list[list[Chosen]]:
    """Return the chosen sentences in order, those together that one lead introduces, and the lead with them."""
    groups: dict[tuple[str, str, tuple[int, int]], list[Chosen]] = {}
    for one in chosen:
        sentence = one.evidence.sentence
        place = sentence.lead or (sentence.start, sentence.end)
        groups.setdefault((one.evidence.document.id, one.evidence.section.id, place), []).append(one)
    return list(groups.values())


def as_point(snapshot: Snapshot, chosen: Chosen, *others: Chosen, context: str = "") -> Point:
    """Return the chosen sentence, and others under its lead, as a point that reads on its own, with its citations."""
    members = (chosen, *others)
    point = point_of(snapshot, *(one.evidence for one in members))
    also = tuple(span_of(evidence) for one in members for evidence in one.also)
    return Point(point.quoted, also, context, max(one.score for one in members))


def without_parts(points: Sequence[Point]) -> list[Point]:
    """Return the points less those whose words all stand in another, which was lengthened to be read alone."""
    kept: list[Point] = []
    for number, one in enumerate(points):
        others = (*kept, *points[number + 1 :])
        if one.also or not any(_holds(other, one) for other in others):
            kept.append(one)
    return kept


def _holds(whole: Point, part: Point) -> bool:
    """Return whether every span of one point lies in a span of the other."""
    return all(
        any(
            (one.document.id, one.section.id) == (own.document.id, own.section.id)
            and one.start <= own.start
            and own.end <= one.end
            for one in whole.quoted
        )
        for own in part.quoted
    )
