"""In Plain Words: what is written for patients on what was asked, word for word, beside what everybody is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.document import SourceKind
from index.search import Searcher
from qa.answer import Block, Plain
from qa.asked import PASSAGES, Asked, AskedDrug
from qa.cite import Citations
from qa.document_drugs import document_match
from qa.evidence import Evidence, point_of, sentences_of_hits
from qa.label_part import BAND, MOST_LABELS, MOST_TRIED, labels_of, labels_to_read
from qa.label_reading import read_sections
from qa.patient_text import Piece, for_patients, is_for_patients, pieces
from qa.plain_choice import NEARER, best_pieces, shown
from qa.points import Point, lay_out

Blocks = list[tuple[str, list[Point]]]
# Pieces shown where one drug is asked about, and of each where several are.
PIECES, PIECES_EACH = 3, 1
OTHER_KINDS = (SourceKind.GUIDELINE, SourceKind.RESEARCH)
MOST_ELSEWHERE = 3


@dataclass(frozen=True, slots=True)
class _OfLabels:
    """What answers in the labels read, and how many of them hold something written for patients."""

    blocks: Blocks
    held: int


def plain_of(asked: Asked, searcher: Searcher, citations: Citations) -> Plain:
    """Return what is written for patients on the question, cited behind all that is cited already.

    No other part of the answer is looked at or touched: what it says stays as it is.
    """
    labels = _of_labels(asked, searcher)
    elsewhere = [] if labels.blocks else _of_others(asked, searcher)
    points = [*labels.blocks, *elsewhere]
    blocks = tuple(Block(heading, citations.claims(own)) for heading, own in points)
    documents = {span.document.key for _, own in points for point in own for span in point.quoted}
    return Plain(_searched(asked, labels.held, bool(points)), len(documents), blocks)


def _searched(asked: Asked, held: int, found: bool) -> str:
    """Return in words what was searched, and where it holds nothing that this is so."""
    about = ", ".join(drug.shown for drug in asked.drugs)
    of = f" of {about}" if about else ""
    if not held and not found:
        return f"No text written for patients{of} is held here. What follows is written for healthcare professionals."
    where = f"{held} label{'s' * (held != 1)}{of}" if held else "guidelines and research publications"
    text = f"Searched what is written for patients in {where}"
    return f"{text}." if found else f"{text}; none of it answers the question."


def _of_labels(asked: Asked, searcher: Searcher) -> _OfLabels:
    """Return the pieces that answer, by drug: of the first label that has any, of those that fit the drugs best.

    A label of another combination is not read: what it tells patients is not of the drug that they ask about.
    """
    tries: dict[str, list[tuple[int, ...]]] = {}
    for drug in asked.label_drugs:
        groups = labels_to_read(asked, searcher, _fitting(asked, searcher, drug))
        # A label of two drugs that are asked about together is read once.
        if groups and groups[0] not in [others[0] for others in tries.values()]:
            tries[drug.shown] = groups[:MOST_TRIED]
    several = len(tries) > 1
    found: Blocks = []
    held = 0
    for shown_as, groups in list(tries.items())[:MOST_LABELS]:
        for group in groups:
            own = [_pieces_of(asked, searcher, index) for index in group]
            held += sum(map(bool, own))
            best = best_pieces(asked, [piece for one in own for piece in one], PIECES_EACH if several else PIECES)
            found += _laid_out(asked, searcher, best, shown_as if several else "")
            if best:
                break
    return _OfLabels(found, held)


def _fitting(asked: Asked, searcher: Searcher, drug: AskedDrug) -> list[int]:
    """Return the labels of a drug that fit the drugs asked about as well as any."""
    match = {
        index: document_match(asked.names, searcher.snapshot.document_at(index)) for index in labels_of(searcher, drug)
    }
    best = max(match.values(), default=0.0)
    return [index for index, one in match.items() if one >= best - BAND]


def _pieces_of(asked: Asked, searcher: Searcher, index: int) -> list[Piece]:
    sections = for_patients(read_sections(searcher.snapshot, index, asked.vectors, asked.prior))
    return [piece for one in sections for piece in pieces(one) if piece.said]


def _laid_out(asked: Asked, searcher: Searcher, chosen: Iterable[Piece], prefix: str) -> Blocks:
    blocks: dict[str, list[Point]] = {}
    seen: set[str] = set()
    for piece in chosen:
        one = piece.one
        numbers = [number for number in shown(asked, piece) if one.text_of(number) not in seen]
        seen.update(one.text_of(number) for number in numbers)
        document = searcher.snapshot.document_at(one.document)
        own = f"{one.section.number} {one.section.title}".strip()
        heading = ": ".join(filter(None, (prefix, own, piece.title)))
        laid = [point for point, _ in lay_out(document, one.section, one.located, numbers)]
        blocks.setdefault(heading, []).extend(laid)
    return [(heading, points) for heading, points in blocks.items() if points]


def _of_others(asked: Asked, searcher: Searcher) -> Blocks:
    """Return sentences of guidelines and publications from sections that say they are for patients."""
    blocks: dict[str, list[Point]] = {}
    for kind in OTHER_KINDS:
        hits = [hit for hit in asked.hits(searcher, kind, PASSAGES) if is_for_patients(hit.section, kind)]
        evidence = sentences_of_hits(searcher.snapshot, hits, asked.vectors)
        near = [one for one in evidence if one.similarity >= NEARER and _concerns(asked, one)]
        near.sort(key=lambda one: -one.similarity)
        for one in near[:MOST_ELSEWHERE]:
            heading = f"{one.document.body or one.document.title}: {one.section.title}"
            point = point_of(searcher.snapshot, one)
            if point not in blocks.setdefault(heading, []):
                blocks[heading].append(point)
    return list(blocks.items())


def _concerns(asked: Asked, one: Evidence) -> bool:
    """Return whether a sentence, or the document that it stands in, is about a drug asked about, if one is."""
    return not asked.drugs or asked.names_drug(one.spoken) or asked.concerns(one.document, one.section)
