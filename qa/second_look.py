"""A second look: where no single sentence says all that is asked, the document whose passages do answers as a whole."""

from collections.abc import Iterable, Sequence

from corpus.document import Role, SourceKind
from index.hit import Hit
from index.search import Searcher
from qa.asked import PASSAGES, Asked
from qa.aspect import Aspect
from qa.compose import Blocks
from qa.confidence import THRESHOLDS, of_passages
from qa.document_drugs import document_match, least_match
from qa.evidence import Evidence, sentences_of_hits
from qa.grouping import Chosen, Limits, as_point, choose, under_one_lead, without_parts
from qa.label_part import ONE_LABEL, is_boxed_warning
from qa.label_reading import best_sentences, read_sections
from qa.label_sections import sections_for
from qa.on_aspect import on_aspect
from qa.place import place_share
from qa.points import lay_out
from qa.ranking import is_quotable, tells_of_method
from qa.synonyms import Topic
from qa.terms import normalised
from qa.themes import THEMES, heading_of

# So many documents of a kind are read, and so many sentences of each shown.
DOCUMENTS = 2
LIMITS = Limits(most=6, per_document=3, floor=0.0)
# What a sentence that concludes (`place_share` 1) has before one that gives background, in cosines.
PLACE = 0.1
# Fewer words beside those that name the aspect tell no question from another.
MIN_TERMS = 3
# Aspects of the product itself: a section that one of them leads to answers whatever other words the question has.
OF_THE_PRODUCT = frozenset(
    {
        Aspect.SUPPLY,
        Aspect.INGREDIENTS,
        Aspect.DOSING,
        Aspect.ADMINISTRATION,
        Aspect.STORAGE,
        Aspect.PHARMACOKINETICS,
        Aspect.STOPPING,
    }
)
LED_TO = 0.75
# What a concept must be about for an answer that never speaks of it to be no answer.
BINDING = frozenset({Topic.CONDITION, Topic.ORGAN, Topic.LIFE})


def second_look(asked: Asked, searcher: Searcher) -> dict[SourceKind, Blocks]:
    """Return, by kind of source, the sentences likest to the question of the documents that are sure to be about it.

    A document is, when one of its passages found has the confidence asked of its kind and speaks of the drugs and of
    a condition that the question names.
    """
    return on_aspect(asked, {kind: _blocks(asked, searcher, kind) for kind in SourceKind})


def _blocks(asked: Asked, searcher: Searcher, kind: SourceKind) -> Blocks:
    if kind is SourceKind.LABEL and asked.is_of_partners_alone and asked.drugs:
        return []  # all of their labels was looked through for what names both
    hits = _of_drug_itself(asked, asked.hits(searcher, kind, PASSAGES), kind)
    if not hits or not _tells_apart(asked):
        return []
    sure = of_passages(asked, searcher, kind, [hit.row for hit in hits])
    best: dict[str, float] = {}
    for hit, confidence in zip(hits, sure.tolist(), strict=True):
        if confidence >= THRESHOLDS[kind] and _speaks_of_it(asked, hit):
            best[hit.document.key] = max(best.get(hit.document.key, 0.0), confidence)
    keys = sorted(best, key=lambda key: -best[key])[:DOCUMENTS]
    found = [hit for hit in hits if hit.document.key in keys and is_of_drug(asked, hit)]
    evidence = sentences_of_hits(searcher.snapshot, found, asked.vectors)
    grouped: dict[str, list[Chosen]] = {}
    for one in choose(_ranked(evidence), LIMITS):
        grouped.setdefault(_heading(one.evidence, kind), []).append(one)
    snapshot = searcher.snapshot
    blocks = [
        (heading, without_parts([as_point(snapshot, *group) for group in under_one_lead(members)]))
        for heading, members in grouped.items()
    ]
    return [*boxed_of(asked, searcher, keys), *blocks] if kind is SourceKind.LABEL and blocks else blocks


def _of_drug_itself(asked: Asked, hits: list[Hit], kind: SourceKind) -> list[Hit]:
    """Return the hits less those of labels of another drug: of a part of a combination, or of one that shares a part.

    Nothing of a label is looked at where no label answers what is asked ("What does it cost?").
    """
    if kind is not SourceKind.LABEL:
        return hits
    if asked.aspects and not sections_for(asked.aspects[0].aspect):
        return []
    if not asked.names:
        return hits
    match = {hit.document.key: document_match(asked.names, hit.document) for hit in hits}
    least = least_match(asked.names, match.values())
    # What another drug's label says of the drug asked about stays: no part of it is in that label's drug.
    return [hit for hit in hits if not 0 < match[hit.document.key] < least]


def boxed_of(asked: Asked, searcher: Searcher, keys: Sequence[str]) -> Blocks:
    """Return the boxed warnings of labels that are quoted from: they come first wherever they bear on the answer."""
    blocks: Blocks = []
    for number, document in searcher.snapshot.documents(SourceKind.LABEL) if asked.wants_boxed_warning else ():
        if document.key not in keys:
            continue
        sections = read_sections(searcher.snapshot, number, asked.vectors, asked.prior)
        for one in sections:
            if is_boxed_warning(one.section) and (not asked.drugs or asked.concerns(document, one.section)):
                laid = lay_out(document, one.section, one.located, best_sentences(one, (), ONE_LABEL.boxed))
                blocks.append((one.section.title, [point for point, _ in laid]))
    return blocks


def _tells_apart(asked: Asked) -> bool:
    """Return whether the question says enough to be met without a drug: "What are the contraindications?" does not."""
    return bool(asked.drugs) or len([term for term in asked.terms if term.name not in asked.cue_words]) >= MIN_TERMS


def _speaks_of_it(asked: Asked, hit: Hit) -> bool:
    """Return whether a passage, under its title and headings, speaks of what the question cannot be met without.

    That is a drug of those held with a word of what is asked of it, every drug that is not held, the trial, and one
    of the conditions.
    """
    text = _spoken(hit)
    unknown = {drug.label for drug in asked.understanding.unknown_drugs}
    conditions = {c.surface for c in asked.understanding.concepts if c.topic in BINDING}
    binding = [term for term in asked.terms if term.name in conditions]
    if not is_of_drug(asked, hit):
        return False
    rest = [term for term in asked.terms if term.name not in asked.cue_words and term.weight >= 1]
    product = bool(asked.aspects) and asked.aspects[0].aspect in OF_THE_PRODUCT and asked.prior(hit.section) >= LED_TO
    if asked.drugs and rest and not product and not any(term.within(text) for term in rest):
        return False
    if asked.studies and not asked.names_study(hit.passage.text, hit.document):
        return False
    if not all(term.within(text) for term in asked.terms if term.name in unknown):
        return False
    return not binding or any(term.within(text) for term in binding)


def is_of_drug(asked: Asked, hit: Hit) -> bool:
    """Return whether a passage is of a drug asked about or names one; the rest of another drug's label is not."""
    return not asked.drugs or asked.names_drug(_spoken(hit)) or asked.concerns(hit.document, hit.section)


def _spoken(hit: Hit) -> str:
    """Return a passage under its title and headings, as terms are matched in it."""
    return normalised(f"{hit.document.title} {' '.join(hit.section.heading)} {hit.passage.text}")


def _ranked(evidence: Iterable[Evidence]) -> list[tuple[float, Evidence]]:
    """Return the sentences that can be quoted, best first; how a study was done is no answer."""
    scored = [
        (one.similarity + PLACE * place_share(one.section.title), one)
        for one in evidence
        if one.sentence.role is not Role.HEADER
        and is_quotable(one.text)
        and place_share(one.section.title) >= 0
        and not tells_of_method(one.spoken)
    ]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].row, pair[1].number))


def _heading(one: Evidence, kind: SourceKind) -> str:
    """Return what a point stands under: the section of a label, no topic of its own elsewhere."""
    if kind is SourceKind.LABEL:
        return f"{one.section.number} {one.section.title}".strip() or "Label"
    return heading_of(THEMES[-1].name) if kind is SourceKind.RESEARCH else ""
