from dataclasses import replace

import pytest

from evals.gold.base import GoldQuestion
from evals.measures.refusals import EXPECTED, MEASURE, OVER_REFUSAL, PRECISION, RECALL, risk_coverage
from evals.outcome import Outcome
from qa.answer import Status
from tests.made_answers import answer

ANSWERABLE = GoldQuestion("a", "What is zelomab indicated for?")
UNANSWERABLE = GoldQuestion("u", "What do sharks eat?", answerable=False)


def outcome(status: Status, confidence: float = 0.0) -> Outcome:
    """Return what came of a question that was met in this way."""
    return Outcome("a", answer=replace(answer("a", ("Said.", ())), status=status, confidence=confidence))


def added(question: GoldQuestion, status: Status) -> dict[str, tuple[float, float]]:
    """Return value and weight that the question adds to each figure."""
    return {name: (one.value, one.of) for name, one in MEASURE.shares(question, outcome(status)).items()}


def test_an_answer_to_what_has_one_is_right() -> None:
    assert added(ANSWERABLE, Status.ANSWERED) == {OVER_REFUSAL: (0, 1)}


@pytest.mark.parametrize("status", [Status.REFUSED, Status.DECLINED])
def test_what_has_an_answer_and_is_refused_or_declined_is_wrong_twice(status: Status) -> None:
    assert added(ANSWERABLE, status) == {PRECISION: (0, 1), OVER_REFUSAL: (1, 1)}


@pytest.mark.parametrize("status", [Status.REFUSED, Status.DECLINED])
def test_what_has_no_answer_is_rightly_refused(status: Status) -> None:
    assert added(UNANSWERABLE, status) == {PRECISION: (1, 1), RECALL: (1, 1)}


def test_what_has_no_answer_and_is_answered_is_missed() -> None:
    assert added(UNANSWERABLE, Status.ANSWERED) == {RECALL: (0, 1)}


def test_an_emergency_is_not_answered_and_not_refused() -> None:
    question = replace(UNANSWERABLE, expects="emergency")
    assert added(question, Status.EMERGENCY) == {RECALL: (1, 1), EXPECTED: (1, 1)}
    assert added(question, Status.REFUSED) == {PRECISION: (1, 1), RECALL: (1, 1), EXPECTED: (0, 1)}


def test_what_is_expected_to_be_answered_has_an_answer_whatever_its_set_calls_it() -> None:
    question = replace(UNANSWERABLE, expects="answered")
    assert added(question, Status.ANSWERED) == {OVER_REFUSAL: (0, 1), EXPECTED: (1, 1)}


@pytest.mark.parametrize("failed", [Outcome("a", error="took too long"), Outcome("a")])
def test_a_failure_is_wrong_in_every_figure(failed: Outcome) -> None:
    assert {n: s.value for n, s in MEASURE.shares(ANSWERABLE, failed).items()} == {PRECISION: 0, OVER_REFUSAL: 1}
    expected = replace(UNANSWERABLE, expects="declined")
    assert {n: s.value for n, s in MEASURE.shares(expected, failed).items()} == {RECALL: 0, EXPECTED: 0}


def test_every_figure_that_a_question_adds_to_is_defined() -> None:
    names = [figure.name for figure in MEASURE.figures]
    assert names == [PRECISION, RECALL, OVER_REFUSAL, EXPECTED]
    assert set(MEASURE.shares(replace(UNANSWERABLE, expects="declined"), outcome(Status.DECLINED))) <= set(names)


def test_the_curve_covers_the_surest_answers_first() -> None:
    questions = [ANSWERABLE, UNANSWERABLE, ANSWERABLE, UNANSWERABLE]
    outcomes = [outcome(Status.ANSWERED, c) for c in (0.9, 0.8, 0.7, 0.2)]
    curve = risk_coverage(questions, outcomes)
    assert [(p.confidence, p.coverage) for p in curve.points] == [(0.9, 0.25), (0.8, 0.5), (0.7, 0.75), (0.2, 1.0)]
    assert [p.risk for p in curve.points] == pytest.approx([0, 1 / 2, 1 / 3, 1 / 2])
    assert curve.aurc == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


def test_equal_confidences_are_covered_together_in_whatever_order_they_come() -> None:
    outcomes = [outcome(Status.ANSWERED, 0.5), outcome(Status.ANSWERED, 0.5), outcome(Status.REFUSED)]
    curve = risk_coverage([ANSWERABLE, UNANSWERABLE, UNANSWERABLE], outcomes)
    assert [(p.coverage, p.risk) for p in curve.points] == [(pytest.approx(2 / 3), 0.5), (1.0, pytest.approx(2 / 3))]
    assert curve.aurc == pytest.approx((0.5 + 0.5 + 2 / 3) / 3)
    assert risk_coverage([UNANSWERABLE, ANSWERABLE, UNANSWERABLE], outcomes) == curve


def test_a_failure_is_covered_last() -> None:
    failed = replace(outcome(Status.ANSWERED, 0.9), error="took too long")
    curve = risk_coverage([UNANSWERABLE, ANSWERABLE], [failed, outcome(Status.ANSWERED, 0.1)])
    assert [(p.confidence, p.risk) for p in curve.points] == [(0.1, 0.0), (0.0, 0.5)]


def test_no_questions_have_no_curve() -> None:
    with pytest.raises(ValueError, match="no questions"):
        risk_coverage([], [])
