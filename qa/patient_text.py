"""What in a document is written for patients: which sections, and in what pieces, each under its own question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Role, Section, SourceKind
from qa.label_reading import LabelSection, is_quotable
from qa.label_slots import Slot, slots

# LOINC: information for patients (section 17), medication guide, patient package insert, patient medication
# information, instructions for use. "Questions" (a telephone number) is not among them.
_CODES = frozenset({"34076-0", "88436-1", "42231-1", "42230-3", "68498-5", "59845-8"})
# Drug Facts of over-the-counter labels are written for who takes the drug, all but what it is made of and its package.
_DRUG_FACTS = frozenset({"55106-9", "50570-1", "50569-3", "50568-5", "50567-7", "50566-9"})
_FACTS_APART = frozenset({Slot.ACTIVE, Slot.INACTIVE, Slot.DISPLAY, Slot.PRODUCT})
_FOR_PATIENTS = (
    r"plain[- ]language summary|lay summary|patient summary|summary for patients|what this means for patients|"
    r"information for (?:the )?(?:patients?|caregivers?|consumers?|families)|patient leaflet"
)
_TITLE = re.compile(rf"(?:\d+(?:\.\d+)*\s+)?(?:{_FOR_PATIENTS})\b", re.IGNORECASE)
_LABEL_TITLE = re.compile(
    rf"(?:\d+(?:\.\d+)*\s+)?(?:{_FOR_PATIENTS}|patient counsell?ing information|medication guide|"
    r"patient package insert|patient medication information|patient (?:and caregiver )?information|"
    r"instructions for use)\b|.*\(consumer (?:cop(?:y|ies)|information)\)",
    re.IGNORECASE,
)
_ASKS = re.compile(r"(?:what|who|how|when|why|where|which|can|could|should|do|does|is|are|will)\b.*\?", re.IGNORECASE)
HEADING_WORDS = 24
SHORT_WORDS = 9
LABEL_WORDS = 5
NAME_WORDS = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """Sentences of one section that stand under one question or title: `numbers` in the section's own count.

    `title` is that question or title as printed, "" where the section goes on without one; `is_cut` says that the
    section has others.
    """

    one: LabelSection
    title: str
    numbers: tuple[int, ...]
    is_cut: bool = False

    @property
    def text(self) -> str:
        """Return title and sentences in one."""
        return " ".join((self.title, *(self.one.text_of(number) for number in self.numbers)))

    @property
    def likeness(self) -> float:
        """Return the cosine of its best sentence with the question."""
        return max(float(self.one.similarity[number]) for number in self.numbers)

    @property
    def said(self) -> tuple[int, ...]:
        """Return its sentences that say something."""
        listed = _listed(self.one)
        return tuple(n for n in self.numbers if n in listed or (is_quotable(self.one, n) and not _names(self.one, n)))

    def with_whole_lists(self, chosen: Sequence[int]) -> tuple[int, ...]:
        """Return the chosen sentences and every item of a list of which one is chosen: no list is told in part."""
        lists = {_list_of(self.one, number) for number in chosen} - {None}
        return tuple(n for n in self.said if n in chosen or _list_of(self.one, n) in lists)


def for_patients(sections: Sequence[LabelSection]) -> list[LabelSection]:
    """Return those of one label's sections that are written for patients, in order; of Drug Facts nearly all."""
    facts = any(one.section.code in _DRUG_FACTS for one in sections)
    return [one for one in sections if is_for_patients(one.section, SourceKind.LABEL) or (facts and _of_facts(one))]


def is_for_patients(section: Section, kind: SourceKind) -> bool:
    """Return whether a section says, by its code or its title or those it lies under, that it is for patients."""
    if kind is not SourceKind.LABEL:
        return any(_TITLE.match(title.strip()) for title in section.heading)
    return bool(_CODES & {section.code, *section.codes}) or any(_LABEL_TITLE.match(t.strip()) for t in section.heading)


def _of_facts(one: LabelSection) -> bool:
    section = one.section
    return bool(section.heading) and not _FACTS_APART & set(slots(section.code, section.number, section.heading))


def pieces(one: LabelSection) -> list[Piece]:
    """Return a section's pieces in order: a medication guide is cut at its questions, another section is one piece."""
    found: list[Piece] = []
    title, run = "", list[int]()
    listed = _listed(one)
    for number in range(len(one.located)):
        if not {number, number + 1} & listed and _heads(one, number):
            found += [Piece(one, title, tuple(run), is_cut=True)] if run else []
            title, run = one.text_of(number).strip(), []
        else:
            run.append(number)
    return found + ([Piece(one, title, tuple(run), is_cut=bool(title or found))] if run else [])


def _list_of(one: LabelSection, number: int) -> tuple[int, int] | None:
    """Return what tells a sentence's list from others: its lead's place or, without one, its first item's number."""
    first = number
    while first >= 0 and one.located[first].sentence.role is Role.ITEM and one.located[first].sentence.lead is None:
        first -= 1
    return one.located[number].sentence.lead if first == number else (-1, first)


def _listed(one: LabelSection) -> frozenset[int]:
    """Return the short lines that follow a line ending in a colon: a list, although the publisher did not mark it."""
    found: set[int] = set()
    for number in range(1, len(one.located)):
        before, here = (one.located[n].sentence for n in (number - 1, number))
        text = one.text_of(number).rstrip()
        follows = number - 1 in found or one.text_of(number - 1).rstrip().endswith(":")
        short = len(text.split()) <= SHORT_WORDS and not text.endswith(("?", ":", ".", "!"))
        if follows and short and {before.role, here.role} == {Role.PARAGRAPH}:
            found.add(number)
    return frozenset(found)


def _heads(one: LabelSection, number: int) -> bool:
    """Return whether a sentence is a question or a short line by which a guide heads what follows."""
    sentence, text = one.located[number].sentence, one.text_of(number).strip()
    if sentence.role is not Role.PARAGRAPH or not _alone(one.section.text, sentence.start, sentence.end):
        return False
    words = len(text.split())
    if _ASKS.fullmatch(text):
        return words <= HEADING_WORDS
    if text.endswith(":"):
        place = (sentence.start, sentence.end)
        return words <= LABEL_WORDS and all(other.sentence.lead != place for other in one.located)
    return words <= SHORT_WORDS and text[-1:] not in ".;,)!?" and number + 1 < len(one.located)


def _names(one: LabelSection, number: int) -> bool:
    """Return whether a line only says a name: "ZELO (ZEE-loh)"."""
    text = one.text_of(number).strip()
    short = len(text.split()) <= NAME_WORDS and text[-1:] not in ".!;:"
    return short and one.located[number].sentence.role is Role.PARAGRAPH


def _alone(text: str, start: int, end: int) -> bool:
    """Return whether characters [start, end) are lines of their own."""
    return (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")
