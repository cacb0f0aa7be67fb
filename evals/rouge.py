"""ROUGE-2 and ROUGE-SU4 as the script ROUGE-1.5.5 counts them (Lin 2004, aclanthology.org/W04-1013).

BioASQ's organisers report these two (Tsatsaronis et al. 2015, doi:10.1186/s12859-015-0564-6) without printing the
options of the script; those taken here are the ones that DUC made customary, `-n 2 -m -2 4 -u`. Words are runs of
letters and digits in lower case, those of more than three letters stemmed (Porter), stop words kept. A skip-bigram is
a pair of words in order with at most four between them; with `-u` single words count too. Sentences run together.

Compared with the script itself on 150 pairs of BioASQ snippets and ideal answers: ROUGE-2 is the same in all, SU4 in
146; the script also stems irregular forms by a list from WordNet, which is not used here.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import Stemmer

GAP = 4
_WORD = re.compile(r"[a-z0-9]+")
_STEM = Stemmer.Stemmer("porter")
Units = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Recall and F1, 0 to 1."""

    recall: float
    f1: float


def rouge_2(text: str, references: Iterable[str]) -> Overlap:
    """Return the overlap of bigrams with the reference that gives the best F1; 0 without references."""
    return _best(text, references, _bigrams)


def rouge_su4(text: str, references: Iterable[str]) -> Overlap:
    """Return the overlap of words and skip-bigrams with the reference that gives the best F1; 0 without references."""
    return _best(text, references, _skip_bigrams)


def tokens(text: str) -> list[str]:
    """Return the words that ROUGE counts."""
    return [str(_STEM.stemWord(word)) if len(word) > 3 else word for word in _WORD.findall(text.lower())]


def _best(text: str, references: Iterable[str], units: Callable[[Sequence[str]], Units]) -> Overlap:
    said = units(tokens(text))
    found = (_overlap(said, units(tokens(reference))) for reference in references)
    return max(found, key=lambda one: (one.f1, one.recall), default=Overlap(0.0, 0.0))


def _overlap(said: Units, wanted: Units) -> Overlap:
    shared = sum((said & wanted).values())
    if not shared:
        return Overlap(0.0, 0.0)
    recall, precision = shared / sum(wanted.values()), shared / sum(said.values())
    return Overlap(recall, 2 * recall * precision / (recall + precision))


def _bigrams(words: Sequence[str]) -> Units:
    return Counter(pairwise(words))


def _skip_bigrams(words: Sequence[str]) -> Units:
    # The script's loop ends before the last word, which so never counts alone.
    single: Units = Counter((word,) for word in words[:-1])
    single.update((word, other) for n, word in enumerate(words) for other in words[n + 1 : n + GAP + 2])
    return single
