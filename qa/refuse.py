"""When there is no answer: what the sources would have to say, and which of them come nearest."""

from dataclasses import dataclass

from corpus.document import SourceKind
from index.search import Searcher
from qa.answer import Nearest, Refusal
from qa.asked import Asked
from qa.compose import Blocks
from qa.confidence import THRESHOLDS, of_blocks
from qa.drugs import DrugMention
from qa.second_look import second_look
from qa.terms import normalised
from qa.turning import beside, misses, spoken_texts

NEAREST_EACH = 2


@dataclass(frozen=True, slots=True)
class Settled:
    """What is shown after all: the parts that are sure enough, or the refusal; and how sure it is, 0 to 1."""

    blocks: dict[SourceKind, Blocks]
    refusal: Refusal | None
    confidence: float


def settle(asked: Asked, blocks: dict[SourceKind, Blocks], searcher: Searcher) -> Settled:
    """Return what becomes of the points found.

    A part that is less sure than its kind of source must be is left out. Where none is left, or the points do not
    answer, a second look is taken, and where that finds nothing, or for a drug that is held nothing of what the
    question turns on, the answer is a refusal. Not weighed are a follow-up, which says too little by itself, and what
    is found for a drug or a trial that is asked about and held: the parts let nothing else through.
    """
    refusal = refusal_of(asked, blocks, searcher)
    sure = _confidences(asked, blocks, searcher) if refusal is None else {}
    confidence = max(sure.values(), default=0.0)
    if refusal is None:
        if asked.understanding.follows or asked.drugs or asked.studies:
            return Settled(blocks, None, confidence)
        kept = {kind: own if sure[kind] >= THRESHOLDS[kind] else [] for kind, own in blocks.items()}
        if any(kept.values()):
            return Settled(kept, None, confidence)
    found = second_look(asked, searcher)
    if any(found.values()) and not (asked.drugs and refusal and misses(asked, found, searcher)):
        return Settled(found, None, max(_confidences(asked, found, searcher).values()))
    return Settled({}, refusal or _no_answer(asked, searcher), confidence)


def _confidences(asked: Asked, blocks: dict[SourceKind, Blocks], searcher: Searcher) -> dict[SourceKind, float]:
    return {kind: of_blocks(asked, searcher, kind, own) for kind, own in blocks.items()}


def refusal_of(asked: Asked, blocks: dict[SourceKind, Blocks], searcher: Searcher) -> Refusal | None:
    """Return the refusal where the points found do not answer, None where they do.

    They do not where a drug asked about is in none of the sources and no point speaks of it, where nothing was found,
    and where no point speaks of what the question is about.
    """
    if asked.needs_drug:
        reason = "The question names no drug, and nothing before it does: ask again with the drug's name."
        return Refusal(reason, ("the name of the drug",), ())
    said = list(spoken_texts(blocks))
    unknown = [drug for drug in asked.understanding.unknown_drugs if not _spoken_of(drug, said)]
    if unknown:
        names = ", ".join(drug.label for drug in unknown)
        missing = tuple(f"any guideline, label or publication about {drug.label}" for drug in unknown)
        return Refusal(f"The sources held here say nothing about {names}.", missing, nearest(asked, searcher))
    if not said:
        return _no_answer(asked, searcher)
    unsaid = beside(asked, blocks, searcher)
    if unsaid:
        names = ", ".join(term.name for term in unsaid)
        missing = tuple(f"a passage that speaks of {term.name}" for term in unsaid)
        return Refusal(
            f"The sources held here were searched, but none of what was found speaks of {names}.",
            missing,
            nearest(asked, searcher),
        )
    return None


def _no_answer(asked: Asked, searcher: Searcher) -> Refusal:
    about = " and ".join(drug.shown for drug in asked.drugs)
    missing = (f"a passage about {what_is_asked(asked)}" + (f" for {about}" if about else ""),)
    return Refusal("The sources held here do not answer this question.", missing, nearest(asked, searcher))


def what_is_asked(asked: Asked) -> str:
    """Return in words what the question is about beside its drugs."""
    named = [term.name for term in asked.terms]
    if named:
        return ", ".join(named)
    return asked.aspects[0].aspect.value if asked.aspects else "the question"


def nearest(asked: Asked, searcher: Searcher) -> tuple[Nearest, ...]:
    """Return the documents whose passages come nearest, at most NEAREST_EACH of a kind."""
    found = []
    for kind in SourceKind:
        seen: set[str] = set()
        for hit in asked.hits(searcher, kind, 10):
            if hit.document.key in seen or len(seen) == NEAREST_EACH:
                continue
            seen.add(hit.document.key)
            section = f"{hit.section.number} {hit.section.title}".strip()
            found.append(Nearest(hit.document.key, kind, hit.document.title, section, hit.document.url, hit.passage.id))
    return tuple(found)


def _spoken_of(drug: DrugMention, said: list[str]) -> bool:
    names = [f" {' '.join(normalised(name).split())}" for name in {drug.surface, drug.label, *drug.names, *drug.bases}]
    return any(name in text for name in names for text in said)
