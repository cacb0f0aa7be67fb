"""Words as BM25 matches them: stems, with drug names, hyphens, figures and Greek letters in mind."""

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

VERSION = 2
# A figure keeps its point ("2.5"); a word keeps what hyphens, slashes and apostrophes join, and is taken apart below.
_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:[-'][^\W_]+)*")
_LETTERS_OR_FIGURES = re.compile(r"[^\W\d_]+|\d+")
_GREEK = str.maketrans(
    {
        "α": "alpha",
        "β": "beta",
        "γ": "gamma",
        "δ": "delta",
        "ε": "epsilon",
        "κ": "kappa",
        "λ": "lambda",
        "μ": "u",
        "ω": "omega",
    }
)
_JOINERS = str.maketrans({"‐": "-", "‑": "-", "–": "-", "−": "-", "’": "'", "ʼ": "'"})
_STOP = frozenset(
    """a about above after again all also am an and any are as at be because been before being below between both but
    by can cannot could did do does doing down during each few for from further had has have having he her here hers
    him his how i if in into is it its itself me more most my no nor not of off on once only or other our ours out
    over own same shall she should so some such than that the their theirs them then there these they this those
    through to too under until up upon very was we were what when where whether which while who whom whose why will
    with within without would you your yours""".split()
)
_local = threading.local()


def tokens(text: str) -> list[str]:
    """Return the text's terms in order, stop words left out.

    What a hyphen joins counts both as its parts and as one word: "T-score", "T score" and
    "Tscore" meet. So do letters and figures that touch: "IL6" meets "IL-6", "10mg" meets "10 mg".
    Accents are dropped, and a comma between digits: "2,417" is "2417".
    """
    return [term for word in _WORD.findall(_plain(text)) for term in _terms(word)]


@lru_cache(maxsize=2**17)
def _terms(word: str) -> tuple[str, ...]:
    """Return the stems of one run of characters, () for a stop word."""
    if word[0].isdigit() and ("." in word or "," in word):
        return (word.replace(",", ""),)
    parts = word.replace("'s", "").replace("'", "").split("-")
    found = [part for part in parts if part and part not in _STOP]
    if len(parts) > 1:
        found.append("".join(parts))
    found += [piece for part in parts for piece in _taken_apart(part)]
    return tuple(_stemmed(found))


def _taken_apart(part: str) -> list[str]:
    """Return the letters and the figures of a part that has both, each run by itself; nothing of another."""
    pieces = _LETTERS_OR_FIGURES.findall(part)
    return pieces if len(pieces) > 1 else []


def _plain(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_JOINERS)
        text = text.lower().translate(_GREEK)
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return text.lower()


def _stemmed(words: list[str]) -> list[str]:
    """Return the words' stems; a stemmer is not shared between threads."""
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:
        stemmer = _local.stemmer = Stemmer.Stemmer("english")
    stems: list[str] = stemmer.stemWords(words)
    return stems
