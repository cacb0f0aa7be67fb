"""A matter in which sources disagree: its sides, those of one matter joined, and each matter once."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import SourceKind
from qa.answer import ConflictKind
from qa.conflict_readings import Said
from qa.points import Point, Span


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A matter in which sources disagree, before it is cited: what each side says, and who else says the same."""

    kind: ConflictKind
    subject: str
    sides: tuple[Point, ...]


def disagreement_of(pairs: Sequence[tuple[Said, Said]], drug: str) -> Disagreement:
    """Return the sides of what clashes: those that state the same are one, each document once in it."""
    sides: dict[frozenset[str], dict[str, Span]] = {}
    for one in (one for pair in pairs for one in pair):
        sides.setdefault(one.stated.value, {}).setdefault(one.span.document.key, one.span)
    first = pairs[0][0].stated
    # The label's words before a review's of the same figures.
    ordered = [
        sorted(own.values(), key=lambda span: span.document.kind is not SourceKind.LABEL) for own in sides.values()
    ]
    points = tuple(Point(tuple(spans[:1]), tuple(spans[1:])) for spans in ordered)
    return Disagreement(first.kind, ": ".join(filter(None, (drug, first.subject))), points)


def join(found: Sequence[Disagreement]) -> list[Disagreement]:
    """Return the disagreements, those joined to one whose sides stand in the same documents and share a sentence."""
    joined: list[Disagreement] = []
    for one in found:
        at = next((n for n, other in enumerate(joined) if _are_one(one, other)), None)
        if at is None:
            joined.append(one)
            continue
        other = joined[at]
        subject = f"{other.subject}, {one.subject.split(': ', 1)[-1]}"
        joined[at] = Disagreement(one.kind, subject, tuple(map(_together, other.sides, one.sides)))
    return joined


def each_once(found: Sequence[Disagreement]) -> list[Disagreement]:
    """Return each disagreement once: of two drugs asked about, both may lead to one."""
    by_sides = {tuple(point.quoted[0].place for point in one.sides): one for one in reversed(found)}
    return list(reversed(by_sides.values()))


def _are_one(a: Disagreement, b: Disagreement) -> bool:
    """Return whether two disagreements are of one kind, between the same sections, and share a sentence."""
    if a.kind is not b.kind or len(a.sides) != len(b.sides):
        return False
    pairs = [(x.quoted[0], y.quoted[0]) for x, y in zip(a.sides, b.sides, strict=True)]
    return all(x.section.id == y.section.id for x, y in pairs) and any(x.place == y.place for x, y in pairs)


def _together(a: Point, b: Point) -> Point:
    """Return one side made of two: every sentence once, in the order of the page."""
    quoted = {span.place: span for span in (*a.quoted, *b.quoted)}
    also = {span.place: span for span in (*a.also, *b.also)}
    return Point(tuple(sorted(quoted.values(), key=lambda span: span.start)), tuple(also.values()))
