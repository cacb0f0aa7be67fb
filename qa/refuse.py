"""When there is no answer: what the sources would have to say, and which of them come nearest."""

from collections.abc import Iterable

from corpus.document import SourceKind
from index.search import Searcher
from index.tokens import tokens
from qa.answer import Nearest, Refusal
from qa.asked import Asked
from qa.aspect import Aspect
from qa.compose import Blocks
from qa.drugs import DrugMention
from qa.synonyms import Topic
from qa.terms import Term, normalised

NEAREST_EACH = 2
# What a concept must be about for an answer that never speaks of it to be no answer.
_BINDING = frozenset({Topic.CONDITION, Topic.ORGAN, Topic.LIFE})

# A word that stands in at most this share of the passages tells one question from another.
RARE = 0.002


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
        about = " and ".join(drug.shown for drug in asked.drugs)
        missing = (f"a passage about {what_is_asked(asked)}" + (f" for {about}" if about else ""),)
        return Refusal("The sources held here do not answer this question.", missing, nearest(asked, searcher))
    unsaid = _unsaid(asked, said, searcher)
    if unsaid:
        names = ", ".join(term.name for term in unsaid)
        missing = tuple(f"a passage that speaks of {term.name}" for term in unsaid)
        return Refusal(
            f"The sources held here were searched, but none of what was found speaks of {names}.",
            missing,
            nearest(asked, searcher),
        )
    return None


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
    return frequency <= RARE * len(snapshot)


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
    rest = [term for term in asked.terms if term.name not in asked.cue_words]
    turning = binding or (rest if any(_is_rare(term.name, searcher) for term in rest) else [])
    return [] if any(term.within(text) for term in turning for text in said) else turning


def _texts(blocks: dict[SourceKind, Blocks]) -> Iterable[str]:
    """Yield each point as terms are matched in it, with its heading and the title of what it quotes."""
    for own in blocks.values():
        for heading, points in own:
            for point in points:
                first = point.quoted[0]
                path = " ".join(first.section.heading)
                yield normalised(f"{heading} {path} {first.document.title} {point.context} {point.text}")
