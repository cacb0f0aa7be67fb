"""Licences under which a full text may be kept, and the stricter of two that a source states for one article.

Every licence of Creative Commons allows a copy that is kept unchanged and quoted with its source, those with "NC"
for purposes that are not commercial. A licence for text mining alone, or none, allows no copy to be shown.
"""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator

KEPT = ("CC0", "CC BY", "CC BY-SA", "CC BY-ND", "CC BY-NC", "CC BY-NC-SA", "CC BY-NC-ND")

_ADDRESS = re.compile(r"creativecommons\.org/licen[sc]es/(by(?:-(?:nc|nd|sa))*)\b", re.IGNORECASE)
_FREE = re.compile(r"creativecommons\.org/publicdomain/|\bCC[ -]?0\b|\bin the public domain\b", re.IGNORECASE)
_CODE = re.compile(r"\bCC[ -]BY((?:[ -](?:NC|ND|SA))*)\b", re.IGNORECASE)
_WORDS = re.compile(r"Creative\s+Commons\s+Attribution(.{0,80})", re.IGNORECASE | re.DOTALL)
_MINING = re.compile(r"\bTDM\b|text.?(?:and.?data.?)?mining", re.IGNORECASE)
_NAMED = {"NC": r"non-?\s?commercial", "ND": r"no-?\s?deriv", "SA": r"share-?\s?alike"}


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence by what it asks for beside attribution; `code` is "" where it is none that is known."""

    code: str

    @property
    def conditions(self) -> frozenset[str]:
        """Return BY, NC, ND, SA, as far as the licence has them; nothing for CC0."""
        return frozenset(self.code.removeprefix("CC ").split("-")) if self.code.startswith("CC ") else frozenset()


def _kept(licences: tuple[str, ...]) -> tuple[str, ...]:
    wrong = [licence for licence in licences if licence not in KEPT]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is not a licence that allows to keep a text: {', '.join(KEPT)}")
    return licences


# What a collection may write: the codes of the licences under which it takes a text.
Kept = Annotated[tuple[str, ...], AfterValidator(_kept)]


def licence_in(text: str) -> Licence | None:
    """Return the licence that a code, an address or a sentence names, None where it names none.

    What may only be mined is the licence "TDM", which is not kept.
    """
    if address := _ADDRESS.search(text):
        return _licence(address[1].upper().split("-"))
    if code := _CODE.search(text):
        return _licence(["BY", *re.split(r"[ -]", code[1].upper())])
    if words := _WORDS.search(text):
        return _licence(["BY", *(name for name, said in _NAMED.items() if re.search(said, words[1], re.IGNORECASE))])
    if _FREE.search(text):
        return Licence("CC0")
    return Licence("TDM") if _MINING.search(text) else None


def stricter(one: Licence, other: Licence) -> Licence:
    """Return a licence with all conditions of both; TDM is stricter than any other."""
    if "TDM" in (one.code, other.code):
        return Licence("TDM")
    conditions = one.conditions | other.conditions
    return _licence(list(conditions)) if conditions else Licence("CC0")


def _licence(conditions: list[str]) -> Licence:
    asked = set(filter(None, conditions))
    if "ND" in asked:
        asked.discard("SA")  # what may not be adapted cannot be shared alike
    return Licence("CC " + "-".join(name for name in ("BY", "NC", "SA", "ND") if name in asked))
