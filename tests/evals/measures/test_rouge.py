"""ROUGE of an answer with ideal ones: the words that count, and what counts as nothing."""

import pytest

from evals.gold.base import GoldQuestion
from evals.measures.base import Share
from evals.measures.rouge import MAX_WORDS, MEASURE
from evals.outcome import Outcome
from tests.made_answers import answer, one_claim

QUESTION = GoldQuestion("q1", "What?", ideal=("x y z", "a b c d"))


def test_the_nearest_ideal_answer_counts() -> None:
    shares = MEASURE.shares(QUESTION, Outcome("q1", answer=one_claim("What?", "label", "a b c d")))
    assert list(shares) == ["ROUGE-2 recall", "ROUGE-2 F1", "ROUGE-SU4 recall", "ROUGE-SU4 F1"]
    assert all(share == Share(1.0) for share in shares.values())


def test_words_past_the_limit_do_not_count() -> None:
    long = " ".join(["w"] * MAX_WORDS + ["a b c d"])
    assert MEASURE.shares(QUESTION, Outcome("q1", answer=one_claim("What?", "label", long)))["ROUGE-2 F1"].value == 0


@pytest.mark.parametrize("outcome", [Outcome("q1", error="it broke"), Outcome("q1", answer=answer("What?"))])
def test_a_refusal_and_a_failure_count_0(outcome: Outcome) -> None:
    assert {share.value for share in MEASURE.shares(QUESTION, outcome).values()} == {0.0}


def test_a_question_without_ideal_answers_adds_nothing() -> None:
    assert MEASURE.shares(GoldQuestion("q2", "What?"), Outcome("q2", error="it broke")) == {}
