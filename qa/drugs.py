"""The drugs in a question: brand and generic are one, whether the corpus holds them or not."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from qa.drug_base import base, words
from qa.drug_classes import classes
from qa.drug_names import NONE, DrugNames, starts_of
from qa.everyday_names import EVERYDAY, ORDINARY, SHORT_NAMES, is_meant, stands_out
from qa.printed_drugs import PrintedDrugs, by_start
from qa.spelling import distance, letters, tolerance

_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[?!;:]|[.,]\s|\n")
# Endings of international nonproprietary names that no ordinary word shares (WHO stem book).
_INN = re.compile(
    r"[a-z]{3,}(?:zumab|ximab|tinib|ciclib|parib|gliptin|gliflozin|glutide|prazole|sartan|floxacin|cillin|oxaban|dronate|"
    r"lukast|setron|rafenib|degib|trexed|fungin|conazole|caine|bamate|gepant|grelor|vastatin|nersen|siran)"
)


class Kind(StrEnum):
    """What sort of name was used."""

    GENERIC = "generic"
    BRAND = "brand"
    CLASS = "class"


@dataclass(frozen=True, slots=True)
class DrugMention:
    """A drug named in a text at characters [start, end).

    `names` are the ingredients as printed ("zoledronic acid"); a class has its members in the corpus
    or, where it has none, nothing. `bases` are what two forms of one drug share. `held` are all names,
    generic and brand, under which documents here hold it; empty where none does. `correction` is the
    name that a misspelt `surface` was read as, "" otherwise.
    """

    surface: str
    start: int
    end: int
    names: tuple[str, ...]
    bases: tuple[str, ...]
    kind: Kind
    held: tuple[str, ...]
    correction: str = ""

    @property
    def label(self) -> str:
        """Return how to name it in a rewritten question: as the reader did, spelt right."""
        return self.correction or self.surface


class DrugLexicon:
    """The names that the corpus holds, and the general dictionary behind them."""

    def __init__(self, held: Iterable[tuple[Iterable[str], Iterable[str]]], names: DrugNames = NONE) -> None:
        """Take (drugs, brands) of each document, as `Document.drugs` and `Document.brands` state them."""
        self._names = names
        self._printed = PrintedDrugs(names)
        self._classes = classes()
        self._generics: dict[str, dict[str, None]] = {}
        self._brands: dict[str, dict[str, None]] = {}
        self._bases: dict[str, tuple[str, ...]] = {}
        self._brand_keys: set[str] = set()
        for drugs, brands in held:
            self._hold(tuple(drugs), tuple(brands))
        self._held_starts = starts_of((*self._bases, *classes()))
        self._by_spelling = by_start(self._bases)
        # One question is looked through several times while it is understood.
        self._find = lru_cache(256)(self._found)

    def find(self, text: str) -> tuple[DrugMention, ...]:
        """Return the drugs named in the text, in order, none overlapping; those not held have no `held`."""
        return self._find(text)

    def _found(self, text: str) -> tuple[DrugMention, ...]:
        spans = [(m.start(), m.end(), m.group().lower()) for m in _WORD.finditer(text)]
        return tuple(self._mentions(text, spans))

    def printed(self, key: str) -> str:
        """Return the name that a base name is printed under: "zoledronic acid" for "zoledronate"."""
        if (shown := self._names.shown.get(key)) is not None:
            return shown
        if key in self._names.bases:
            return key
        held = min(self._generics.get(key, (key,)), key=lambda name: (len(name), name))
        return key if held.startswith(key) else held

    def _hold(self, drugs: tuple[str, ...], brands: tuple[str, ...]) -> None:
        bases: tuple[str, ...] = ()
        for drug in drugs:
            meant = self._printed.bases_of(drug)
            for key in meant:
                self._generics.setdefault(key, {})[drug] = None
                self._bases[key] = (key,)
            if meant:
                self._bases[" ".join(words(drug))] = meant
            bases += meant
        bases = tuple(dict.fromkeys(bases))
        for brand in brands:
            if not (name := " ".join(words(brand))) or name in self._generics:
                continue
            known = tuple(self._names.bases.get(name, ()))
            meant = tuple(key for key in known if key in bases) or bases or known or (base(brand),)
            if name not in self._bases or len(meant) < len(self._bases[name]):
                self._bases[name] = meant
            self._brand_keys.add(name)
            for key in self._bases[name]:
                self._brands.setdefault(key, {})[brand] = None

    def _mentions(self, text: str, spans: list[tuple[int, int, str]]) -> Iterator[DrugMention]:
        i = 0
        while i < len(spans):
            mention, used = self._longest(text, spans, i)
            if mention is None:
                mention, used = self._guess(text, *spans[i]), 1
            if mention is not None:
                yield mention
            i += used

    def _longest(self, text: str, spans: list[tuple[int, int, str]], i: int) -> tuple[DrugMention | None, int]:
        start, _, first = spans[i]
        most = max(self._names.starts.get(first, 1), self._held_starts.get(first, 1))
        for size in range(min(most, len(spans) - i), 0, -1):
            end = spans[i + size - 1][1]
            if size > 1 and _BREAK.search(text, start, end):
                continue
            name = first if size == 1 else " ".join([word for _, _, word in spans[i : i + size]])
            forms = (name, name[:-1]) if len(name) > 5 and name.endswith("s") else (name,)
            for form in forms:
                mention = self._exact(text, start, end, form)
                if mention is not None:
                    return mention, size
        return None, 1

    def _exact(self, text: str, start: int, end: int, name: str) -> DrugMention | None:
        if (group := self._classes.get(name)) and (len(name) > 4 or text[start:end].isupper() or "glp" in name):
            title, members = group
            return self._mention(text, start, end, tuple(m for m in members if m in self._generics), Kind.CLASS, title)
        bases = self._bases.get(name) or self._printed.separate(self._names.bases.get(name, ()))
        if not bases or (len(name) < 5 and not _short_name(name, text[start:end], held=name in self._bases)):
            return None
        if name in EVERYDAY and not is_meant(text, start, end):
            return None
        if all(word in ORDINARY for word in name.split(" ")) and not stands_out(text, start):
            return None
        brand = name in self._brand_keys or base(name) not in bases
        return self._mention(text, start, end, tuple(bases), Kind.BRAND if brand else Kind.GENERIC)

    def _guess(self, text: str, start: int, end: int, word: str) -> DrugMention | None:
        """Return what an unknown word is taken for: a held name misspelt, or a drug by the stem of its name."""
        if (limit := tolerance(word)) == 0 or not word.isascii():
            return None
        best: tuple[int, str] | None = None
        mine = letters(word)
        for length in range(len(word) - limit, len(word) + limit + 1):
            for bits, name in self._by_spelling.get((word[0], length), ()):
                if (bits ^ mine).bit_count() > 2 * limit:
                    continue
                found = distance(word, name, limit)
                if found <= min(limit, tolerance(name)) and (best is None or (found, name) < best):
                    best = (found, name)
        if best is not None and best[1] not in EVERYDAY and best[1] not in ORDINARY:
            kind = Kind.BRAND if best[1] in self._brand_keys else Kind.GENERIC
            return self._mention(text, start, end, self._bases[best[1]], kind, correction=best[1])
        if _INN.fullmatch(word):
            return self._mention(text, start, end, (word,), Kind.GENERIC)
        return None

    def _mention(
        self, text: str, start: int, end: int, bases: tuple[str, ...], kind: Kind, title: str = "", correction: str = ""
    ) -> DrugMention:
        names = tuple(self.printed(key) for key in bases)
        held = dict.fromkeys(n for key in bases for n in (*self._generics.get(key, ()), *self._brands.get(key, ())))
        return DrugMention(text[start:end], start, end, names, bases or (title,), kind, tuple(held), correction)


def _short_name(name: str, surface: str, *, held: bool) -> bool:
    """Return whether a name of four letters or fewer is one: most in a dictionary are codes or words as well."""
    if len(name) < 3 or name in SHORT_NAMES:
        return name in SHORT_NAMES
    if held:
        return len(name) > 3 or surface.isupper()
    return len(name) > 3 and surface.istitle()
