"""Refusals: whether what has no answer is refused and what has one is not, and whether confidence tells them apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from evals.gold.base import GoldQuestion
from evals.measures.base import Figure, Sabotage, Share
from evals.outcome import Outcome
from qa.answer import Status

PRECISION = "refusal precision"
RECALL = "refusal recall"
OVER_REFUSAL = "over-refusal"
EXPECTED = "emergency and declined as expected"
_FALLS: tuple[Sabotage, ...] = ("passages swapped",)


@dataclass(frozen=True, slots=True)
class Refusals:
    """Counts how questions were met. Declined is refused; an emergency met as one is neither answered nor refused."""

    figures: tuple[Figure, ...] = (
        Figure(
            PRECISION, "Of the questions refused or declined, the share without an answer; 0 to 1.", "higher", _FALLS
        ),
        Figure(RECALL, "Of the questions without an answer, the share not answered; 0 to 1.", "higher", _FALLS),
        Figure(
            OVER_REFUSAL, "Of the questions with an answer, the share refused or declined; 0 to 1.", "lower", _FALLS
        ),
        Figure(EXPECTED, "Of the questions to be met in one way, the share met so; 0 to 1.", "higher", _FALLS),
    )

    def shares(self, question: GoldQuestion, outcome: Outcome) -> Mapping[str, Share]:
        """Return what the question adds; one that failed counts as refused where it has an answer, else as answered."""
        has_answer = _has_answer(question)
        status = None if outcome.answer is None or outcome.error else outcome.answer.status
        refused = has_answer if status is None else status in (Status.REFUSED, Status.DECLINED)
        found: dict[str, Share] = {}
        if refused:
            found[PRECISION] = Share(not has_answer)
        if has_answer:
            found[OVER_REFUSAL] = Share(refused)
        else:
            found[RECALL] = Share(status not in (None, Status.ANSWERED))
        if question.expects:
            found[EXPECTED] = Share(status == question.expects)
        return found


MEASURE = Refusals()


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What comes of answering only what is at least as sure as `confidence`.

    `coverage` is the share of all questions that is answered, `risk` the share of those that have no answer.
    """

    confidence: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """The curve, from the surest answers to all, and the area under it (0 to 1, lower is better)."""

    points: tuple[CurvePoint, ...]
    aurc: float


def risk_coverage(questions: Sequence[GoldQuestion], outcomes: Iterable[Outcome]) -> RiskCoverage:
    """Return the risk at every coverage (El-Yaniv & Wiener 2010) and its mean over questions (AURC).

    AURC as Geifman and others define it ("Bias-reduced uncertainty estimation", ICLR 2019).
    Questions are ordered by the confidence of their answers; equal ones are covered together. What was refused for
    want of confidence has a place by it; what was met before evidence, or failed, has confidence 0 and comes last.
    The outcomes stand in the questions' order. Raises ValueError for no questions.
    """
    if not questions:
        raise ValueError("found no questions, expected at least 1: a curve has no points without them")
    pairs = sorted(
        ((_confidence(outcome), _has_answer(question)) for question, outcome in zip(questions, outcomes, strict=True)),
        key=lambda pair: -pair[0],
    )
    points: list[CurvePoint] = []
    covered = wrong = 0
    area = 0.0
    for confidence, group in groupby(pairs, key=lambda pair: pair[0]):
        members = [has_answer for _, has_answer in group]
        covered += len(members)
        wrong += members.count(False)
        points.append(CurvePoint(confidence, covered / len(pairs), wrong / covered))
        area += wrong / covered * len(members)
    return RiskCoverage(tuple(points), area / len(pairs))


def _confidence(outcome: Outcome) -> float:
    return 0.0 if outcome.answer is None or outcome.error else outcome.answer.confidence


def _has_answer(question: GoldQuestion) -> bool:
    """Return whether it is to be answered: what its set calls unanswerable may still be met with what sources say."""
    return question.answerable or question.expects == Status.ANSWERED
