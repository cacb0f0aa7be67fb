"""Leave out: which documents are about the drugs of a question, so that it can be asked where they are not held."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.document import Document
from qa import drug_names
from qa.drug_base import base
from qa.drugs import DrugLexicon
from qa.spelling import distance, tolerance

FOLDS = 10


class DrugsOf:
    """Tells which of some documents are about the drugs of a text: brand and generic are one, misspelt names too."""

    def __init__(self, documents: Iterable[Document]) -> None:
        held = [(one.key, one.drugs, one.brands) for one in documents]
        # The general dictionary alone finds both drugs of "carbidopa and levodopa", which is one name where it is held.
        self._lexicons = (
            DrugLexicon([(drugs, brands) for _, drugs, brands in held], _names()),
            DrugLexicon((), _names()),
        )
        self._by_document = {
            key: frozenset(base_name for name in (*drugs, *brands) for base_name in self.named(name))
            for key, drugs, brands in held
        }

    def named(self, *names: str) -> frozenset[str]:
        """Return the base names of drugs as they are stated; a name in which no drug is known stands for itself."""
        found: set[str] = set()
        for name in (part for one in names for part in one.split(";")):
            found |= self.spoken_of(name) or {base(name)}
        return frozenset(found - {""})

    def spoken_of(self, text: str) -> frozenset[str]:
        """Return the base names of the drugs that a text speaks of; of a class, those of its members that are held."""
        mentions = [mention for lexicon in self._lexicons for mention in lexicon.find(text)]
        return frozenset(base(name) for one in mentions for name in (*one.bases, *one.names, *one.held))

    def documents(self, drugs: Iterable[str]) -> frozenset[str]:
        """Return the keys of the documents about any of the drugs, given by their base names."""
        wanted = frozenset(drugs)
        return frozenset(
            key for key, own in self._by_document.items() if own & wanted or any(map(_alike, *_pairs(own, wanted)))
        )


def folds(groups: Sequence[str], count: int = FOLDS) -> list[int]:
    """Return for each group's name its fold, 0 to count - 1: a group is never parted, and folds are about equally full.

    The largest group first into the emptiest fold, ties by name and by number, so the same names give the same folds.
    """
    sizes: Mapping[str, int] = Counter(groups)
    filled = [0] * count
    place: dict[str, int] = {}
    for name in sorted(sizes, key=lambda one: (-sizes[one], one)):
        fold = filled.index(min(filled))
        place[name] = fold
        filled[fold] += sizes[name]
    return [place[name] for name in groups]


def _pairs(own: Iterable[str], wanted: Iterable[str]) -> tuple[list[str], list[str]]:
    both = [(a, b) for a in own for b in wanted]
    return [a for a, _ in both], [b for _, b in both]


@lru_cache(maxsize=500_000)
def _alike(a: str, b: str) -> bool:
    """Return whether one name may be the other misspelt; two drugs that look alike are both left out, which is safe."""
    limit = min(tolerance(a), tolerance(b))
    return limit > 0 and distance(a, b, limit) <= limit


@lru_cache(maxsize=1)
def _names() -> drug_names.DrugNames:
    """Return the general dictionary of drug names, made anew: gold sets know of no data folder."""
    with TemporaryDirectory() as folder:
        return drug_names.read(drug_names.export(Path(folder)))
