"""What drugs a printed name stands for: combinations, forms, strengths, lines of a brand, and misspelt names."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from qa.drug_base import base, ingredients, words
from qa.drug_names import DrugNames
from qa.spelling import distance, letters, tolerance

# A name of so many letters that is one edit from a known one is that one, misspelt.
LONG = 9
# A part of a combination that no dictionary knows is a drug where it is a word of so many letters.
WORD = 5
Spellings = Mapping[tuple[str, int], Sequence[tuple[int, str]]]


class PrintedDrugs:
    """Reads the names that documents print, by the general dictionary."""

    def __init__(self, names: DrugNames) -> None:
        self._names = names

    def bases_of(self, printed: str) -> tuple[str, ...]:
        """Return the base names of what a document states as its drug, () where it has no letter or digit.

        A brand is read as its generics, a combination as its parts, "Zyloprim 100 mg tablets" as Zyloprim, a line
        of a brand ("… SoloStar") as the brand, and an unknown long name as the known one that is one edit away.
        """
        key = base(printed)
        parts = ingredients(printed)
        found = [self.known(part) for part in parts]
        if (
            len(parts) > 1
            and any(found)
            and all(known or _is_word(part) for part, known in zip(parts, found, strict=True))
        ):
            return _joined(known or (part,) for part, known in zip(parts, found, strict=True))
        known = self.known(" ".join(words(printed)))
        if not known and len(parts) == 1 and not self.known(key):
            known = found[0] or self._run_together(parts[0]) or self._line(parts[0]) or self._nearest(parts[0])
        return known if known and key not in known else (key,) if key else ()

    def known(self, name: str) -> tuple[str, ...]:
        """Return the base names that the general dictionary has for a name, () where it has none."""
        return tuple(self._names.bases.get(name, ()))

    def separate(self, bases: Sequence[str]) -> Sequence[str]:
        """Return the parts of what the dictionary knows as one combination ("a and b"), where it knows each of them."""
        if len(bases) != 1 or " " not in bases[0]:
            return bases
        parts = [self.known(part) for part in ingredients(bases[0])]
        return _joined(parts) if len(parts) > 1 and all(parts) else bases

    def _run_together(self, name: str) -> tuple[str, ...]:
        """Return the drugs of known names that stand side by side and make up the whole name, else ()."""
        left = name.split()
        found: list[tuple[str, ...]] = []
        while left:
            size = next((n for n in range(len(left), 0, -1) if self.known(" ".join(left[:n]))), 0)
            if size == 0:
                return ()
            found.append(self.known(" ".join(left[:size])))
            left = left[size:]
        return _joined(found)

    def _line(self, name: str) -> tuple[str, ...]:
        """Return the drugs of a brand that the name begins or ends with; a generic there may be one of several."""
        parts = name.split()
        for word in (parts[0], parts[-1]):
            known = self.known(word)
            if len(parts) > 1 and known and word not in known and len(word) >= WORD:
                return known
        return ()

    def _nearest(self, name: str) -> tuple[str, ...]:
        """Return the drugs of the names of the dictionary that are one edit away, where they are of one drug."""
        if len(name) < LONG or " " in name:
            return ()
        mine = letters(name)
        near = {
            self.known(other)
            for size in range(len(name) - 1, len(name) + 2)
            for bits, other in self._spellings.get((name[0], size), ())
            if (bits ^ mine).bit_count() <= 2 and distance(name, other, 1) == 1
        }
        return near.pop() if len(near) == 1 else ()

    @cached_property
    def _spellings(self) -> Spellings:
        return by_start(self._names.bases)


def by_start(names: Iterable[str]) -> Spellings:
    """Return the names of one word that are long enough to be told when misspelt, by first letter and length."""
    found: dict[tuple[str, int], list[tuple[int, str]]] = {}
    for name in names:
        if " " not in name and tolerance(name):
            found.setdefault((name[0], len(name)), []).append((letters(name), name))
    return found


def _is_word(part: str) -> bool:
    return len(part) >= WORD and part.isalpha()


def _joined(found: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in found for name in part))
