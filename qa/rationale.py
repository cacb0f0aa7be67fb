"""Rationale: which sentences of a text bear on a claim or question, by a logistic model over `rationale_signs`.

The weights are learnt from SciFact's training claims (`python -m bench.rationale --write`); docs/sentence-choice.md
has what was measured. For each fifth of these claims there are weights that were learnt without it, so that an
evaluation never meets a claim, or an abstract, that its weights have seen.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from index.encoders.base import Encoder
from qa.rationale_signs import SIGNS, Claim, Table, claim_of, signs, stages_of

WEIGHTS_FILE = Path(__file__).with_name("rationale.json")
# Probabilities are rounded, so that a sum taken in another order chooses the same sentences.
DIGITS = 6


class Weights(BaseModel):
    """A logistic model: what each sign adds to the log-odds, and the probability from which a sentence is chosen."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    intercept: float
    weights: dict[str, float]
    threshold: float

    def probabilities(self, shown: Table) -> Table:
        """Return for each row of signs the probability that the sentence bears on the claim, rounded."""
        weights = np.array([self.weights[name] for name in SIGNS])
        return _rounded(1 / (1 + np.exp(-(shown @ weights + self.intercept))))


class Learnt(BaseModel):
    """All that is learnt: the model, those that each leave out a fifth of the claims, and what words are worth.

    `rarity` is ln of (sentences + 1) / (sentences with the stem + 0.5) over SciFact's abstracts, for frequent stems.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: Weights
    held_out: tuple[Weights, ...]
    folds: dict[str, int]
    rarity: dict[str, float]
    rarest: float

    def claim(self, text: str) -> Claim:
        """Return a claim or question made ready."""
        return claim_of(text, self.rarity, self.rarest)


@cache
def learnt() -> Learnt:
    """Return what comes with Curbside."""
    return Learnt.model_validate_json(WEIGHTS_FILE.read_bytes())


def fold_of(claim_id: str) -> int | None:
    """Return which of the held-out models has not seen a claim of SciFact, None where no model has seen it."""
    return learnt().folds.get(claim_id)


def choose(
    text: str, sentences: Sequence[str], title: str, encoder: Encoder, *, fold: int | None = None
) -> tuple[int, ...]:
    """Return the numbers of the sentences, in order, that bear on a claim or question; at least one of any.

    The text is taken to hold one that does: it is the right abstract. `fold` names the held-out model to choose with.
    """
    if not sentences:
        return ()
    vectors = encoder.encode([text, *sentences]).astype(np.float64)
    weights = learnt().model if fold is None else learnt().held_out[fold]
    shown = signs(learnt().claim(text), vectors[1:] @ vectors[0], sentences, stages_of(sentences), [title], [0])
    return chosen(weights.probabilities(shown), weights.threshold)


def chosen(probabilities: Table, threshold: float) -> tuple[int, ...]:
    """Return the numbers of the sentences at or above the threshold, given that one bears, and the likeliest."""
    given = given_one(probabilities)
    return tuple(np.flatnonzero((given >= threshold) | (given == given.max())).tolist())


def given_one(probabilities: Table) -> Table:
    """Return the probabilities given that at least one bears, were they independent: p / (1 - ∏(1 - p))."""
    none = float(np.prod(1 - probabilities))
    return _rounded(probabilities / (1 - none)) if none < 1 else probabilities


def _rounded(values: Table) -> Table:
    rounded: Table = np.round(values, DIGITS)
    return rounded
