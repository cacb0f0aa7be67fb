"""How well a document is about the drugs asked about: by the name used, by another name, in part, or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Document
from qa.drug_base import ingredients
from qa.drugs import DrugMention, Kind
from qa.printed_drugs import LONG
from qa.spelling import distance
from qa.terms import normalised
from qa.understand import Understanding

# A document of the drug under another name than the one asked with.
BY_ANOTHER_NAME = 0.95
# A document that matches by less than this share of the best one is of another drug, of a part of a combination say.
OF_IT = 0.75


Bases = frozenset[str]


@dataclass(frozen=True, slots=True)
class AskedNames:
    """A drug asked about: each name that was used, and its other one, by the bases of what it is made of.

    `printed` are the names that documents print for it; `share` is what a document that prints one
    gives: less where the name stands for several drugs, since such a document may hold only one of them.
    """

    own: tuple[Bases, ...]
    other: Bases
    printed: frozenset[str]
    share: float

    @property
    def bases(self) -> Bases:
        """Return every base by which a document's drug may be one asked about."""
        return self.other.union(*self.own)


def asked_names(understanding: Understanding) -> tuple[AskedNames, ...]:
    """Return the drugs asked about, held or not, as they are compared with a document's."""
    spoken = normalised(f"{understanding.question} {understanding.standalone}")
    return tuple(_asked(mention, spoken) for mention in (*understanding.drugs, *understanding.unknown_drugs))


def _asked(mention: DrugMention, spoken: str) -> AskedNames:
    # A brand that the question names beside its generic; not one of several drugs that the mention stands for.
    said = [n for n in mention.held if normalised(n) in spoken and (len(mention.bases) == 1 or n not in mention.bases)]
    names = dict.fromkeys((mention.surface, mention.label, mention.surface.removesuffix("s"), *said))
    if mention.kind is Kind.CLASS:  # any member is a drug asked about
        names |= dict.fromkeys(mention.bases)
    return AskedNames(
        tuple(filter(None, (frozenset(bases_of((name,))) for name in names))),
        frozenset(bases_of(mention.bases)),
        frozenset(name.lower() for name in mention.held),
        BY_ANOTHER_NAME / max(len(mention.bases), 1),
    )


def document_match(asked: tuple[AskedNames, ...], document: Document) -> float:
    """Return how well the document's drugs and those asked about agree, 0 to 1.

    It is the harmonic mean of two shares: of the drugs asked about that the document is of, and of the
    document's drugs that are asked about; of its ingredients together or one of its brands, whichever is more. A
    document that states no drug is taken to be of what its title names.
    """
    drugs = document.drugs or (() if document.brands else (document.title,))
    return max((_agreement(asked, names) for names in (drugs, *((b,) for b in document.brands)) if names), default=0.0)


def least_match(asked: tuple[AskedNames, ...], found: Iterable[float]) -> float:
    """Return the match, 0 to 1, from which a document is of the drug asked about, given those of all that are held.

    Where several drugs are asked about, a document of either may answer, and 0 is returned.
    """
    return OF_IT * max(found, default=0.0) if len(asked) == 1 else 0.0


@lru_cache(maxsize=65_536)
def _agreement(asked: tuple[AskedNames, ...], printed: tuple[str, ...]) -> float:
    """Return the harmonic mean for what a document prints together."""
    units = bases_of(printed)
    names = {name.lower() for name in printed}
    found = [one.share if names & one.printed else 0.0 for one in asked]
    of_asked = [
        max(share, *(_whole(own, units) for own in one.own), BY_ANOTHER_NAME * _whole(one.other, units))
        for one, share in zip(asked, found, strict=True)
    ]
    of_units = [max(_likest(one.bases, unit) for one in asked) for unit in units]
    recall = sum(of_asked) / len(asked)
    precision = max(sum(of_units), *found) / max(len(units), 1)
    return 2 * recall * precision / (recall + precision) if recall and precision else 0.0


def _whole(bases: Bases, units: Sequence[str]) -> float:
    """Return how much of what a name stands for is among a document's drugs."""
    return sum(_likest(units, base) for base in bases) / len(bases) if bases else 0.0


def _likest(names: Iterable[str], unit: str) -> float:
    return max((_likeness(name, unit) for name in names), default=0.0)


@lru_cache(maxsize=65_536)
def _likeness(one: str, other: str) -> float:
    """Return 1 for the same name, be it misspelt, for a part of it the share of the words in common, else 0."""
    if one == other or (min(len(one), len(other)) >= LONG and one[0] == other[0] and distance(one, other, 1) == 1):
        return 1.0
    a, b = set(one.split()), set(other.split())
    return len(a & b) / len(a | b) if a <= b or b <= a else 0.0


@lru_cache(maxsize=65_536)
def bases_of(printed: Sequence[str]) -> tuple[str, ...]:
    """Return the bases of all the drugs that printed names speak of, each once."""
    return tuple(dict.fromkeys(key for name in printed for key in ingredients(name)))
