"""What is seen of a fact beside a text: how near they are, which words and numbers are met, what speaks against it."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from evals.matcher_numbers import met, numbers, opposed
from evals.matcher_polarity import overstated, turned
from evals.matcher_words import Aliases, Word, content_words
from index.encoders.base import Encoder

NEAREST = 3  # sentences over which a fact's words may be spread
ALIKE = 0.75  # cosine from which two words are taken for one, when it is asked whether a word is denied

Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a text. `around` are the headings it stands under; neighbours count within one `group`."""

    text: str
    around: str = ""
    group: int = 0

    @property
    def whole(self) -> str:
        """Return the sentence with its headings."""
        return f"{self.around}. {self.text}" if self.around else self.text


@dataclass(frozen=True, slots=True)
class Features:
    """What is seen of a fact in a text: shares from 0 to 1, cosines from -1 to 1. The model weighs the first six.

    Words count by their weight. Of `nearest` and `exact` those that the question has are left out: an answer need not
    repeat them. The best sentence is the one that meets most figures, then words, and is nearest.
    """

    cosine: float  # with the nearest sentence
    asked_cosine: float  # the same, question and fact read together
    nearest: float  # words met in the three nearest sentences and their headings, each by its nearest word there
    exact: float  # words met there by stem, concept or drug
    numbers: float  # numbers met: strong ones beside the best sentence, others anywhere in the text
    denied: float  # words that the best sentence has only with the other polarity
    window: float  # words met in the best sentence, its neighbours and headings
    all_words: bool  # all words and numbers are met in the best sentence and its headings; without numbers, three words
    worst: float  # the word met least there
    best: int  # the best sentence's place
    strong: int  # strong numbers of the fact
    against: bool  # the best sentence goes the other way, says it of some only, or its numbers speak against the fact's

    def learned(self) -> Shares:
        """Return those that the model weighs, in the order of LEARNED."""
        return np.array(astuple(self)[: len(LEARNED)], np.float64)


LEARNED = tuple(one.name for one in fields(Features))[:6]


class Reader:
    """Reads facts beside texts, with one encoder; vectors and words of texts seen before are kept."""

    def __init__(self, encoder: Encoder, weights: Mapping[str, float], known: Aliases) -> None:
        self._encoder = encoder
        self._weights = weights
        self._known = known
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._words: dict[str, tuple[Word, ...]] = {}

    def features(self, fact: str, text: Sequence[Said], asked: str = "") -> Features:
        """Return what is seen of a fact in a text of at least one sentence."""
        vectors = self._encoded([one.text for one in text])
        cosines = vectors @ self._encoded([fact])[0]
        asked_cosines = vectors @ self._encoded([f"{asked} {fact}"])[0] if asked else cosines
        words = self._read(fact)
        weights = np.array([self._weights.get(word.stem, 1.0) for word in words])
        within = [self._met(words, one.whole) for one in text]
        means = np.array([_mean(row, weights) for row in within])
        wanted = numbers(fact)
        strong = [n for n in wanted if n.is_strong]
        held = [numbers(one.whole) for one in text]
        figures = np.array([sum(met(n, there) for n in wanted) for there in held]) / max(1, len(wanted))
        best = int(np.argmax(cosines + asked_cosines + 2 * means + 4 * figures))
        near = np.argsort(-(cosines + means), kind="stable")[:NEAREST]
        beside = [n for n in range(max(0, best - 1), min(len(text), best + 2)) if text[n].group == text[best].group]
        new = weights * [not any(word.same(other) for other in self._read(asked)) for word in words]
        spread, close = (np.max([within[n] for n in places], axis=0) for places in (near, beside))
        window = [n for place in beside for n in held[place]]
        every = [n for there in held for n in there]
        found = [met(n, window if n.is_strong else every) for n in wanted]
        worst = float(within[best].min()) if words else 1.0
        sentence = text[best].text
        return Features(
            cosine=float(cosines.max()),
            asked_cosine=float(asked_cosines.max()),
            nearest=_mean(spread, new),
            exact=_mean(spread >= 1, new),
            numbers=sum(found) / len(found) if found else 1.0,
            denied=self._denied(words, weights, sentence),
            window=_mean(close, weights),
            all_words=len(words) + 2 * bool(wanted) >= 3 and all(met(n, held[best]) for n in wanted) and worst >= 1,
            worst=worst,
            best=best,
            strong=len(strong),
            against=turned(fact, sentence) or overstated(fact, sentence) or opposed(fact, sentence),
        )

    def _read(self, text: str) -> tuple[Word, ...]:
        if text not in self._words:
            self._words[text] = content_words(text, self._known)
        return self._words[text]

    def _encoded(self, texts: Sequence[str]) -> NDArray[np.float32]:
        missing = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if missing:
            self._vectors.update(zip(missing, self._encoder.encode(missing), strict=True))
        return np.stack([self._vectors[text] for text in texts])

    def _alike(self, words: Sequence[Word], others: Sequence[Word]) -> Shares:
        """Return how alike words are, shape (words, others): 1 for the same, else the cosine of their vectors."""
        cosines = self._encoded([w.text for w in words]) @ self._encoded([w.text for w in others]).T
        same = np.array([[word.same(other) for other in others] for word in words])
        return np.where(same, 1.0, np.minimum(cosines, 0.99)).astype(np.float64)

    def _met(self, words: Sequence[Word], text: str) -> Shares:
        """Return for each word how well a text meets it, 0 to 1."""
        others = self._read(text)
        if not words or not others:
            return np.zeros(len(words))
        nearest: Shares = self._alike(words, others).max(axis=1)
        return np.clip(nearest, 0.0, 1.0)

    def _denied(self, words: Sequence[Word], weights: Shares, sentence: str) -> float:
        """Return the share of the words that a sentence has only with the other polarity; 0 where both deny one thing.

        "The dose need not be adjusted", "no dose adjustment": how far each denial reaches is the smaller difference.
        """
        others = self._read(sentence)
        if not words or not others:
            return 0.0
        wrong = []
        for word, row in zip(words, self._alike(words, others), strict=True):
            matches = [other.denied for other, value in zip(others, row, strict=True) if value >= ALIKE]
            if word.denied and True in matches:
                return 0.0
            wrong.append(bool(matches) and word.denied not in matches)
        return _mean(np.array(wrong), weights)


def plain(sentences: Sequence[str]) -> tuple[Said, ...]:
    """Return sentences as a text without headings."""
    return tuple(Said(sentence) for sentence in sentences)


def _mean(values: Shares | NDArray[np.bool_], weights: Shares) -> float:
    """Return the weighted mean, 1 where nothing weighs."""
    total = float(weights.sum())
    return float((values * weights).sum() / total) if total else 1.0
