"""Rationale: which sentences a model chooses, with which model, and what the models that are held have seen."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from qa import rationale
from qa.rationale import Learnt, Weights, choose, chosen, fold_of, given_one, learnt
from qa.rationale_signs import SIGNS

CLAIM = "Zelomab lowers fever."


class LikenessEncoder:
    """The claim has the cosine with each sentence that the sentence's last word says."""

    fingerprint = "likeness/1"
    dim = 2
    max_tokens = 64

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        cosines = np.array([1.0, *(float(text.split()[-1]) for text in texts[1:])])
        return np.stack([cosines, np.sqrt(1 - cosines**2)], axis=1).astype(np.float32)


def model(threshold: float = 0.5, intercept: float = 0.0, **weights: float) -> Weights:
    """Return a model of some signs."""
    return Weights(intercept=intercept, weights=dict.fromkeys(SIGNS, 0.0) | weights, threshold=threshold)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Learnt:
    """Put what is learnt in its place: the model prefers what is like the claim, the held-out ones first and last."""
    found = Learnt(
        model=model(likeness=20.0, intercept=-10.0),
        held_out=(model(way=-20.0, intercept=10.0), model(way=20.0, intercept=-10.0, threshold=0.6)),
        folds={"7": 0, "8": 1},
        rarity={},
        rarest=1.0,
    )
    monkeypatch.setattr(rationale, "learnt", lambda: found)
    return found


def test_a_probability_is_the_logistic_of_what_the_signs_add_up_to() -> None:
    shown = np.zeros((2, len(SIGNS)))
    shown[1, SIGNS.index("likeness")] = 0.5
    assert model(likeness=2.0, intercept=1.0).probabilities(shown).tolist() == [0.731059, 0.880797]


def test_given_that_one_bears_each_is_likelier() -> None:
    assert given_one(np.array([0.5, 0.5])).tolist() == [0.666667, 0.666667]
    assert given_one(np.array([0.2, 0.0])).tolist() == [1.0, 0.0]
    assert given_one(np.array([0.0, 0.0])).tolist() == [0.0, 0.0]


def test_what_reaches_the_threshold_is_chosen_and_the_likeliest_in_any_case() -> None:
    assert chosen(np.array([0.9, 0.1, 0.5]), 0.5) == (0, 2)
    assert chosen(np.array([0.01, 0.02, 0.01, 0.3, 0.3, 0.3]), 0.9) == (3, 4, 5)


def test_sentences_are_chosen_in_their_order_and_none_of_none(made: Learnt) -> None:
    text = ("It rose to 0.9", "It was 0.1", "It fell to 0.8")
    assert choose(CLAIM, text, "A trial", LikenessEncoder()) == (0, 2)
    assert choose(CLAIM, (), "A trial", LikenessEncoder()) == ()


def test_a_claim_that_was_learnt_from_is_chosen_for_by_the_model_that_left_it_out(made: Learnt) -> None:
    text = ("It was 0.1", "It rose to 0.9", "It was 0.1")
    assert choose(CLAIM, text, "A trial", LikenessEncoder(), fold=fold_of("7")) == (0, 1)
    assert choose(CLAIM, text, "A trial", LikenessEncoder(), fold=fold_of("8")) == (2,)
    assert choose(CLAIM, text, "A trial", LikenessEncoder(), fold=fold_of("9")) == (1,)


def test_what_comes_with_curbside_knows_every_sign_and_has_a_model_for_each_fold() -> None:
    found = learnt()
    assert all(set(one.weights) == set(SIGNS) for one in (found.model, *found.held_out))
    assert set(found.folds.values()) == set(range(len(found.held_out)))
    assert len({tuple(one.weights.values()) for one in (found.model, *found.held_out)}) == 1 + len(found.held_out)
    assert all(0 < value <= found.rarest for value in found.rarity.values())


def test_what_is_like_the_claim_concludes_and_shares_its_words_bears_on_it() -> None:
    text = (
        "Fever is common in children 0.3",
        "METHODS We randomized 815 children to zelomab or placebo 0.4",
        "CONCLUSIONS Zelomab significantly lowers fever in children 0.8",
    )
    assert choose(CLAIM, text, "Children with fever", LikenessEncoder()) == (2,)
