"""Which pieces of a text for patients answer a question: by their own questions and titles, and by their words."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.asked import Asked
from qa.aspect import Aspect
from qa.label_slots import Slot, slots
from qa.patient_text import Piece
from qa.terms import Term, coverage, normalised

# A piece that is led to needs a sentence so near, or a word that is asked about; another one needs NEARER.
NEAR, NEARER = 0.3, 0.55
# From here on a piece is led to, and so plainly that its words need not be near.
LED_TO, PLAINLY = 0.5, 0.8
# A further piece is shown where it scores at least this share of the best one.
CLOSE = 0.75
# How much the place of the whole section says of a piece that has no question of its own, and of one that has.
OF_SECTION, OF_QUESTION = 0.7, 0.2

# A piece of FEW sentences is shown whole, one of WHOLE where no condition is asked about; of a longer one the BEST.
FEW, WHOLE, BEST = 3, 20, 8
# What section 17 is mostly about: it is led to so plainly.
_COUNSELLED = frozenset({Aspect.WARNING, Aspect.ADVERSE_REACTION, Aspect.BOXED_WARNING, Aspect.PATIENT_INFORMATION})
COUNSELS = 0.5
_OF_USE = re.compile(r"instruct|technique|administ|storage|dispos|how to", re.IGNORECASE)

_TAKING = r"how (?:should|do|will|can) .*\b(?:take|use|give|inject|receive|get)\b|^how to|directions"
_TELLING = r"(?:tell|ask) .*(?:before|doctor)"
_BEING = r"^(?:about )?what (?:is|are) (?!the\b|.*side effects)"
_FIRST = r"most important"
_PATTERNS = {
    Aspect.INDICATION: rf"{_BEING}|used for|^uses?$|^who is\b",
    Aspect.DOSING: _TAKING,
    Aspect.ADMINISTRATION: _TAKING,
    Aspect.MISSED_DOSE: rf"miss|{_TAKING}",
    Aspect.CONTRAINDICATION: r"who should not|should not (?:take|use|receive)|do not (?:take|use)|^before (?:you )?",
    Aspect.WARNING: rf"{_FIRST}|warning|serious|risks?\b|should i avoid|stop use|{_TELLING}",
    Aspect.BOXED_WARNING: rf"{_FIRST}|warning|serious",
    Aspect.ADVERSE_REACTION: r"side effects?|when using|stop use",
    Aspect.INTERACTION: rf"{_TELLING}|other medicines|interact|{_FIRST}|should not (?:take|use)",
    Aspect.PREGNANCY: rf"pregnan|{_TELLING}",
    Aspect.LACTATION: rf"breast|nursing|{_TELLING}",
    Aspect.PEDIATRIC: rf"child|{_BEING}",
    Aspect.STOPPING: rf"stop|{_TAKING}|{_FIRST}",
    Aspect.ABUSE: rf"abuse|depend|{_FIRST}",
    Aspect.OVERDOSE: rf"too much|overdos|{_TAKING}",
    Aspect.STORAGE: r"\bstore\b|storage|other information",
    Aspect.INGREDIENTS: r"ingredients?\b",
    Aspect.OVERVIEW: rf"{_BEING}|{_FIRST}|^uses?$",
    Aspect.PATIENT_INFORMATION: rf"{_FIRST}|counsel|general information|{_TELLING}",
}
_TITLES = {aspect: re.compile(pattern, re.IGNORECASE) for aspect, pattern in _PATTERNS.items()}


def best_pieces(asked: Asked, found: Sequence[Piece], most: int) -> list[Piece]:
    """Return the pieces that answer, at most `most`, in reading order; () where none does."""
    found = [narrow for piece in found if (narrow := _narrowed(asked, piece)).numbers]
    scored = [(score, place) for place, piece in enumerate(found) if (score := _score(asked, piece)) > 0]
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    floor = CLOSE * scored[0][0] if scored else 0.0
    return [found[place] for place in sorted(place for score, place in scored[:most] if score >= floor)]


def shown(asked: Asked, piece: Piece) -> tuple[int, ...]:
    """Return the sentences of a chosen piece to quote, in order: those that name a condition asked about, if any do."""
    named = [n for n in piece.said if any(term.within(normalised(piece.one.text_of(n))) for term in _bound(asked))]
    if named and len(piece.said) > FEW:
        return tuple(named)
    if len(piece.said) <= WHOLE:
        return piece.said
    likest = sorted(piece.said, key=lambda number: -float(piece.one.similarity[number]))[:BEST]
    return piece.with_whole_lists(likest)


def _narrowed(asked: Asked, piece: Piece) -> Piece:
    """Return a long piece without a question of its own as its sentences that are near what is asked."""
    if piece.title or len(piece.said) <= WHOLE:
        return piece
    near = [n for n in piece.said if _is_near(asked, float(piece.one.similarity[n]), piece.one.text_of(n))]
    return replace(piece, numbers=piece.with_whole_lists(near))


def _is_near(asked: Asked, likeness: float, text: str) -> bool:
    if not asked.terms:
        return likeness >= NEARER
    return likeness >= NEAR and coverage(asked.terms, normalised(text)) >= 0.5


def _score(asked: Asked, piece: Piece) -> float:
    """Return how well a piece answers, 0 where it does not.

    As in the label itself, a condition that is asked about must be named, unless it is asked what the drug is for.
    """
    led = led_to(asked, piece)
    text = normalised(piece.text)
    bound = _bound(asked)
    if bound and not any(term.within(text) for term in bound):
        return 0.0
    speaks = coverage(asked.terms, text)
    if led >= LED_TO:
        answers = speaks > 0 or piece.likeness >= NEAR or (led >= PLAINLY and not asked.terms)
    elif asked.terms:
        answers = speaks >= 0.5 and piece.likeness >= NEAR
    else:  # nothing but the aspect is asked: what it does not lead to must be near
        answers = piece.likeness >= NEARER and (led > 0 or not asked.aspects)
    if not answers:
        return 0.0
    return 0.6 * led + piece.likeness + 0.3 * speaks


def _bound(asked: Asked) -> list[Term]:
    """Return the conditions that must be named: none where it is asked what the drug is for."""
    return [] if asked.is_indication else [term for term in asked.terms if term.weight > 1]


def led_to(asked: Asked, piece: Piece) -> float:
    """Return how plainly what is asked leads to a piece, 0 to 1: by its own question or title, else by its place."""
    titles = [title for title in (piece.title, *piece.one.section.heading[-1:]) if title]
    led = [
        1.0 if rank == 0 else 0.8
        for rank, scored in enumerate(asked.aspects)
        if scored.aspect in _TITLES and any(_TITLES[scored.aspect].search(title) for title in titles)
    ]
    if led:
        return max(led)
    section = piece.one.section
    counsels = Slot.COUNSELING in slots(section.code, section.number, section.heading)
    warns = counsels and not any(_OF_USE.search(title) for title in titles)
    counselled = warns and any(scored.aspect in _COUNSELLED for scored in asked.aspects)
    return max((OF_QUESTION if piece.is_cut else OF_SECTION) * piece.one.prior, COUNSELS * counselled)
