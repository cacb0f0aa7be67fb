"""A report of two small sets made by hand: an honest measure, one that notices nothing, failures, risks, a refusal."""

from collections.abc import Mapping
from dataclasses import replace

from evals.gold.base import GoldQuestion, GoldSet, Task
from evals.measures.base import Figure, Measure, Share
from evals.measures.retrieval import MEASURE
from evals.outcome import FoundPassage, Outcome
from evals.report import Report, RiskCurve, Value
from evals.reporting import SetRun, build_report, measure_set
from tests.made_answers import answer, one_claim

SCRIPT = '<script>alert("x")</script>'


class Blind:
    """A measure that gives every question 1, whatever was found."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (
            Figure("always", "1 for every question", falls_under=("passages swapped", "numbers altered")),
            Figure("errors", "questions that failed; 0 to 1", better="lower"),
        )

    def shares(self, question: GoldQuestion, outcome: Outcome) -> Mapping[str, Share]:
        return {"always": Share(1), "errors": Share(float(bool(outcome.error)))}


def gold(count: int = 12) -> GoldSet:
    """Return questions q0, q1, … of which one document each answers; the twelfth holds a script."""
    questions = [
        GoldQuestion(
            f"q{n}",
            f"Question {n} {SCRIPT if n == 11 else ''}".strip(),
            type="dose" if n % 2 else "harm",
            relevant={f"pmid:{n}": 1},
            required=(f"Take {n + 10} mg.",),
        )
        for n in range(count)
    ]
    tasks = frozenset({Task.SEARCH, Task.ANSWER})
    return GoldSet("made", "Made by hand.", tuple(questions), tasks, ("retrieval", "blind"))


def outcomes(count: int = 12, *, right: int = 9) -> list[Outcome]:
    """Return an outcome for each question: the first `right` found the right document, the last failed."""
    found = []
    for n in range(count):
        key = f"pmid:{n}" if n < right else "pmid:none"
        passage = FoundPassage(key, f"{key}#1", "2.1", "Dosage", "", 0.9)
        said = one_claim(f"Question {n}", key, f"Take {n + 10} mg.") if n < right else answer(f"Question {n}")
        found.append(Outcome(f"q{n}", run=(key, "pmid:x"), passages=(passage,), answer=said, ms=10.0 * (n + 1)))
    found[-1] = Outcome(f"q{count - 1}", ms=900.0, error=f"timed out {SCRIPT}")
    return found


def report(*, right: int = 9, created: str = "2026-11-25T10:00:00+00:00") -> Report:
    """Return the report of the set, and of another of three questions that has no types and no times."""
    measures: dict[str, Measure] = {"retrieval": MEASURE, "blind": Blind()}
    first = measure_set(gold(), outcomes(right=right), measures)
    small = replace(gold(3), name="small <set>", about="No types.", measures=("retrieval",))
    untyped = replace(small, questions=tuple(replace(one, type="") for one in small.questions))
    second = measure_set(untyped, [replace(one, ms=0.0) for one in outcomes(4)[:3]], {"retrieval": MEASURE})
    curve = RiskCurve(
        name="answers",
        about="By the confidence of the answer.",
        points=((0.5, 0.1), (1.0, 0.3)),
        aurc=Value(n=12, value=0.2, low=0.1, high=0.3),
    )
    runs = [
        SetRun(
            first,
            fingerprints={"corpus": "c" * 64, "encoder": "minilm int8"},
            resident_mib=512.0,
            wanted={"Hit@1": 0.5, "nDCG@10": 0.99, "always": 0.5},
            notes={"blind": "matcher's kappa 0.41, stated 0.60"},
            risks=[curve],
            remarks=["Asked of a corpus of its own."],
        ),
        SetRun(second),
    ]
    return build_report(
        runs,
        command="curbside eval --gold made",
        seconds=12.5,
        fingerprints={"code": "abc123"},
        created=created,
    )
