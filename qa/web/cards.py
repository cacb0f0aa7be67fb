"""Answers as cards: the question, what it was answered from, where its review stands, and when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus import recent
from corpus.document import SourceKind
from qa.answer import Answer
from qa.web.site import Site
from qa.web.slug import answer_path
from qa.web.state import PageState, Step

_COUNTED = {
    SourceKind.GUIDELINE: ("guideline", "guidelines"),
    SourceKind.LABEL: ("label", "labels"),
    SourceKind.RESEARCH: ("study", "studies"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One answer; `counts` are its documents by kind in words: "2 guidelines"."""

    question: str
    path: str
    counts: tuple[str, ...]
    state: PageState

    @property
    def is_approved(self) -> bool:
        """Return whether its approval stands, and no source of it has changed since."""
        return self.state.step is Step.APPROVED and not self.state.flags


@dataclass(frozen=True, slots=True)
class Cards:
    """What the start page shows; no answer is in both."""

    approved: tuple[Card, ...]
    recent: tuple[Card, ...]


def cards(site: Site, most: int) -> Cards:
    """Return at most `most` approved answers, and at most as many of the latest others."""
    with site.store.engine.connect() as connection:
        once, latest = recent.approved(connection, most), recent.latest(connection, 2 * most)
    approved = _some((card for card in _cards(site, once) if card.is_approved), most)
    known = {card.question for card in approved}
    others = (card for card in _cards(site, latest) if card.question not in known)
    return Cards(approved, _some(others, most))


def _some(found: Iterable[Card], most: int) -> tuple[Card, ...]:
    return tuple(card for card, _ in zip(found, range(most), strict=False))


def _cards(site: Site, answer_ids: Iterable[str]) -> Iterator[Card]:
    for answer_id in answer_ids:
        answer = site.keeper.kept(answer_id)
        yield Card(answer.question, answer_path(answer), tuple(_counts(answer)), site.states.of(answer))


def _counts(answer: Answer) -> Iterator[str]:
    for part in answer.parts:
        if part.found:
            yield f"{part.found} {_COUNTED[part.kind][part.found > 1]}"
