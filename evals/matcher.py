"""The matcher: whether a text states a fact, or says the contrary. How far it is to be trusted, `judging` tells.

A small logistic model over six features, fitted to physicians' judgements (`python -m bench.matcher`), says how
likely; rules about numbers and polarity, which no embedding sees, can forbid it, and numbers alone can prove it.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evals.matcher_features import LEARNED, Features, Reader, Said
from evals.matcher_words import NOBODY, Aliases, aliases
from index.encoders.base import Encoder
from index.snapshot import Snapshot

FILE = Path(__file__).with_name("matcher_model.json")
DENIED = 0.25  # of a fact's words; more, and the sentence says the contrary
STRICT = 0.75  # the score from which a forbidden fact is taken for said: a false alarm there would be worse than a miss
STRICT_WORD = 0.7  # how well each of its words must be met
PROVING = 2  # strong numbers that, all met beside each other, prove a fact whose words are half met
HALF = 0.5
# "2 to 8 C in the carton; up to 30 days at 25 C" are two facts.
_PARTS = re.compile(r";\s+")


@dataclass(frozen=True, slots=True)
class Model:
    """The learned part: P(stated) = 1 / (1 + exp(-(bias + weights · features))), stated from `threshold` on.

    `words` are weights of frequent words by stem: log((n + 1) / (df + 1)) / log(n + 1) over n texts; others weigh 1.
    """

    bias: float
    weights: Mapping[str, float]
    threshold: float
    words: Mapping[str, float]

    def probability(self, features: Features) -> float:
        """Return the likelihood that the fact is stated, 0 to 1."""
        values = zip(LEARNED, features.learned(), strict=True)
        return 1 / (1 + math.exp(-self.bias - sum(self.weights[name] * float(value) for name, value in values)))


@dataclass(frozen=True, slots=True)
class Match:
    """Whether a text states a fact; of a fact in parts, what holds of the part stated least.

    `score` is from 0 to 1; `sentence` the one nearest to the fact, "" where the text has none.
    """

    score: float
    stated: bool
    sentence: str


class Matcher:
    """Decides with one encoder and one model; what it has read is kept, so that an answer is encoded once."""

    def __init__(
        self, encoder: Encoder, model: Model | None = None, known: Aliases = NOBODY, reader: Reader | None = None
    ) -> None:
        self._model = model or shipped()
        self._reader = reader or Reader(encoder, self._model.words, known)

    def states(self, fact: str, text: Sequence[Said], asked: str = "", *, strict: bool = False) -> Match:
        """Return whether a text states a fact, all its parts; `asked` is the question that the text answers.

        `strict` is for facts that must not be said: each word must be met and nothing denied.
        """
        if not text:
            return Match(0.0, False, "")
        found = [self._part(part, text, asked, strict) for part in _PARTS.split(fact.strip()) if part]
        return min(found, key=lambda match: (match.stated, match.score))

    def contradicts(self, fact: str, text: Sequence[Said], asked: str = "") -> bool:
        """Return whether the sentence nearest to a fact speaks of the same and says the contrary."""
        if not text:
            return False
        seen = self._reader.features(fact, text, asked)
        alike = seen.cosine >= 0.6 and seen.window >= 0.75
        return alike and (seen.denied > DENIED or seen.against)

    def _part(self, fact: str, text: Sequence[Said], asked: str, strict: bool) -> Match:
        seen = self._reader.features(fact, text, asked)
        score = self._model.probability(seen)
        sentence = text[seen.best].text
        if not allowed(seen):
            return Match(min(score, self._model.threshold / 2), False, sentence)
        if strict:
            met = seen.worst >= STRICT_WORD and seen.denied == 0 and seen.numbers == 1
            return Match(score, met and score >= STRICT, sentence)
        if proved(seen):
            return Match(max(score, seen.window), True, sentence)
        return Match(score, score >= self._model.threshold, sentence)


def allowed(seen: Features) -> bool:
    """Return whether no rule forbids that the fact is stated.

    Decimals, percentages and amounts must stand beside the nearest sentence, other numbers somewhere in the text.
    """
    return seen.numbers == 1 and not seen.against and seen.denied <= DENIED


def proved(seen: Features) -> bool:
    """Return whether what is allowed needs no model: figures met beside each other, or every word of a short note."""
    return seen.denied == 0 and (seen.all_words or (seen.strong >= PROVING and seen.window >= HALF))


@cache
def shipped() -> Model:
    """Return the model that comes with Curbside."""
    return model_of(json.loads(FILE.read_text(encoding="utf-8")))


def model_of(raw: Mapping[str, object]) -> Model:
    """Return the model of its JSON. Raises ValueError where it weighs other features than are seen."""
    from pydantic import TypeAdapter

    model = TypeAdapter(Model).validate_python(raw)
    if set(model.weights) != set(LEARNED):
        raise ValueError(
            f"the model weighs {sorted(model.weights)}, expected {sorted(LEARNED)}: run python -m bench.matcher"
        )
    return model


def matcher(encoder: Encoder, snapshot: Snapshot | None) -> Matcher:
    """Return the matcher that comes with Curbside, which knows drugs by all their names."""
    return Matcher(encoder, known=aliases(snapshot))
