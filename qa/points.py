"""Points: chosen sentences laid out so that each can be read, and quoted, on its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document, Role, Section, SourceKind
from corpus.passage import Sentence

# A sentence that opens with one of these speaks of something named before it.
_POINTS_BACK = re.compile(
    r"(?:it|its|they|their|them|these|this|those|that|such|he|she|both|neither|either|each|doing so|"
    r"in (?:this|these|such|those)|for (?:this|these|such|those)|of (?:these|those)|"
    r"the (?:drug|agent|medication|latter|former|same|other|others|remaining|above|following)|"
    r"however|therefore|thus|hence|moreover|furthermore|additionally|in addition|also|similarly|conversely|"
    r"consequently|otherwise|instead|nevertheless|nonetheless|in contrast|by contrast|on the other hand|as a result)\b",
    re.IGNORECASE,
)
MAX_BACK = 2
# So many items at most go with a lead that was chosen and none of its items.
MOST_ITEMS = 8


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of a section, as a citation will point at them."""

    document: Document
    section: Section
    start: int
    end: int
    passage: str
    role: Role = Role.PARAGRAPH

    @property
    def quote(self) -> str:
        """Return the characters."""
        return self.section.text[self.start : self.end]

    @property
    def place(self) -> tuple[str, str, int, int]:
        """Return what tells this span from every other."""
        return self.document.id, self.section.id, self.start, self.end


@dataclass(frozen=True, slots=True)
class Point:
    """One thing said: `quoted` spans make up its text in order, `also` says the same elsewhere."""

    quoted: tuple[Span, ...]
    also: tuple[Span, ...] = ()
    context: str = ""
    score: float = 0.0

    @property
    def text(self) -> str:
        """Return the quotes joined: list items and table rows each on a line of their own."""
        parts = [self.quoted[0].quote]
        for span in self.quoted[1:]:
            parts += ["\n" if span.role in (Role.ITEM, Role.ROW) else " ", span.quote]
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Located:
    """A sentence with the passage it lies in."""

    sentence: Sentence
    passage: str


def points_back(text: str) -> bool:
    """Return whether a sentence leans on what stands before it for what it speaks of."""
    return _POINTS_BACK.match(text.lstrip("“\"'([ ")) is not None


def lay_out(
    document: Document, section: Section, located: Sequence[Located], chosen: Sequence[int]
) -> list[tuple[Point, tuple[int, ...]]]:
    """Return the chosen sentences (numbers in `located`, the section's in order) as points, in reading order.

    Items and rows under one lead become one point that begins with the lead; a lead that breaks off at
    a colon brings its items along. A sentence that points back takes the sentence before it along, at
    most MAX_BACK of them. With each point come the numbers of the sentences in it that were chosen or brought.
    """
    chosen = [*chosen, *_left_open(section, located, chosen)]
    laid: list[tuple[Point, tuple[int, ...]]] = []
    leads = {located[n].sentence.lead for n in chosen}
    order = [n for n in sorted(set(chosen)) if (located[n].sentence.start, located[n].sentence.end) not in leads]
    taken: set[int] = set()
    for number in order:
        if number in taken:
            continue
        sentence = located[number].sentence
        if sentence.lead is not None:
            members = [n for n in order if located[n].sentence.lead == sentence.lead]
            taken.update(members)
            spans = [_lead_span(document, section, located, sentence.lead)]
            spans += [_span(document, section, located, *run) for run in _items(section, located, members)]
            laid.append((Point(tuple(spans)), tuple(members)))
            continue
        first = _first_of(section, located, number, _ingredients(document))
        last = number
        while last + 1 in order and _leans_on(section, located, last + 1):
            last += 1
        run = range(first, last + 1)
        members = [n for n in run if n in order]
        taken.update(run)
        laid = [(point, inside) for point, inside in laid if not set(inside) <= set(run)]
        laid.append((Point((_span(document, section, located, first, last),)), tuple(members)))
    return laid


def _left_open(section: Section, located: Sequence[Located], chosen: Sequence[int]) -> list[int]:
    """Return the items of each chosen sentence that ends in ":" and has none of its items chosen with it."""
    begun = {located[n].sentence.lead for n in chosen}
    brought: list[int] = []
    for number in chosen:
        place = located[number].sentence.start, located[number].sentence.end
        if place not in begun and section.text[slice(*place)].endswith(":"):
            brought += [n for n, one in enumerate(located) if one.sentence.lead == place][:MOST_ITEMS]
    return brought


def _items(section: Section, located: Sequence[Located], members: Sequence[int]) -> list[tuple[int, int]]:
    """Return (first, last) of each list item or row that has chosen sentences, each from its beginning."""
    runs: dict[int, tuple[int, int]] = {}
    for number in members:
        first = number
        while first > 0 and _same_line(section, located[first - 1], located[first]):
            first -= 1
        runs[first] = (first, number)
    return list(runs.values())


def _same_line(section: Section, before: Located, here: Located) -> bool:
    return (
        before.sentence.lead == here.sentence.lead
        and "\n" not in section.text[before.sentence.end : here.sentence.start]
    )


def _first_of(section: Section, located: Sequence[Located], number: int, ingredients: Sequence[str]) -> int:
    """Return the sentence to begin with, so that what is pointed back at is named.

    In the label of several drugs together that is also the one drug that the sentences just before speak of: "The
    half-life is 2 hours" is said of it alone.
    """
    first = number
    while number - first < MAX_BACK and _leans_on(section, located, first):
        first -= 1
    if _named(section, located[first], ingredients):
        return first
    for before in range(first - 1, max(first - MAX_BACK, 0) - 1, -1):
        if not _same_paragraph(section, located[before], located[before + 1]):
            break
        if named := _named(section, located[before], ingredients):
            return before if len(named) == 1 else first
    return first


def _ingredients(document: Document) -> tuple[str, ...]:
    """Return the first word of each drug of a label of several, () for others."""
    words = tuple({name.lower().split()[0]: 0 for name in document.drugs if name.strip()})
    return words if document.kind is SourceKind.LABEL and len(words) > 1 else ()


def _named(section: Section, one: Located, ingredients: Sequence[str]) -> list[str]:
    text = section.text[one.sentence.start : one.sentence.end].lower()
    return [name for name in ingredients if name in text]


def _same_paragraph(section: Section, before: Located, here: Located) -> bool:
    both = before.sentence.role is Role.PARAGRAPH and here.sentence.role is Role.PARAGRAPH
    return both and "\n" not in section.text[before.sentence.end : here.sentence.start]


def _leans_on(section: Section, located: Sequence[Located], number: int) -> bool:
    """Return whether a sentence points back at the one before it, in the same paragraph."""
    here = located[number].sentence
    if number == 0 or not _same_paragraph(section, located[number - 1], located[number]):
        return False
    return points_back(section.text[here.start : here.end])


def _span(document: Document, section: Section, located: Sequence[Located], first: int, last: int) -> Span:
    sentence = located[last].sentence
    return Span(
        document, section, located[first].sentence.start, sentence.end, located[first].passage, role=sentence.role
    )


def _lead_span(document: Document, section: Section, located: Sequence[Located], lead: tuple[int, int]) -> Span:
    """Return the lead's span, in the passage that holds it or, for a header, the first that it leads."""
    start, end = lead
    for one in located:
        if one.sentence.end > start:
            return Span(document, section, start, end, one.passage)
    raise AssertionError("a lead stands before the sentences it leads")
