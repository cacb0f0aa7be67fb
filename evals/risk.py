"""Risk against coverage for the report: the curve of a set that has questions without an answer, with its interval."""

from collections.abc import Sequence
from random import Random

import numpy as np

from evals.gold.base import GoldSet
from evals.measures.refusals import risk_coverage
from evals.outcome import Outcome
from evals.report import RiskCurve, Value

MEASURE = "refusals"
# A curve is sorted anew for every draw: fewer than for figures are enough for an interval of an area.
DRAWS = 300
ABOUT = (
    "Of the questions answered first by confidence, the share that has no answer in the corpus "
    "(El-Yaniv and Wiener 2010); AURC is its mean over all coverages (Geifman and others 2019), 0 to 1, lower is "
    "better."
)


def risk_curves(gold: GoldSet, outcomes: Sequence[Outcome], seed: int) -> tuple[RiskCurve, ...]:
    """Return the curve of a set whose refusals are measured, none otherwise; outcomes stand in the questions' order."""
    questions = gold.questions
    if MEASURE not in gold.measures or all(question.answerable for question in questions):
        return ()
    curve = risk_coverage(questions, outcomes)
    draw = Random(seed)
    areas = []
    for _ in range(DRAWS):
        places = draw.choices(range(len(questions)), k=len(questions))
        areas.append(risk_coverage([questions[n] for n in places], [outcomes[n] for n in places]).aurc)
    low, high = np.percentile(areas, [2.5, 97.5])
    return (
        RiskCurve(
            name=gold.name,
            about=ABOUT,
            points=tuple((point.coverage, point.risk) for point in curve.points),
            aurc=Value(n=len(questions), value=curve.aurc, low=float(low), high=float(high)),
        ),
    )
