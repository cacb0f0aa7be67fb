"""Where sources disagree: pairs of sentences of different documents that cannot both be taken at their word.

docs/conflicts.md says what is compared, what is not, and how often each kind was right.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from corpus.document import Document, Integrity, Role, Section, SourceKind
from corpus.passage import Passage
from index.hit import Hit
from index.search import Searcher
from index.snapshot import Snapshot
from qa import conflict_finding, conflict_grade, conflict_numbers, conflict_recommendation, conflict_strength
from qa.answer import Conflict, ConflictKind, ConflictSide
from qa.asked import PASSAGES, Asked, AskedDrug
from qa.cite import Citations
from qa.conflict_numbers import is_entry
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
# How many publications about a drug are read whole, whatever was found of them, and up to how many passages.
MOST_PUBLICATIONS, SHORT = 60, 12
MOST_DRUGS = 2_000  # that it is kept of which these are
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
        self._about: dict[tuple[str, str, frozenset[str]], tuple[int, ...]] = {}

    def of(self, document: Document, section: Section, passage: Passage) -> tuple[_Said, ...]:
        """Return what a passage states, in order."""
        return self._once(document, passage.id, lambda: _statements(document, section, passage))

    def of_naming(self, names: tuple[str, ...], hit: Hit) -> tuple[_Said, ...]:
        """Return what a passage states; one not read before is read only if it, its headings or title hold a name."""
        held = self._read.get((hit.document.content_hash, hit.passage.id))
        if held is not None:
            return held
        texts = (hit.document.title, *hit.section.heading[-2:], hit.passage.text)
        spoken = "".join(map(normalised, texts))
        is_named = any(name in spoken for name in names)
        return self.of(hit.document, hit.section, hit.passage) if is_named else ()

    def about(self, drug: AskedDrug, searcher: Searcher) -> tuple[int, ...]:
        """Return the documents on a drug that are read whole: its label, and publications no longer than abstracts."""
        snapshot = searcher.snapshot
        key = snapshot.manifest.id, drug.surface.lower(), drug.names
        found = self._about.get(key)
        if found is None:
            numbers = map(int, snapshot.documents_about(drug.names))
            research = (n for n in numbers if snapshot.document_at(n).kind is SourceKind.RESEARCH)
            short = islice((n for n in research if len(snapshot.rows(n)) <= SHORT), MOST_PUBLICATIONS)
            found = (*short, *labels_of(searcher, drug)[:1])
            if len(self._about) >= MOST_DRUGS:
                self._about.clear()
            self._about[key] = found
        return found

    def of_document(self, number: int, snapshot: Snapshot) -> tuple[_Said, ...]:
        """Return what a whole document of a snapshot states, in order."""
        document = snapshot.document_at(number)

        def read() -> tuple[_Said, ...]:
            rows = snapshot.rows(number).tolist()
            said = (_statements(document, snapshot.section_of(row), snapshot.passage(row)) for row in rows)
            return tuple(one for own in said for one in own)

        return self._once(document, "", read)

    def _once(self, document: Document, passage: str, read: Callable[[], tuple[_Said, ...]]) -> tuple[_Said, ...]:
        key = document.content_hash, passage
        found = self._read.get(key)
        if found is None:
            found = read()
            if len(self._read) >= self._most:
                self._read.clear()
            self._read[key] = found
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
    matters = _open_matters(_candidates(asked, searcher))
    places: dict[tuple[str, str], list[Span]] = {}
    for span in shown:
        places.setdefault((span.document.id, span.section.id), []).append(span)
    found: list[Disagreement] = []
    # A class is asked of each of its members: what is said of one does not clash with what is said of another.
    for drug in asked.label_drugs or ((None,) if asked.studies else ()):
        found += _among(matters, drug, asked, places)
    return _once(found)[:MOST]


def _side(point: Point, citations: Citations) -> ConflictSide:
    claim = citations.claim(point)
    document, section = point.quoted[0].document, point.quoted[0].section
    first = citations.all()[claim.quoted[0] - 1]
    where = " ".join(filter(None, (section.number, " › ".join(section.heading[-2:]))))
    return ConflictSide(claim, document.body or document.title, first.date, where)


def _candidates(asked: Asked, searcher: Searcher) -> Iterator[_Said]:
    """Yield what is stated by the passages found, the short publications about the drugs, and the drugs' labels.

    Where a trial is named and no drug, the labels' passages found for the question stand for the labels.
    """
    snapshot = searcher.snapshot
    names = _names(asked)
    whole: dict[int, None] = {}
    for drug in asked.label_drugs[:MOST_LABELS]:
        whole.update(dict.fromkeys(_READINGS.about(drug, searcher)))
    kinds = [SourceKind.GUIDELINE, SourceKind.RESEARCH]
    for kind in [*kinds, SourceKind.LABEL] if asked.studies and not asked.label_drugs else kinds:
        for hit in asked.hits(searcher, kind, PASSAGES):
            if int(snapshot.document_numbers[hit.row]) not in whole:
                yield from _READINGS.of_naming(names, hit)
    for number in whole:
        yield from _READINGS.of_document(number, snapshot)


def _names(asked: Asked) -> tuple[str, ...]:
    """Return what a passage must name one of to be read, in normalised form: the drugs, their classes, the trials."""
    drugs = {name for drug in asked.drugs for name in drug.names}
    groups = {name for drug in drugs for name in classes_of(drug)}
    # Of a class, its longest word: one for all the names of it that share the word.
    heads = {max(name.split(), key=len).removesuffix("s") for name in groups}
    return tuple({normalised(name).strip() for name in (*drugs, *heads, *asked.studies)})


def _open_matters(said: Iterable[_Said]) -> list[list[_Said]]:
    """Return what is stated, by kind and topic, where two documents speak of one and not all say the same."""
    by_topic: dict[tuple[ConflictKind, Hashable], list[_Said]] = {}
    for one in said:
        by_topic.setdefault((one.stated.kind, one.stated.topic), []).append(one)
    return [
        members
        for members in by_topic.values()
        if len(members) > 1
        and len({one.stated.value for one in members}) > 1
        and len({one.span.document.key for one in members}) > 1
    ]


def _among(
    matters: Sequence[Sequence[_Said]],
    drug: AskedDrug | None,
    asked: Asked,
    places: dict[tuple[str, str], list[Span]],
) -> list[Disagreement]:
    """Return what disagrees about one drug, or about the trials asked about where no drug is."""
    names = frozenset(map(base, drug.names)) if drug else frozenset()
    shown = drug.shown if drug and drug in asked.label_drugs else ""
    found = []
    for members in matters:
        clash = KINDS[members[0].stated.kind][1]
        own = [one for one in members if _is_about(one.stated, drug, names, asked)]
        pairs = [(a, b) for a, b in combinations(own, 2) if _may_clash(a, b) and clash(a.stated, b.stated, names)]
        if pairs and any(_is_asked(one, asked, places) for pair in pairs for one in pair):
            found.append(_disagreement(pairs, shown))
    return _joined(found)


def _is_about(stated: Stated, drug: AskedDrug | None, names: frozenset[str], asked: Asked) -> bool:
    """Return whether a statement is about a drug, by its name or where that will do its class, and about the trials."""
    if asked.studies and not _is_of_study(stated, asked):
        return False
    if drug is None or any(variant in stated.target for variant in drug.variants):
        return True
    groups = () if stated.kind in _BY_NAME_ALONE else [group for name in names for group in classes_of(name)]
    return any(f" {group} " in stated.target for group in groups)


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
    """Return whether a sentence bears on the question.

    It must name one of the conditions asked about, where there are any. It bears on the question then where the answer
    shows it, or where it speaks of half of the terms and its matter is on the theme. Whom a trial took in is told
    where a trial is asked about.
    """
    if is_entry(one.stated) and not (asked.studies or asked.is_about_method):
        return False
    span = one.span
    spoken = normalised(f"{one.stated.subject} {span.quote}")
    terms = [term for term in asked.terms if term.name not in asked.cue_words]
    bound = [term for term in asked.terms if term.weight > 1]
    if bound and not coverage(bound, spoken):
        return False
    if any(s.start <= span.start and span.end <= s.end for s in places.get((span.document.id, span.section.id), ())):
        return True
    if (terms and coverage(terms, spoken) < ENOUGH) or (asked.themes and asked.themes.isdisjoint(_themes(one, spoken))):
        return False
    return bool(terms or asked.themes)


def _themes(one: _Said, spoken: str) -> frozenset[str]:
    """Return the themes of a matter: those of its endpoint, where it has one, whatever else the sentence speaks of."""
    kind, subject = one.stated.kind, themes_of(normalised(one.stated.subject))
    if kind is ConflictKind.STRENGTH:
        return frozenset({*subject, *themes_of(normalised("contraindicated, should not be used, to be avoided"))})
    return frozenset(subject if kind in (ConflictKind.NUMBERS, ConflictKind.FINDING) else themes_of(spoken))


def _disagreement(pairs: Sequence[tuple[_Said, _Said]], drug: str) -> Disagreement:
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
