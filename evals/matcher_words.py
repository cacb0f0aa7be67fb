"""Words that carry a fact, what makes two of them one, and which of a sentence's are denied."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import Stemmer

from index.snapshot import Snapshot
from qa.drug_base import base
from qa.drug_names import NONE, DrugNames, export, read
from qa.synonyms import expand

_WORD = re.compile(r"[^\W_]+")
_STEM = Stemmer.Stemmer("english")
# "Yes: …" and "no, …" answer the question; what they are said of follows.
_ANSWER = re.compile(r"^\s*(?:yes|no)\s*[:,]\s*", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(?:no|not(?! only)|never|none|nothing|nor|neither|without|cannot|unable|lack(?:s|ed|ing)?|fail(?:s|ed)?|"
    r"avoid(?:ed|ing|s)?|absence|rather than|instead of|(?:recommend|suggest|advis)\w* against)\b|n['’]t\b",
    re.IGNORECASE,
)
# A denial reaches to the end of its clause, and over no more content words than this: "no difference in fracture".
DENIED_WORDS = 2
_CLAUSE_END = re.compile(
    r"[,;:.()]|\b(?:but|although|however|whereas|while|except|unless|until|than|and)\b", re.IGNORECASE
)
# "American College of Physicians": what an abbreviation of three letters or more may stand for.
_TITLED = re.compile(r"\b[A-Z][\w-]*(?:(?:\s(?:of|for|and|the|on|in))*\s[A-Z][\w-]*)+")
_ARTICLE = re.compile(r"^(?:The|A|An|In|For|By|Of)\s")
_CAPITAL = re.compile(r"\b[A-Z](?=[\w-])")
_SHORT = {
    "hazard ratio": "hr",
    "risk ratio": "rr",
    "relative risk": "rr",
    "odds ratio": "or",
    "confidence interval": "ci",
}
_SHORTS = re.compile(rf"\b(?:{'|'.join(_SHORT)})\b", re.IGNORECASE)
# Who says a thing is a word of the fact, that it is said is none.
_EMPTY = frozenset(
    """
    a about above after again against all also am an and any are as at be because been before being below between
    both but by can could did do does doing during each eg either else etc few for from further had has have having
    he her here hers him his how i ie if in into is it its itself just may me might more most must my no nor not of
    off on once only or other others our out over own per same shall she should so some such than that the their
    them then there these they this those through to too under until up us very was we were what when where whether
    which while who whom whose why will with within without would yes you your vs versus approximately usually
    say says said saying state states stated according name names named
    """.split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A content word. Two with the same stem, or with a clinical concept or a drug in common, are one."""

    text: str
    stem: str
    senses: frozenset[str]
    denied: bool

    def same(self, other: "Word") -> bool:
        """Return whether both mean the same by stem, concept or drug."""
        return self.stem == other.stem or not self.senses.isdisjoint(other.senses)


@dataclass(frozen=True, slots=True)
class Aliases:
    """The names by which drugs go: of a general dictionary, and of the documents of a snapshot, in small letters."""

    names: DrugNames = NONE
    held: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, word: str) -> frozenset[str]:
        """Return the base names of the drugs that a word names."""
        return frozenset(self.names.bases.get(word, ())) | self.held.get(word, frozenset())


NOBODY = Aliases()


def aliases(snapshot: Snapshot | None = None) -> Aliases:
    """Return the general dictionary's names and those of a snapshot's documents. The first call takes seconds."""
    held: dict[str, set[str]] = {}
    for _, document in snapshot.documents() if snapshot else ():
        bases = {base(name) for name in document.drugs}
        for name in (*document.drugs, *document.brands):
            held.setdefault(name.lower(), set()).update(bases)
    return Aliases(_general(), {name: frozenset(bases) for name, bases in held.items()})


@cache
def _general() -> DrugNames:
    with TemporaryDirectory() as folder:
        return read(export(Path(folder)))


def content_words(text: str, known: Aliases = NOBODY) -> tuple[Word, ...]:
    """Return the text's content words in order, each once; denied only where it is wherever it stands."""
    text = _ANSWER.sub("", text)
    concepts: dict[str, set[str]] = {}
    for concept in expand(text, medical=True):
        for word in _WORD.findall(concept.surface.lower()):
            concepts.setdefault(word, set()).add(concept.id)
    for name, letters in _abbreviated(text):
        for word in _WORD.findall(name.lower()):
            concepts.setdefault(word, set()).add(f"{letters}!")
    reach = denied_spans(text)
    found: dict[str, Word] = {}
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if word in _EMPTY or len(word) < 2 or word.isdigit():
            continue
        denied = any(start <= match.start() < end for start, end in reach)
        if word in found:
            denied = denied and found[word].denied
        senses = frozenset(concepts.get(word, ())) | known.of(word) | _abbreviations(match.group())
        found[word] = Word(word, _STEM.stemWord(word), senses, denied)
    return tuple(found.values())


def stems(texts: Iterable[str]) -> frozenset[str]:
    """Return the stems of all words of some texts."""
    return frozenset(_STEM.stemWord(word) for text in texts for word in _WORD.findall(text.lower()))


def _abbreviations(word: str) -> frozenset[str]:
    """Return the sense of a word that is an abbreviation, none of one that is not."""
    return frozenset({f"{word.lower()}!"}) if word.isupper() else frozenset()


def _abbreviated(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names in a text with the letters that they are abbreviated to."""
    for match in _TITLED.finditer(text):
        name = _ARTICLE.sub("", match.group())
        letters = "".join(_CAPITAL.findall(name)).lower()
        if len(letters) >= 3:
            yield name, letters
    for match in _SHORTS.finditer(text):
        yield match.group(), _SHORT[match.group().lower()]


def denied_spans(text: str) -> list[tuple[int, int]]:
    """Return the characters that denials reach."""
    spans = []
    for cue in _DENIAL.finditer(text):
        end = _CLAUSE_END.search(text, cue.end())
        last = end.start() if end else len(text)
        reached = [m.end() for m in _WORD.finditer(text, cue.end(), last) if m.group().lower() not in _EMPTY]
        spans.append((cue.end(), reached[:DENIED_WORDS][-1] if reached else cue.end()))
    return spans
