"""Where the words of a question and of a source meet: abbreviations and synonyms of clinical concepts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from qa.concepts import TABLE

_WORD = re.compile(r"[^\W_]+")
_CLINICAL = re.compile(
    r"\b(?:patients?|history of|had an?|(?:days?|weeks?|months?|years?) ago|recent|treat\w*|therapy|mg|mcg|"
    r"dos(?:e|es|ing)|diagnos\w+|symptoms?|disease|drugs?|medications?|medicines?|side effects?|"
    r"contraindicat\w+|risk of)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[?!;:.]\s|\n")


class Topic(StrEnum):
    """What sort of thing a concept is."""

    ORGAN = "organ"
    CONDITION = "condition"
    POPULATION = "population"
    MEASURE = "measure"
    LIFE = "life"


@dataclass(frozen=True, slots=True)
class Concept:
    """A clinical concept at characters [start, end) of a text; `id` is the same for all its synonyms."""

    id: str
    topic: Topic
    surface: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Name:
    id: str
    topic: Topic
    exact: str  # how an abbreviation has to be written, "" where case does not matter
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class _Names:
    by_words: Mapping[str, tuple[_Name, ...]]
    starts: Mapping[str, int]
    groups: Mapping[str, tuple[str, ...]]
    around: Mapping[str, tuple[str, ...]]


def expand(text: str, *, medical: bool = False) -> tuple[Concept, ...]:
    """Return the concepts a text names, in order, the longest name winning, none overlapping.

    An ambiguous abbreviation ("MS", "PE") counts where another concept or a clinical turn of phrase
    stands in the text, or where `medical` says that something else has shown it to be of medicine.
    """
    names = _names()
    spans = [(m.start(), m.end(), m.group().lower()) for m in _WORD.finditer(text)]
    found: list[tuple[Concept, bool]] = []
    i = 0
    while i < len(spans):
        used = 1
        start, _, first = spans[i]
        for size in range(min(names.starts.get(first, 1), len(spans) - i), 0, -1):
            end = spans[i + size - 1][1]
            if size > 1 and _BREAK.search(text, start, end):
                continue
            phrase = first if size == 1 else " ".join([word for _, _, word in spans[i : i + size]])
            name = _match(names, phrase, text[start:end])
            if name is not None:
                found.append((Concept(name.id, name.topic, text[start:end], start, end), name.ambiguous))
                used = size
                break
        i += used
    sure = (
        medical or len(found) > 1 or any(not ambiguous for _, ambiguous in found) or _CLINICAL.search(text) is not None
    )
    return tuple(concept for concept, ambiguous in found if not ambiguous or sure)


def ids(text: str) -> frozenset[str]:
    """Return the ids of the concepts that a text names."""
    return frozenset(concept.id for concept in expand(text))


def same(a: Concept, b: Concept) -> bool:
    """Return whether two texts speak of the same concept, whatever words they use."""
    return a.id == b.id


def names_of(concept_id: str) -> tuple[str, ...]:
    """Return every name that a concept goes by, its id first, then those of narrower concepts. Raises KeyError."""
    return _names().groups[concept_id]


def names() -> tuple[str, ...]:
    """Return every name of every concept."""
    return tuple(name for group in _names().groups.values() for name in group)


@cache
def broader(concept_id: str) -> tuple[str, ...]:
    """Return every name of the concepts that a concept is within, () where it is in none."""
    names = _names()
    return tuple(name for one in names.around.get(concept_id, ()) for name in names.groups[one])


def concept_count() -> int:
    """Return how many concepts are known."""
    return len(_names().groups)


def _match(names: _Names, phrase: str, surface: str) -> _Name | None:
    for form in (phrase, *_singulars(phrase)):
        for name in names.by_words.get(form, ()):
            if not name.exact or surface.rstrip("s") == name.exact or surface == name.exact:
                return name
    return None


def _singulars(phrase: str) -> tuple[str, ...]:
    if len(phrase) < 4 or not phrase.endswith("s") or phrase.endswith("ss"):
        return ()
    if phrase.endswith("ies"):
        return (phrase[:-3] + "y",)
    return (phrase[:-1], phrase[:-2]) if phrase.endswith("es") else (phrase[:-1],)


@cache
def _names() -> _Names:
    by_words: dict[str, tuple[_Name, ...]] = {}
    starts: dict[str, int] = {}
    groups: dict[str, tuple[str, ...]] = {}
    within: dict[str, tuple[str, ...]] = {}
    topic = Topic.CONDITION
    for line in TABLE.strip().splitlines():
        if line.startswith("["):
            topic = Topic(line.strip("[]"))
            continue
        identity, rest = line.split(" = ")
        own, _, narrower = rest.partition(" > ")
        within[identity] = tuple(filter(None, narrower.split(", ")))
        all_names = [identity, *own.split(", ")]
        groups[identity] = tuple(dict.fromkeys(name.rstrip("~!") for name in all_names))
        for written in all_names:
            plain = written.rstrip("~!")
            phrase = " ".join(_WORD.findall(plain.lower()))
            entry = _Name(identity, topic, plain if plain != written else "", written.endswith("~"))
            by_words[phrase] = (*by_words.get(phrase, ()), entry)
            first, *others = phrase.split(" ")
            starts[first] = max(starts.get(first, 1), 1 + len(others))
    # One step down: what is within a narrower concept is named beside it where it is meant too.
    wide = {
        identity: tuple(dict.fromkeys([*own, *(name for one in within[identity] for name in groups[one])]))
        for identity, own in groups.items()
    }
    around = {one: tuple(wider for wider, inner in within.items() if one in inner) for one in groups}
    return _Names(by_words, starts, wide, around)
