"""Terms: the words of a question that an answering sentence should speak of, and whether it does."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"[^\W_]+")
_STEM = Stemmer.Stemmer("english")
# Words of questions that say nothing about what the answer is about.
_EMPTY = frozenset(
    """
    a about according after again ago all also am an and any anyone are as ask at available be because been before
    being best
    between both but by can cause caused causes come common could did do does doing done during each else ever
    every explain find for from get give given gets gives go good happen happens has have having he help her here him
    his how i if in include information into is it its just kind know known let like long look made main make
    makes many may me might more most much must my name need needed never new no not now of off often on one
    only or other our out over own patient patients people person please possible purpose question really
    receive regarding right said same say says see shall she should show since so some someone something still
    such take taken takes taking tell than that the their them then there these they thing things this those
    through to too try under until up us use used useful uses using very want was way we well were what when
    where whether which while who whom whose why will with without work works would yes you your drug drugs
    medicine medicines medication medications label article study studies evidence guideline guidelines research
    data result results recommended recommend recommendation recommendations treatment treat treated therapy
    start started trial trials show shows showed shown finding findings compare compares compared comparing comparison
    versus vs risk risks raise raises raised follow follows followed following next stop stops stopped stopping
    discontinue discontinued discontinuing discontinuation
    aren couldn didn doesn don hadn hasn haven isn shouldn wasn weren won wouldn ain ll ve re
    pill pills tab tabs
    """.split()
)

# A figure or a time by itself tells little of what is asked.
_LIGHT = 0.4
_TIMES = frozenset("day days week weeks month months year years hour hours time times".split())


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked about: `variants` are beginnings of words, in `normalised` form; `weight` is above 0."""

    name: str
    variants: tuple[str, ...]
    weight: float = 1.0

    def within(self, text: str) -> bool:
        """Return whether a normalised text speaks of it."""
        for variant in self.variants:  # noqa: SIM110 (asked of every sentence, and a generator takes as long again)
            if variant in text:
                return True
        return False


@lru_cache(maxsize=200_000)
def normalised(text: str) -> str:
    """Return the text in lower case, its words apart by single spaces, with a space at either end."""
    return f" {' '.join(_WORD.findall(text.lower()))} "


@lru_cache(maxsize=50_000)
def beginning(phrase: str) -> str:
    """Return what a normalised text holds where it speaks of the phrase: its words, the last one stemmed."""
    words = _WORD.findall(phrase.lower())
    if not words:
        return ""
    last = words[-1]
    # Short words and abbreviations are matched whole: "mi" must not find "mild".
    stem = f"{last} " if len(last) <= 4 or last.isdigit() else _STEM.stemWord(last).removesuffix("i")
    return " " + " ".join([*words[:-1], stem])


def terms(
    question: str, names: Iterable[str], concepts: Iterable[Sequence[str]], concept_weight: float = 2.0
) -> tuple[Term, ...]:
    """Return what a question asks about beside its drugs.

    `names` are the drug names in it, which do not count; each of `concepts` lists the phrases that mean
    one clinical concept of the question, the first being the one printed; their words do not count again.
    """
    found: list[Term] = []
    spoken = normalised(question)
    covered = {word for name in names for word in _WORD.findall(name.lower())}
    for phrases in concepts:
        variants = tuple(dict.fromkeys(filter(None, map(beginning, phrases))))
        if variants:
            found.append(Term(phrases[0], variants, concept_weight))
            covered |= {word for phrase in phrases for word in _WORD.findall(phrase.lower()) if f" {word} " in spoken}
    for word in dict.fromkeys(_WORD.findall(question.lower())):
        if word in covered or word in _EMPTY or len(word) < 2:
            continue
        found.append(Term(word, (beginning(word),), _LIGHT if word.isdigit() or word in _TIMES else 1.0))
    return tuple(found)


def coverage(asked: Sequence[Term], text: str) -> float:
    """Return the share by weight, 0 to 1, of the terms that a normalised text speaks of; 0 where nothing is asked."""
    total = spoken = 0.0
    for term in asked:
        total += term.weight
        if term.within(text):
            spoken += term.weight
    return spoken / total if total else 0.0
