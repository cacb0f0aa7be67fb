"""When there is no answer: what the sources would have to say, and which of them come nearest."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.document import SourceKind
from index.search import Searcher
from index.tokens import tokens
from qa.answer import Nearest, Refusal
from qa.asked import Asked
from qa.aspect import Aspect
from qa.compose import Blocks
from qa.confidence import THRESHOLDS, of_blocks, quoted_rows
from qa.drugs import DrugMention
from qa.second_look import OF_THE_PRODUCT, second_look
from qa.synonyms import Topic
from qa.terms import Term, normalised

NEAREST_EACH = 2
# What a concept must be about for an answer that never speaks of it to be no answer.
_BINDING = frozenset({Topic.CONDITION, Topic.ORGAN, Topic.LIFE})

# A word that stands in at most this share of the passages tells one question from another.
RARE = 0.002

# A section that the aspect leads to so plainly, with a sentence so near, answers although a word is met nowhere in it.
LED_TO = 0.9
NEAR = 0.5
# "40mcg", "2018": a figure in a question is no subject that a passage must speak of.
_FIGURE = re.compile(r"\d+\w*")


@dataclass(frozen=True, slots=True)
class Settled:
    """What is shown after all: the parts that are sure enough, or the refusal; and how sure it is, 0 to 1."""

    blocks: dict[SourceKind, Blocks]
    refusal: Refusal | None
    confidence: float


def settle(asked: Asked, blocks: dict[SourceKind, Blocks], searcher: Searcher) -> Settled:
    """Return what becomes of the points found.

    A part that is less sure than its kind of source must be is left out. Where none is left, or the points do not
    answer, a second look is taken, and where that finds nothing the answer is a refusal. Not weighed are a follow-up,
    which says too little by itself, and what is found for a drug or a trial that is asked about and held: the parts
    let nothing else through.
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
    if any(found.values()):
        return Settled(found, None, max(_confidences(asked, found, searcher).values()))
    return Settled({}, refusal or _no_answer(asked, searcher), confidence)


def _confidences(asked: Asked, blocks: dict[SourceKind, Blocks], searcher: Searcher) -> dict[SourceKind, float]:
    return {kind: of_blocks(asked, searcher, kind, own) for kind, own in blocks.items()}


def refusal_of(asked: Asked, blocks: dict[SourceKind, Blocks], searcher: Searcher) -> Refusal | None:
    """Return the refusal where the points found do not answer, None where they do.

    They do not where a drug asked about is in none of the sources and the question is of it, where
    nothing was found, and where no point speaks of what the question is about.
    """
    if asked.needs_drug:
        reason = "The question names no drug, and nothing before it does: ask again with the drug's name."
        return Refusal(reason, ("the name of the drug",), ())
    said = list(_texts(blocks))
    unknown = [drug for drug in asked.understanding.unknown_drugs if not _spoken_of(drug, said)]
    if unknown and _is_about(asked, unknown):
        names = ", ".join(drug.label for drug in unknown)
        missing = tuple(f"any guideline, label or publication about {drug.label}" for drug in unknown)
        return Refusal(f"The sources held here say nothing about {names}.", missing, nearest(asked, searcher))
    if not said:
        return _no_answer(asked, searcher)
    unsaid = _unsaid(asked, said, searcher)
    if unsaid and not _is_led_to(asked, blocks.get(SourceKind.LABEL, []), searcher, unsaid):
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


def left_open(asked: Asked, blocks: dict[SourceKind, Blocks], searcher: Searcher) -> list[str]:
    """Return what the question asks about that none of the points found speaks of: concepts, and rare words."""
    said = list(_texts(blocks))
    concepts = {concept.surface for concept in asked.understanding.concepts}
    return [
        term.name
        for term in asked.terms
        if term.name not in asked.cue_words
        and not any(term.within(text) for text in said)
        and (term.name in concepts or _is_rare(term.name, searcher))
    ]


def _is_rare(word: str, searcher: Searcher) -> bool:
    """Return whether so few passages hold a word that it tells one question from another."""
    snapshot = searcher.snapshot
    held = [lexical for kind in SourceKind if (lexical := snapshot.lexical(kind)) is not None]
    frequency = max((lexical.frequency(token) for lexical in held for token in tokens(word)), default=0)
    return frequency <= RARE * sum(lexical.counted for lexical in held)


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


def _is_about(asked: Asked, unknown: list[DrugMention]) -> bool:
    """Return whether the question cannot be met without the unknown drugs."""
    comparison = any(scored.aspect is Aspect.COMPARISON for scored in asked.aspects)
    return not asked.drugs or comparison or bool(unknown)


def _spoken_of(drug: DrugMention, said: list[str]) -> bool:
    names = [f" {' '.join(normalised(name).split())}" for name in {drug.surface, drug.label, *drug.names, *drug.bases}]
    return any(name in text for name in names for text in said)


def _unsaid(asked: Asked, said: list[str], searcher: Searcher) -> list[Term]:
    """Return what the question turns on, where not one word of it is spoken of in any point.

    That is its conditions; where it has none, its words beside those that name the aspect, if one of
    them is rare enough to tell this question from others.
    """
    concepts = {c.surface for c in asked.understanding.concepts if c.topic in _BINDING}
    binding = [term for term in asked.terms if term.name in concepts]
    rest = [t for t in asked.terms if t.name not in asked.cue_words and not _FIGURE.fullmatch(t.name)]
    turning = binding or (rest if any(_is_rare(term.name, searcher) for term in rest) else [])
    return [] if any(term.within(text) for term in turning for text in said) else turning


def _is_led_to(asked: Asked, label: Blocks, searcher: Searcher, unsaid: Sequence[Term]) -> bool:
    """Return whether a label section is quoted that answers although it has no word that the question turns on.

    One does that the aspect leads to plainly and that has a sentence near the question, where the product itself is
    asked about ("what does the pill look like?"); not where a condition is asked about, nor what the drug is good for.
    """
    concepts = {c.surface for c in asked.understanding.concepts if c.topic in _BINDING}
    if not asked.aspects or asked.aspects[0].aspect not in OF_THE_PRODUCT or any(t.name in concepts for t in unsaid):
        return False
    snapshot = searcher.snapshot
    led = [row for row in quoted_rows(searcher, label) if asked.prior(snapshot.section_of(row)) >= LED_TO]
    return any(float((snapshot.sentence_vectors(row) @ query).max()) >= NEAR for row in led for query in asked.vectors)


def _texts(blocks: dict[SourceKind, Blocks]) -> Iterable[str]:
    """Yield each point as terms are matched in it, with its heading and the title of what it quotes."""
    for own in blocks.values():
        for heading, points in own:
            for point in points:
                first = point.quoted[0]
                path = " ".join(first.section.heading)
                yield normalised(f"{heading} {path} {first.document.title} {point.context} {point.text}")
