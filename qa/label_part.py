"""From the FDA Drug Label: the sections that answer, by number and title, the boxed warning first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from corpus.document import Document, Section, SourceKind
from index.search import Searcher
from qa.asked import AS_PLAIN, Asked, AskedDrug, prior_of
from qa.document_drugs import document_match, least_match
from qa.grouping import without_parts
from qa.label_partners import is_of_interactions, naming_partners
from qa.label_reading import LabelSection, best_sentences, rank_sections, read_sections
from qa.points import Point, lay_out
from qa.terms import normalised

BOXED_WARNING = "34066-1"
MOST_LABELS = 4
# How many labels of one drug are tried until one answers, and the passages from which a label is more than an excerpt.
MOST_TRIED = 3
WHOLE = 8
# How many excerpts are read as one label; labels whose drugs match by so much less are read after the others.
POOL = 12
BAND = 0.1


@dataclass(frozen=True, slots=True)
class Most:
    """How much of one label is shown: sections, sentences of each, and sentences of the boxed warning."""

    sections: int
    sentences: int
    boxed: int


ONE_LABEL = Most(sections=3, sentences=10, boxed=8)
SEVERAL_LABELS = Most(sections=1, sentences=4, boxed=3)
# A further section is shown where it scores at least this share of the best one.
CLOSE = 0.8
# A section answers when the aspect leads to it and it speaks of what is asked, or its words are near enough.
LIKE_ENOUGH = 0.5
NEAR = 0.3
# The prior from which the aspect leads plainly to a section, whatever words the question uses.
LED_TO = 0.9
# The prior from which a section is taken where nothing but the aspect is asked about the drug.
LEADS = 0.75


def label_points(asked: Asked, searcher: Searcher) -> list[tuple[str, list[Point]]]:
    """Return (section number and title, points) for each label asked about; nothing where no section answers."""
    tries: dict[str, list[tuple[int, ...]]] = {}
    for drug in asked.label_drugs:
        groups = labels_to_read(asked, searcher, labels_of(searcher, drug))
        # A label of two drugs that are asked about together is read once.
        if groups and groups[0] not in [others[0] for others in tries.values()]:
            tries[drug.shown] = groups
    most = ONE_LABEL if len(tries) == 1 else SEVERAL_LABELS
    blocks: list[tuple[str, list[Point]]] = []
    for shown, groups in list(tries.items())[:MOST_LABELS]:
        prefix = shown if len(tries) > 1 else ""
        answers = (_blocks_of_labels(asked, searcher, group, prefix, most) for group in groups[:MOST_TRIED])
        blocks += next((answer for answer in answers if answer), [])
    return blocks


def labels_to_read(asked: Asked, searcher: Searcher, indices: Sequence[int]) -> list[tuple[int, ...]]:
    """Return labels of a drug in the order to read them, those that are read as one together.

    Labels of just the drugs asked about come before those of others too, by bands of how well they match. Excerpts
    are read as one label, since each holds another part of what a whole one would; at most POOL of them.
    Where one drug is asked about, a label of only a part of it, or of others besides, is not read beside its own.
    """
    snapshot = searcher.snapshot
    match = {index: document_match(asked.names, snapshot.document_at(index)) for index in indices}
    best = max(match.values(), default=0.0)
    bands: dict[int, list[int]] = {}
    least = least_match(asked.names, match.values())
    for index in [index for index in indices if match[index] >= least]:
        bands.setdefault(ceil((best - match[index]) / BAND), []).append(index)
    groups: list[tuple[int, ...]] = []
    for _, band in sorted(bands.items()):
        whole = [index for index in band if len(snapshot.rows(index)) >= WHOLE]
        excerpts = tuple(index for index in band if index not in whole)
        groups += [(index,) for index in whole]
        groups += [excerpts[:POOL]] if excerpts else []
    return groups


def labels_of(searcher: Searcher, drug: AskedDrug) -> list[int]:
    """Return the label documents held for a drug, the one to read first.

    Whole labels come before excerpts, then the brand that was asked for, those with the fewest
    other ingredients, those of approved drugs, and the latest.
    """
    snapshot = searcher.snapshot
    found = [
        (int(index), document)
        for index in snapshot.documents_about(drug.names)
        if (document := snapshot.document_at(int(index))).kind is SourceKind.LABEL and document.integrity.is_evidence
    ]

    def preference(pair: tuple[int, Document]) -> tuple[bool, bool, int, bool, str, int]:
        index, document = pair
        asked_for = drug.surface.lower() in {brand.lower() for brand in document.brands}
        whole = len(snapshot.rows(index)) >= WHOLE
        unapproved = any("homeopathic" in kind.lower() for kind in document.publication_types)
        return whole, asked_for, -len(document.drugs), not unapproved, document.effective, -index

    return [index for index, _ in sorted(found, key=preference, reverse=True)]


def _blocks_of_labels(
    asked: Asked, searcher: Searcher, indices: Sequence[int], prefix: str, most: "Most"
) -> list[tuple[str, list[Point]]]:
    snapshot = searcher.snapshot
    sections = [one for index in indices for one in read_sections(snapshot, index, asked.vectors, asked.prior)]
    whole = len(indices) == 1 and len(snapshot.rows(indices[0])) >= WHOLE
    shown: list[tuple[LabelSection, list[int]]] = []
    boxed = [one for one in sections if is_boxed_warning(one.section)]
    answering = [one for one in answering_sections(sections, asked, whole=whole) if one not in boxed]
    if asked.is_safety and boxed:
        answering = answering or boxed
    together: list[tuple[LabelSection, list[int]]] = []
    if asked.partners:
        held = [snapshot.document_at(index) for index in indices]
        together = naming_partners(sections, asked, held, most.sections, most.sentences)
        named = [one for one, _ in together]
        answering = [one for one in answering if one not in named]
        if asked.is_of_partners_alone and whole:
            answering = [one for one in answering if is_of_interactions(one.section) and not together]
    if asked.wants_boxed_warning and (answering or together):
        # Without the question's terms: a boxed warning is not narrowed to what was asked about.
        shown += [(one, best_sentences(one, (), most.boxed)) for one in boxed]
    # An overview of one drug is whole: adverse reactions come last in it, and must not be cut.
    count = len(answering) if asked.is_overview and whole and most is ONE_LABEL else most.sections
    rest = answering[: max(0, count - len(together))]
    shown += [*together, *((one, best_sentences(one, asked.terms, most.sentences)) for one in rest)]
    blocks: dict[str, list[Point]] = {}
    seen: set[str] = set()
    for one, numbers in shown:
        fresh = [n for n in numbers if one.text_of(n) not in seen]
        seen.update(one.text_of(n) for n in fresh)
        points = [point for point, _ in lay_out(snapshot.document_at(one.document), one.section, one.located, fresh)]
        if points:
            blocks.setdefault(_heading(one.section, prefix), []).extend(points)
    return [(heading, without_parts(points)) for heading, points in blocks.items()]


def is_boxed_warning(section: Section) -> bool:
    """Return whether a section is the label's boxed warning or lies in it.

    Labelers give the same code to boxes deep inside other sections; those are not it.
    """
    return section.codes[:1] == (BOXED_WARNING,) or (section.code == BOXED_WARNING and len(section.heading) == 1)


def answering_sections(sections: Sequence[LabelSection], asked: Asked, *, whole: bool = True) -> list[LabelSection]:
    """Return the sections that answer, best first; of a whole label one for each aspect of an overview."""
    if asked.is_overview and whole:
        return _one_for_each(sections, asked)
    ranked = rank_sections(sections, asked.terms)
    answering = [one for one in ranked if _answers(one, asked)]
    if not answering:
        return []
    first, *rest = answering
    close = [one for one in rest if one.score >= CLOSE * first.score]
    return list(dict.fromkeys([first, *_of_other_aspects(first, ranked, asked), *close]))


def _of_other_aspects(first: LabelSection, ranked: Sequence[LabelSection], asked: Asked) -> list[LabelSection]:
    """Return for each further aspect that is asked about as plainly the best section that it leads to, if any.

    A question of two clauses ("what is the dose in dialysis, and how is it stored?") has two answers; the second
    need not speak of the condition in the first, but must be near the question.
    """
    chosen = [first]
    for scored in asked.aspects[1:]:
        prior = prior_of(scored.aspect)
        led = [one for one in ranked if prior(one.section) >= LEADS]
        if scored.score < AS_PLAIN * asked.aspects[0].score or any(one in led for one in chosen):
            continue
        chosen += [one for one in led if one.text_match > 0 and one.likeness >= LIKE_ENOUGH][:1]
    return chosen[1:]


def _answers(one: LabelSection, asked: Asked) -> bool:
    """Return whether a section answers: the aspect leads to it, and it speaks of what is asked.

    Where a condition is asked about, the section must name one, however plainly the aspect leads to it,
    but for an indication: there the condition is what the drug is for, and limits of use count without it.
    """
    likeness = one.likeness
    if not asked.terms:
        return one.prior > 0 or likeness >= LIKE_ENOUGH
    speaks = max(one.title_match, one.text_match)
    bound = [term for term in asked.terms if term.weight > 1]
    if (
        bound
        and not asked.is_indication
        and not any(term.within(normalised(" ".join((*one.section.heading, one.section.text)))) for term in bound)
    ):
        return False
    # Where all the words only say what aspect is asked for, a section that it leads to need not use them.
    if one.prior >= LEADS and all(term.name in asked.cue_words for term in asked.terms):
        return True
    if one.prior >= LED_TO:
        return speaks > 0 or likeness >= NEAR
    if one.prior > 0:
        return speaks > 0 or likeness >= LIKE_ENOUGH
    return speaks >= 0.5 and likeness >= NEAR


def _one_for_each(sections: Sequence[LabelSection], asked: Asked) -> list[LabelSection]:
    """Return, for each aspect of an overview in its order, the label's first section for it."""
    chosen: list[LabelSection] = []
    for prior in asked.overview():
        scored = [(prior(one.section), -place, one) for place, one in enumerate(sections)]
        best = max(scored, key=lambda t: (t[0], t[1]), default=None)
        if best is not None and best[0] > 0 and best[2] not in chosen:
            chosen.append(best[2])
    return chosen


def _heading(section: Section, prefix: str) -> str:
    """Return number and title; an unnumbered subsection is named with the section it lies in."""
    title = f"{section.number} {section.title}".strip()
    if not section.number and len(section.heading) > 1:
        title = " › ".join(section.heading[-2:])
    return f"{prefix}: {title or 'Label'}" if prefix else title or "Label"


def points_of_label(
    asked: Asked, searcher: Searcher, index: int, says: Callable[[str], bool], most: int
) -> list[tuple[str, list[Point]]]:
    """Return, by section, the sentences of one label that say something, at most `most`, the likest to the question."""
    document = searcher.snapshot.document_at(index)
    sections = read_sections(searcher.snapshot, index, asked.vectors, asked.prior)
    found = [
        (float(one.similarity[n]), place, n)
        for place, one in enumerate(sections)
        for n in range(len(one.located))
        if says(one.text_of(n))
    ]
    best = sorted(found, key=lambda t: -t[0])[:most]
    blocks = []
    for place in sorted({place for _, place, _ in best}):
        one = sections[place]
        numbers = [n for _, at, n in best if at == place]
        points = [point for point, _ in lay_out(document, one.section, one.located, numbers)]
        blocks.append((_heading(one.section, ""), points))
    return blocks
