"""Turning: what a question turns on, and whether the points found speak of it."""

import re
from collections.abc import Iterable, Sequence

from corpus.document import SourceKind
from index.search import Searcher
from index.tokens import tokens
from qa.asked import Asked
from qa.compose import Blocks
from qa.confidence import quoted_rows
from qa.second_look import BINDING, OF_THE_PRODUCT
from qa.terms import Term, beginning, normalised

# What a drug does to what is asked about: a text that says "prevents" has not thereby spoken of what is prevented.
_EFFECTS = frozenset(
    map(beginning, "prevent reduce decrease lower increase improve affect change help relieve cure".split())
)

# A word that stands in at most this share of the passages tells one question from another.
RARE = 0.002

# A section that the aspect leads to so plainly, with a sentence so near, answers although a word is met nowhere in it.
LED_TO = 0.9
NEAR = 0.5
# "40mcg", "2018": a figure in a question is no subject that a passage must speak of.
_FIGURE = re.compile(r"\d+\w*")


def left_open(asked: Asked, blocks: dict[SourceKind, Blocks], searcher: Searcher) -> list[str]:
    """Return what the question asks about that none of the points found speaks of: concepts, and rare words."""
    said = list(spoken_texts(blocks))
    concepts = {concept.surface for concept in asked.understanding.concepts}
    return [
        term.name
        for term in asked.terms
        if term.name not in asked.cue_words
        and not any(term.within(text) for text in said)
        and (term.name in concepts or _is_rare(term.name, searcher))
    ]


def beside(asked: Asked, blocks: dict[SourceKind, Blocks], searcher: Searcher) -> list[Term]:
    """Return what the question turns on where the points found answer beside it, none where they answer it."""
    unsaid = _unsaid(asked, list(spoken_texts(blocks)), searcher)
    led = unsaid and _is_led_to(asked, blocks.get(SourceKind.LABEL, []), searcher, unsaid)
    return [] if led else unsaid


def misses(asked: Asked, blocks: dict[SourceKind, Blocks], searcher: Searcher) -> bool:
    """Return whether the sentences of a second look speak of nothing that the question turns on.

    Where the product itself is asked about, only a condition is missed: its sections answer in other words.
    """
    unsaid = _unsaid(asked, list(spoken_texts(blocks)), searcher)
    conditions = {c.surface for c in asked.understanding.concepts if c.topic in BINDING}
    product = bool(asked.aspects) and asked.aspects[0].aspect in OF_THE_PRODUCT
    return bool(unsaid) and (not product or any(term.name in conditions for term in unsaid))


def _unsaid(asked: Asked, said: list[str], searcher: Searcher) -> list[Term]:
    """Return what the question turns on, where not one word of it is spoken of in any point.

    That is its conditions, less those that say in whom ("postmenopausal", "on dialysis") where it names others; where
    it has none, its words beside those that name the aspect or an effect, if one of them is rare enough to tell this
    question from others.
    """
    concepts = {c.surface for c in asked.understanding.concepts if c.topic in BINDING}
    named = [term for term in asked.terms if term.name in concepts]
    binding = [term for term in named if not _says_in_whom(term, asked.understanding.core)] or named
    rest = [
        t
        for t in asked.terms
        if t.name not in asked.cue_words and not _FIGURE.fullmatch(t.name) and not _EFFECTS & set(t.variants)
    ]
    turning = binding or (rest if any(_is_rare(term.name, searcher) for term in rest) else [])
    return [] if any(term.within(text) for term in turning for text in said) else turning


def _says_in_whom(term: Term, question: str) -> bool:
    """Return whether a condition is that of the people asked about: "in women on dialysis"."""
    return re.search(rf"\b(?:in|among) (?:\w+ ){{0,3}}{re.escape(term.name)}\b", question, re.IGNORECASE) is not None


def _is_led_to(asked: Asked, label: Blocks, searcher: Searcher, unsaid: Sequence[Term]) -> bool:
    """Return whether a label section is quoted that answers although it has no word that the question turns on.

    One does that the aspect leads to plainly and that has a sentence near the question, where the product itself is
    asked about ("what does the pill look like?"); not where a condition is asked about, nor what the drug is good for.
    """
    concepts = {c.surface for c in asked.understanding.concepts if c.topic in BINDING}
    if not asked.aspects or asked.aspects[0].aspect not in OF_THE_PRODUCT or any(t.name in concepts for t in unsaid):
        return False
    snapshot = searcher.snapshot
    led = [row for row in quoted_rows(searcher, label) if asked.prior(snapshot.section_of(row)) >= LED_TO]
    return any(float((snapshot.sentence_vectors(row) @ query).max()) >= NEAR for row in led for query in asked.vectors)


def spoken_texts(blocks: dict[SourceKind, Blocks]) -> Iterable[str]:
    """Yield each point as terms are matched in it, with its heading and the title of what it quotes."""
    for own in blocks.values():
        for heading, points in own:
            for point in points:
                first = point.quoted[0]
                path = " ".join(first.section.heading)
                yield normalised(f"{heading} {path} {first.document.title} {point.context} {point.text}")


def _is_rare(word: str, searcher: Searcher) -> bool:
    """Return whether so few passages hold a word that it tells one question from another."""
    snapshot = searcher.snapshot
    held = [lexical for kind in SourceKind if (lexical := snapshot.lexical(kind)) is not None]
    frequency = max((lexical.frequency(token) for lexical in held for token in tokens(word)), default=0)
    return frequency <= RARE * sum(lexical.counted for lexical in held)
