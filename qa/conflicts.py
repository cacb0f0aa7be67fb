"""Where sources disagree: pairs of sentences of different documents that cannot both be taken at their word.

docs/conflicts.md says what is compared, what is not, and how often each kind was right.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from corpus.document import Document, Integrity, Role, Section, SourceKind
from corpus.passage import Passage
from index.hit import Hit
from index.search import Searcher
from qa import conflict_finding, conflict_grade, conflict_numbers, conflict_recommendation, conflict_strength
from qa.answer import Conflict, ConflictKind, ConflictSide
from qa.asked import PASSAGES, Asked, AskedDrug
from qa.cite import Citations
from qa.conflict_statement import Clash, Reader, Sentence, Stated, classes_of
from qa.drug_base import base
from qa.label_part import MOST_LABELS, labels_of
from qa.points import Point, Span
from qa.terms import coverage, normalised
from qa.themes import themes_of

KINDS: dict[ConflictKind, tuple[Reader, Clash]] = {
    ConflictKind.NUMBERS: (conflict_numbers.read, conflict_numbers.clash),
    ConflictKind.STRENGTH: (conflict_strength.read, conflict_strength.clash),
    ConflictKind.RECOMMENDATION: (conflict_recommendation.read, conflict_recommendation.clash),
    ConflictKind.FINDING: (conflict_finding.read, conflict_finding.clash),
    ConflictKind.GRADE: (conflict_grade.read, conflict_grade.clash),
}
# Kinds that were right at least four times of five when measured (docs/conflicts.md); the others are not shown.
SHOWN = tuple(ConflictKind)
MOST = 4
# The share of the terms asked about that a side must speak of where the answer does not show it.
ENOUGH = 0.5
_CURRENT = frozenset({Integrity.CURRENT, Integrity.CORRECTED})
# A class says nothing of the place of one of its members in treatment, nor of the evidence for it.
_BY_NAME_ALONE = frozenset({ConflictKind.RECOMMENDATION, ConflictKind.GRADE})


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A matter in which sources disagree, before it is cited: what each side says, and who else says the same."""

    kind: ConflictKind
    subject: str
    sides: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement at its place."""

    stated: Stated
    span: Span


class Readings:
    """What passages state, read once each. Threads may share it: at worst two of them read the same passage."""

    def __init__(self, most: int = 50_000) -> None:
        self._most = most
        self._read: dict[tuple[str, str], tuple[_Said, ...]] = {}

    def of(self, document: Document, section: Section, passage: Passage) -> tuple[_Said, ...]:
        """Return what a passage states, in order."""
        key = document.id, passage.id
        found = self._read.get(key)
        if found is None:
            if len(self._read) >= self._most:
                self._read.clear()
            found = self._read[key] = tuple(_statements(document, section, passage))
        return found


_READINGS = Readings()


def conflicts_of(asked: Asked, searcher: Searcher, shown: Iterable[Span], citations: Citations) -> tuple[Conflict, ...]:
    """Return where sources disagree in what was asked, both sides cited in `citations`; the answer shows `shown`."""
    return tuple(
        Conflict(one.kind, one.subject, tuple(_side(point, citations) for point in one.sides))
        for one in disagreements(asked, searcher, shown)
    )


def disagreements(asked: Asked, searcher: Searcher, shown: Iterable[Span]) -> list[Disagreement]:
    """Return at most MOST matters asked about in which sources disagree.

    Compared is what is current of the passages found for the question, and of the labels of its drugs. A matter is
    returned where the answer shows one of its sides, or one of them speaks of what was asked.
    """
    if not (asked.drugs or asked.studies):
        return []
    said = list(_candidates(asked, searcher))
    places: dict[tuple[str, str], list[Span]] = {}
    for span in shown:
        places.setdefault((span.document.id, span.section.id), []).append(span)
    found: list[Disagreement] = []
    for drug in asked.drugs or ((None,) if asked.studies else ()):
        found += _among(said, drug, asked, places)
    return _once(found)[:MOST]


def _side(point: Point, citations: Citations) -> ConflictSide:
    claim = citations.claim(point)
    document, section = point.quoted[0].document, point.quoted[0].section
    first = citations.all()[claim.quoted[0] - 1]
    where = " ".join(filter(None, (section.number, " › ".join(section.heading[-2:]))))
    return ConflictSide(claim, document.body or document.title, first.date, where)


def _candidates(asked: Asked, searcher: Searcher) -> Iterator[_Said]:
    """Yield what is stated by the passages found in guidelines and research, and by the labels of the drugs.

    Where a trial is named and no drug, the labels' passages found for the question stand for the labels.
    """
    snapshot = searcher.snapshot
    names = _names(asked)
    kinds = [SourceKind.GUIDELINE, SourceKind.RESEARCH]
    for kind in [*kinds, SourceKind.LABEL] if asked.studies and not asked.label_drugs else kinds:
        for hit in asked.hits(searcher, kind, PASSAGES):
            if _names_any(names, hit):
                yield from _READINGS.of(hit.document, hit.section, hit.passage)
    for drug in asked.label_drugs[:MOST_LABELS]:
        for index in labels_of(searcher, drug)[:1]:
            document = snapshot.document_at(index)
            for row in snapshot.rows(index).tolist():
                yield from _READINGS.of(document, snapshot.section_of(row), snapshot.passage(row))


def _names(asked: Asked) -> tuple[str, ...]:
    """Return what a passage must name one of to be read, in lower case: the drugs, their classes, the trials."""
    drugs = {name for drug in asked.drugs for name in drug.names}
    groups = {name for drug in drugs for name in classes_of(drug)}
    # A hyphen or a space may stand between the words of a class: its longest word is looked for.
    return tuple(
        {*drugs, *(max(name.split(), key=len) for name in groups), *(s.strip().lower() for s in asked.studies)}
    )


def _names_any(names: tuple[str, ...], hit: Hit) -> bool:
    """Return whether a passage, its headings or its title name one of them."""
    text = f"{hit.document.title} {' '.join(hit.section.heading)} {hit.passage.text}".lower()
    return any(name in text for name in names)


def _among(
    said: Sequence[_Said], drug: AskedDrug | None, asked: Asked, places: dict[tuple[str, str], list[Span]]
) -> list[Disagreement]:
    """Return what disagrees about one drug, or about the trials asked about where no drug is."""
    names = frozenset(map(base, drug.names)) if drug else frozenset()
    variants = drug.variants if drug else ()
    groups = tuple(f" {' '.join(name.split())} " for key in names for name in classes_of(key))
    by_topic: dict[tuple[ConflictKind, Hashable], list[_Said]] = {}
    for one in said:
        stated = one.stated
        if asked.studies and not _is_of_study(stated, asked):
            continue
        by_name = any(variant in stated.target for variant in variants)
        by_class = stated.kind not in _BY_NAME_ALONE and any(group in stated.target for group in groups)
        if drug is None or by_name or by_class:
            by_topic.setdefault((stated.kind, stated.topic), []).append(one)
    found = []
    for (kind, _), members in by_topic.items():
        if len(members) < 2:
            continue
        clash = KINDS[kind][1]
        pairs = [(a, b) for a, b in combinations(members, 2) if _may_clash(a, b) and clash(a.stated, b.stated, names)]
        if pairs and any(_is_asked(one, asked, places) for pair in pairs for one in pair):
            found.append(_disagreement(pairs, drug))
    return _joined(found)


def _is_of_study(stated: Stated, asked: Asked) -> bool:
    """Return whether figures are those of a trial asked about."""
    if stated.kind is not ConflictKind.NUMBERS or not isinstance(stated.topic, tuple):
        return False
    return normalised(str(stated.topic[0])) in map(normalised, asked.studies)


def _may_clash(a: _Said, b: _Said) -> bool:
    """Return whether two places may disagree: two documents, but not two labels, which are editions of one text."""
    first, second = a.span.document, b.span.document
    return first.key != second.key and not (first.kind is SourceKind.LABEL and second.kind is SourceKind.LABEL)


def _is_asked(one: _Said, asked: Asked, places: dict[tuple[str, str], list[Span]]) -> bool:
    """Return whether the answer shows a sentence, or it speaks of the terms and on the theme asked for."""
    span = one.span
    if any(s.start <= span.start and span.end <= s.end for s in places.get((span.document.id, span.section.id), ())):
        return True
    spoken = normalised(f"{one.stated.subject} {span.quote}")
    terms = [term for term in asked.terms if term.name not in asked.cue_words]
    if (terms and coverage(terms, spoken) < ENOUGH) or (asked.themes and asked.themes.isdisjoint(themes_of(spoken))):
        return False
    return bool(terms or asked.themes)


def _disagreement(pairs: Sequence[tuple[_Said, _Said]], drug: AskedDrug | None) -> Disagreement:
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
    return Disagreement(first.kind, f"{drug.shown}: {first.subject}" if drug else first.subject, points)


def _joined(found: Sequence[Disagreement]) -> list[Disagreement]:
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


def _once(found: Sequence[Disagreement]) -> list[Disagreement]:
    """Return each disagreement once: of two drugs asked about, both may lead to one."""
    by_sides = {tuple(point.quoted[0].place for point in one.sides): one for one in reversed(found)}
    return list(reversed(by_sides.values()))


def _statements(document: Document, section: Section, passage: Passage) -> tuple[_Said, ...]:
    """Return what the sentences of a passage state, none where the publication no longer stands as it is."""
    if document.integrity not in _CURRENT:
        return ()
    found = []
    for one in passage.sentences:
        text = section.text[one.start : one.end]
        if one.role is Role.CAPTION or one.role is Role.HEADER:
            continue
        lead = section.text[slice(*one.lead)] if one.lead else ""
        sentence = Sentence(
            text,
            lead,
            section.heading,
            document.title,
            document.kind,
            f"{document.design} ; {' '.join(document.publication_types)}",
            document.body,
            document.drugs,
            one.role is Role.ITEM,
        )
        span = Span(document, section, one.start, one.end, passage.id, one.role)
        found += [_Said(stated, span) for kind in SHOWN for stated in KINDS[kind][0](sentence)]
    return tuple(found)
