"""Follow-ups measured: recall by form, and agreement with the form by hand, worked out by hand."""

import pytest

from evals.gold.base import GoldQuestion
from evals.measures.base import Share
from evals.measures.followups import ENTITIES, F1, MEASURE, content, recall, token_f1
from evals.outcome import Outcome

QUESTION = GoldQuestion(
    "d1.2",
    "And in men?",
    history=("Is drug X safe?",),
    standalone="Is drug X safe in men?",
    relevant={"a": 1, "b": 1},
)


def test_each_form_has_its_own_recall() -> None:
    runs = {"ours": ("z", "b", "a"), "by hand": ("a",), "raw": ()}
    shares = MEASURE.shares(QUESTION, Outcome("d1.2", runs=runs, standalone="Is drug X safe in men?"))
    assert [shares[f"Recall@10 {form}"] for form in ("ours", "by hand", "raw")] == [Share(1.0), Share(0.5), Share(0.0)]
    assert shares[F1] == Share(1.0)


def test_a_document_behind_the_tenth_is_not_found() -> None:
    run = (*"cdefghijk", "a")
    assert recall(run, {"a": 1}) == 1.0
    assert recall(("z", *run), {"a": 1}) == 0.0


def test_token_f1_counts_a_word_as_often_as_it_stands_in_both() -> None:
    """Shared "the", "dose": 2 of 3 words of ours, 2 of 5 by hand: 2 x 2 / (3 + 5)."""
    assert token_f1("The dose now", "the dose of the drug") == pytest.approx(0.5)
    assert token_f1("", "the dose") == 0.0


def test_what_a_person_added_must_be_in_our_form_too() -> None:
    """By hand adds drug, x, safe to "in men"; ours has x and safe."""
    shares = MEASURE.shares(QUESTION, Outcome("d1.2", standalone="Is X safer? Is X safe in men?"))
    assert shares[ENTITIES] == Share(2, 3)
    assert content("The doses of it") == {"dose"}


def test_what_opens_a_conversation_or_stands_alone_is_not_counted() -> None:
    assert MEASURE.shares(GoldQuestion("q", "What is X?", standalone="What is X?"), Outcome("q")) == {}
    assert MEASURE.shares(GoldQuestion("q", "And Y?", history=("What is X?",)), Outcome("q")) == {}


def test_a_failure_finds_nothing() -> None:
    shares = MEASURE.shares(QUESTION, Outcome("d1.2", error="took too long"))
    assert {share.value for share in shares.values()} == {0.0}
    assert set(shares) == {figure.name for figure in MEASURE.figures}
