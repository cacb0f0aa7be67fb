"""Where cited characters of an earlier version stand in a later one: unchanged, reworded, moved or gone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.diff import Place
from corpus.document import Section
from corpus.pairing import heading_of, pair_sections
from corpus.text_diff import TextDiff
from corpus.words import form_of

Span = tuple[int, int]


class Fate(StrEnum):
    """What became of cited characters."""

    STANDS = "stands"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of cited characters: `now` is the present wording, "" if gone; `place` is where it stands."""

    fate: Fate
    now: str = ""
    place: Place | None = None


class Carrier:
    """Follows spans from the sections of one version to those of another.

    Sections that both versions hold need not be given: nothing moves out of them or into them.
    """

    def __init__(self, was: Sequence[Section], now: Sequence[Section]) -> None:
        self._was = {section.id: number for number, section in enumerate(was)}
        self._sections_was, self._sections_now = was, now
        self._pairs = pair_sections(was, now)
        self._olds = {new: old for old, new in self._pairs.items()}
        self._forms: dict[int, str] = {}
        self._diffs: dict[int, TextDiff] = {}

    def carry(self, section_id: str, start: int, end: int) -> Carried:
        """Return what became of characters [start, end) of a section of the earlier version.

        They stand where the same words stand, whole, in the section's counterpart under the same headings:
        as the diff aligns them, or at a place of the section that is new; an item or a row, only under its
        own lead. They moved where the same words stand under another heading or lead. They changed where
        other words took their place, and were removed otherwise. A number of a section alone (5.1 became
        5.2) is no change of what is cited, nor is white space.
        """
        old = self._was[section_id]
        section = self._sections_was[old]
        new = self._pairs.get(old)
        aligned = Carried(Fate.REMOVED) if new is None else self._aligned(new, section, (start, end))
        if aligned.fate is Fate.STANDS:
            return aligned
        elsewhere = next(self._elsewhere(old, new, section.text[start:end], _lead(section, start)), aligned)
        return elsewhere if elsewhere.fate is Fate.STANDS or aligned.fate is not Fate.MOVED else aligned

    def _aligned(self, new: int, section: Section, span: Span) -> Carried:
        """Return what the diff of a section and its counterpart makes of a span."""
        now, diff = self._sections_now[new], self._diff(new)
        words = diff.was.between(*span)
        place = Place.of(now)
        if not words:
            return Carried(Fate.STANDS, place=place)
        found = [diff.counterpart(word) for word in words]
        first, last = found[0], found[-1]
        in_one_piece = first is not None and last is not None and found == list(range(first, last + 1))
        if first is not None and last is not None and in_one_piece and _edges(diff, words, (first, last)):
            is_own = heading_of(section) == heading_of(now) and _same_lead(diff, section, now, words, first)
            return Carried(Fate.STANDS if is_own else Fate.MOVED, diff.now.quote(first, last + 1), place)
        present = _present(diff, words)
        return Carried(Fate.CHANGED, present, place) if present else Carried(Fate.REMOVED)

    def _elsewhere(self, old: int, new: int | None, quote: str, lead: str) -> Iterator[Carried]:
        """Yield places at which the words stand now and stood not before, those in the section itself first."""
        form = form_of(quote)
        was = self._sections_was[old]
        for number in sorted(range(len(self._sections_now)), key=lambda other: other != new):
            if f" {form} " not in self._form(number):
                continue
            now = self._sections_now[number]
            is_own = number == new and heading_of(was) == heading_of(now)
            for start in self._new_places(number, form):
                fate = Fate.STANDS if is_own and _lead(now, start) == lead else Fate.MOVED
                yield Carried(fate, quote, Place.of(now))

    def _new_places(self, number: int, form: str) -> Iterator[int]:
        """Yield the first characters of the places of a later section that have these words, whole, and are new."""
        diff = self._diff(number)
        pairs = [pair for pair in diff.pairs if pair.now]
        for at in range(len(pairs)):
            forms: list[str] = []
            for pair in pairs[at:]:
                if pair.is_same or pair.now is None or len(" ".join(forms)) >= len(form):
                    break
                forms.append(pair.now.form)
            first = pairs[at].now
            if first is not None and " ".join(forms) == form:
                yield diff.now.words[first.first].start

    def _form(self, number: int) -> str:
        if number not in self._forms:
            self._forms[number] = f" {form_of(self._sections_now[number].text)} "
        return self._forms[number]

    def _diff(self, number: int) -> TextDiff:
        """Return the diff that ends in a later section; one that is new differs from nothing."""
        if number not in self._diffs:
            old = self._olds.get(number)
            was = "" if old is None else self._sections_was[old].text
            self._diffs[number] = TextDiff(was, self._sections_now[number].text)
        return self._diffs[number]


def _edges(diff: TextDiff, words: range, found: Span) -> bool:
    """Return whether what began or ended a sentence still does: a word added to it may turn its sense."""
    first, last = diff.pair_of(words[0]), diff.pair_of(words[-1])
    if first.was is None or first.now is None or last.was is None or last.now is None:
        return False
    begins = words[0] != first.was.first or found[0] == first.now.first
    ends = words[-1] + 1 != last.was.last or found[1] + 1 == last.now.last
    return begins and ends


def _present(diff: TextDiff, words: range) -> str:
    """Return the wording that has taken the place of some words: whole sentences, "" where nothing has."""
    touched = {id(diff.pair_of(word)) for word in words}
    numbers = [number for number, pair in enumerate(diff.pairs) if id(pair) in touched]
    first, last = numbers[0], numbers[-1]
    inside = [pair.now for pair in diff.pairs[first : last + 1] if pair.now]
    if not inside:  # nothing is like it: what was added between the same neighbours has replaced it
        while first and diff.pairs[first - 1].is_one_sided:
            first -= 1
        while last + 1 < len(diff.pairs) and diff.pairs[last + 1].is_one_sided:
            last += 1
        inside = [pair.now for pair in diff.pairs[first : last + 1] if pair.now]
    return diff.now.quote(inside[0].first, inside[-1].last) if inside else ""


def _same_lead(diff: TextDiff, was: Section, now: Section, words: range, found: int) -> bool:
    """Return whether an item or a row has not come under another lead than its own, reworded or taken away.

    What only the reader of the file sees otherwise, in words that are all the same, is no change.
    """
    lead_was = _lead_span(was, diff.was.words[words[0]].start)
    lead_now = _lead_span(now, diff.now.words[found].start)
    if lead_was is None or diff.is_same:
        return True
    kept = {diff.counterpart(word) for word in diff.was.between(*lead_was)} - {None}
    if lead_now is None:
        return not kept
    is_reworded = not kept.isdisjoint(diff.now.between(*lead_now))
    return is_reworded or form_of(was.text[slice(*lead_was)]) == form_of(now.text[slice(*lead_now)])


def _lead(section: Section, at: int) -> str:
    """Return the words of the lead under which a character stands, "" where it stands by itself."""
    lead = _lead_span(section, at)
    return form_of(section.text[slice(*lead)]) if lead else ""


def _lead_span(section: Section, at: int) -> Span | None:
    return next((block.lead for block in section.blocks if block.start <= at < block.end), None)
