"""How often a disagreement shown is one, how many of the known ones are shown, and what signs alone would do.

The panel is asked the osteoporosis questions of development and those of `bench/conflict_questions.txt`, over the
starter corpus. Each matter that it shows must be in the list of judged ones: what is not there counts as wrong. The
signs are judged on SciFact's claims and on K-QA's statements, cross-validated.

    python -m bench.conflicts [--record]
"""

import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from unittest.mock import patch

import numpy as np
import typer
from numpy.typing import NDArray

from bench.questions import SHARED, Question, osteoporosis
from bench.tables import conditions, record, table
from evals.conflict_judging import Labelled, cross_validated, features, fitted, kqa_pairs, scifact_pairs
from evals.intervals import Estimate, bootstrap, paired, percentile, wilson
from index.encoders.minilm_onnx import MiniLmOnnx
from index.encoders.models import model_folder
from index.search import Searcher
from qa.answer import Answer, Conflict, ConflictKind
from qa.answerer import Answerer
from qa.asked import Asked
from qa.cite import Citations
from qa.conflicts import conflicts_of
from qa.points import Span

ROOT = Path(__file__).resolve().parents[1]
JUDGED = ROOT / "tests/qa/conflicts_judged.jsonl"
QUESTIONS = ROOT / "bench/conflict_questions.txt"
WANTED = 0.8
Called = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Judged:
    """A matter that was read and judged: the documents on either side, and a question that should bring it."""

    matter: str
    kind: ConflictKind
    facts: str
    question: str
    subject: str
    a: frozenset[str]
    b: frozenset[str]
    is_true: bool

    def is_shown_by(self, conflict: Conflict, answer: Answer) -> bool:
        """Return whether a disagreement shown is this matter: kind, subject, and the documents of each side."""
        if conflict.kind is not self.kind or self.subject not in conflict.subject or len(conflict.sides) != 2:
            return False
        documents = {citation.n: citation.document for citation in answer.citations}
        first, second = (frozenset(documents[n] for n in side.claim.citations) for side in conflict.sides)
        return (first <= self.a and second <= self.b) or (first <= self.b and second <= self.a)


def judged(path: Path = JUDGED) -> list[Judged]:
    """Return the judged matters."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        Judged(
            *(row["matter"], ConflictKind(row["kind"]), row["facts"], row["question"], row["subject"]),
            *(frozenset(row["a"]), frozenset(row["b"]), row["true"]),
        )
        for row in rows
    ]


def asked(shared: Path) -> list[Question]:
    """Return the questions that the panel is judged on."""
    own = QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [*osteoporosis(shared), *(Question("conflicts", text) for text in own if text)]


def measure(
    home: Annotated[Path, typer.Option(help="A data folder that is set up.")] = Path(".curbside"),
    shared: Annotated[Path, typer.Option(help="The shared data folder.")] = SHARED,
    keep: Annotated[bool, typer.Option("--record", help="Write the tables into docs/measurements.md.")] = False,
) -> None:
    """Print precision and recall of the panel, its time, and precision and recall of signs alone."""
    text = "\n\n".join(
        (
            "### Where sources disagree",
            *_panel(Answerer(home), judged(), asked(shared)),
            *_signs(MiniLmOnnx(model_folder(home)), shared),
            conditions("onnxruntime", "numpy"),
        )
    )
    print(text)
    if keep:
        record("conflicts", text)


def _panel(answerer: Answerer, known: Sequence[Judged], questions: Sequence[Question]) -> Iterable[str]:
    """Yield the table of precision by kind, and lines on recall and time."""
    shown: dict[tuple[ConflictKind, str], bool] = {}
    entries: Counter[tuple[ConflictKind, bool]] = Counter()
    with_panel = 0
    for question in questions:
        answer = answerer.ask(question.text, question.history)
        with_panel += bool(answer.conflicts)
        for conflict in answer.conflicts:
            match = next((one for one in known if one.is_shown_by(conflict, answer)), None)
            right = match is not None and match.is_true
            entries[conflict.kind, right] += 1
            shown[conflict.kind, match.matter if match else f"not judged: {conflict.subject}"] = right
    rows = []
    for kind in (*ConflictKind, None):
        of_kind = [right for (one, _), right in shown.items() if kind in (None, one)]
        if of_kind:
            every = sum(n for (one, _), n in entries.items() if kind in (None, one))
            good = sum(n for (one, is_true), n in entries.items() if kind in (None, one) and is_true)
            precision = wilson(sum(of_kind), len(of_kind))
            rows.append((kind or "all", len(of_kind), precision.show(2), f"{good} of {every}"))
    yield f"{len(questions)} questions over the starter corpus, {with_panel} of them with a disagreement shown."
    yield table(("kind", "matters shown", "of them true (95 %)", "true of all entries shown"), rows)
    missing = [matter for (_, matter), right in shown.items() if not right]
    yield f"Not true, or not judged: {'; '.join(missing) or 'none'}."
    yield from _recall(answerer, known)
    yield _time(answerer, questions)


def _recall(answerer: Answerer, known: Sequence[Judged]) -> Iterable[str]:
    """Yield the shares of the real disagreements that a natural question brings, and those that it does not."""
    real = [one for one in known if one.is_true and one.question]
    found = {}
    for one in real:
        answer = answerer.ask(one.question)
        found[one.matter] = any(one.is_shown_by(conflict, answer) for conflict in answer.conflicts)
    stated = [one for one in real if one.facts]
    for name, members in (("named in the facts, both sides held", stated), ("found by reading, those included", real)):
        share = wilson(sum(found[one.matter] for one in members), len(members))
        yield f"Recall of the real ones {name}: {share.show(2)}, n = {len(members)}."
    yield f"Missed: {'; '.join(matter for matter, is_found in found.items() if not is_found) or 'none'}."


def _time(answerer: Answerer, questions: Sequence[Question]) -> str:
    """Return what the panel adds to a question in milliseconds of processor time, warm; 0 where nothing is answered."""
    spent: list[float] = []

    def timed(asked: Asked, searcher: Searcher, shown: Iterable[Span], citations: Citations) -> tuple[Conflict, ...]:
        began = time.process_time_ns()
        found = conflicts_of(asked, searcher, shown, citations)
        spent[-1] += (time.process_time_ns() - began) / 1e6
        return found

    with patch("qa.answerer.conflicts_of", timed):
        for question in questions:
            spent.append(0.0)
            answerer.ask(question.text, question.history)
    p50, p95 = (bootstrap(spent, percentile(p)).show(2) for p in (50, 95))
    return f"Time that it adds to a question, warm: p50 {p50} ms, p95 {p95} ms, n = {len(spent)}."


def _signs(encoder: MiniLmOnnx, shared: Path) -> Iterable[str]:
    """Yield the table of what signs alone do on labelled pairs."""
    sets = {"SciFact, claim and marked sentence": scifact_pairs(shared, encoder)}
    sets["K-QA, statement and nearest sentence"] = kqa_pairs(shared, encoder)
    known = next(iter(sets.values()))
    weights = fitted(features(known, encoder), _labels(known))
    rows = []
    for name, pairs in sets.items():
        signs, labels = features(pairs, encoder), _labels(pairs)
        any_sign = (signs[:, 3:7].sum(axis=1) > 0) & (signs[:, 1] >= 0.5)
        learned = cross_validated(signs, labels, [pair.group for pair in pairs], WANTED)
        for method, called in (
            ("any sign, cosine 0.5", any_sign),
            (f"learned, set for {WANTED}", learned.called),
            *([] if pairs is known else [("learned on SciFact, even odds", signs @ weights > 0)]),
        ):
            rows.append((name, f"{len(pairs)} ({labels.sum()})", method, int(called.sum()), *_both(called, labels)))
    yield "Signs alone, between any two sentences (cosine, shared words, denial, direction, numbers, antonyms):"
    yield table(("pairs", "n (contradictions)", "method", "called", "precision (95 %)", "recall (95 %)"), rows)


def _labels(pairs: Sequence[Labelled]) -> Called:
    return np.array([pair.contradicts for pair in pairs], bool)


def _both(called: Called, labels: Called) -> tuple[str, str]:
    """Return precision and recall with bootstrap intervals over pairs."""
    right = (called & labels).astype(float).tolist()
    return _share(right, called.astype(float).tolist()).show(2), _share(right, labels.astype(float).tolist()).show(2)


def _share(over: list[float], under: list[float]) -> Estimate:
    return paired([over, under], lambda drawn: float(drawn[0].sum() / max(1.0, drawn[1].sum())))


if __name__ == "__main__":
    typer.run(measure)
