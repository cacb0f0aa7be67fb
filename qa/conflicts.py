"""Where sources disagree: pairs of sentences of different documents that cannot both be taken at their word.

docs/conflicts.md says what is compared, what is not, and how often each kind was right.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from corpus.document import SourceKind
from index.search import Searcher
from qa.answer import Conflict, ConflictKind, ConflictSide
from qa.asked import PASSAGES, Asked, AskedDrug
from qa.cite import Citations
from qa.conflict_asked import is_about, is_asked
from qa.conflict_readings import KINDS, Readings, Said
from qa.conflict_sides import Disagreement, disagreement_of, each_once, join
from qa.conflict_statement import classes_of
from qa.drug_base import base
from qa.label_part import MOST_LABELS
from qa.points import Point, Span
from qa.terms import normalised

MOST = 4
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
    return each_once(found)[:MOST]


def _side(point: Point, citations: Citations) -> ConflictSide:
    claim = citations.claim(point)
    document, section = point.quoted[0].document, point.quoted[0].section
    first = citations.all()[claim.quoted[0] - 1]
    where = " ".join(filter(None, (section.number, " › ".join(section.heading[-2:]))))
    return ConflictSide(claim, document.body or document.title, first.date, where)


def _candidates(asked: Asked, searcher: Searcher) -> Iterator[Said]:
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


def _open_matters(said: Iterable[Said]) -> list[list[Said]]:
    """Return what is stated, by kind and topic, where two documents speak of one and not all say the same."""
    by_topic: dict[tuple[ConflictKind, Hashable], list[Said]] = {}
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
    matters: Sequence[Sequence[Said]],
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
        own = [one for one in members if is_about(one.stated, drug, names, asked)]
        pairs = [(a, b) for a, b in combinations(own, 2) if _may_clash(a, b) and clash(a.stated, b.stated, names)]
        if pairs and any(is_asked(one, asked, places) for pair in pairs for one in pair):
            found.append(disagreement_of(pairs, shown))
    return join(found)


def _may_clash(a: Said, b: Said) -> bool:
    """Return whether two places may disagree: two documents, but not two labels, which are editions of one text."""
    first, second = a.span.document, b.span.document
    return first.key != second.key and not (first.kind is SourceKind.LABEL and second.kind is SourceKind.LABEL)
