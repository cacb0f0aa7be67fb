"""Whether one sentence contradicts another, judged by signs alone: how well that does on pairs that people labelled."""

import csv
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.gold.scifact import abstracts
from evals.intervals import SEED
from index.encoders.base import Encoder
from qa.statements import Statement, statement

FOLDS = 5
_RIDGE = 1.0
_STEPS = 25
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_ANTONYMS = tuple(
    (re.compile(rf"\b(?:{left})\w*", re.IGNORECASE), re.compile(rf"\b(?:{right})\w*", re.IGNORECASE))
    for left, right in (
        ("increas|rais|higher|greater|more|elevat|upregulat", "decreas|reduc|lower|less|fewer|declin|downregulat"),
        ("activat|stimulat|promot|induc|enhanc", "inhibit|suppress|prevent|block|impair|attenuat"),
        ("improv|benefi|protect|effective", "wors|harm|ineffective|deteriorat"),
        ("safe", "unsafe|dangerous|toxic"),
        ("before|early", "after|late"),
        ("common|frequent|many|most", "rare|infrequent|few"),
        ("present|presence|possess|require", "absent|absence|lack|independent"),
        ("positive", "negative"),
        ("long|large|high", "short|small|low"),
    )
)
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Two sentences, and whether people said that they contradict each other; a group is kept in one fold."""

    group: str
    claim: str
    sentence: str
    contradicts: bool


@dataclass(frozen=True, slots=True)
class Operated:
    """Scores by pair, and which pairs were called contradictions at the threshold chosen on the other folds."""

    scores: Values
    called: NDArray[np.bool_]


def scifact_pairs(shared: Path, encoder: Encoder) -> list[Labelled]:
    """Return each training claim with the marked sentence nearest to it, for every abstract that bears on it."""
    texts = abstracts(shared)
    by_id = {re.sub(r"\D", "", key): sentences for key, (_, sentences) in texts.items()}
    found = []
    for line in (shared / "data/scifact/claims_train.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for one in row["evidence"]:
            marked = [by_id[one["doc"]][n] for n in one["sentences"]]
            found.append((row["id"], row["claim"], marked, one["label"] == "CONTRADICT"))
    return _nearest(found, encoder)


def kqa_pairs(shared: Path, encoder: Encoder) -> list[Labelled]:
    """Return each K-QA statement with the sentence of the answer nearest to it; three physicians labelled them."""
    with (shared / "data/gold/kqa_entailment.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [
        (row["Question"], row["claim"], _SENTENCE.split(row["answer"]), row["majority_label"] == "Contradiction")
        for row in rows
    ]
    return _nearest(found, encoder)


def _nearest(rows: Sequence[tuple[str, str, list[str], bool]], encoder: Encoder) -> list[Labelled]:
    flat = list(dict.fromkeys(text for _, claim, sentences, _ in rows for text in (claim, *sentences)))
    vectors = dict(zip(flat, encoder.encode(flat), strict=True))
    found = []
    for group, claim, sentences, contradicts in rows:
        best = max(sentences, key=lambda text: float(vectors[claim] @ vectors[text]))
        found.append(Labelled(group, claim, best, contradicts))
    return found


def features(pairs: Sequence[Labelled], encoder: Encoder) -> Values:
    """Return one row a pair: a constant, cosine, shared words, and whether denial, direction, numbers, antonyms differ.

    The last four stand there once more times the cosine.
    """
    texts = list(dict.fromkeys(text for pair in pairs for text in (pair.claim, pair.sentence)))
    vectors = dict(zip(texts, encoder.encode(texts), strict=True))
    rows = []
    for pair in pairs:
        a, b = statement(pair.claim), statement(pair.sentence)
        cosine = float(vectors[pair.claim] @ vectors[pair.sentence])
        shared = len(a.words & b.words) / max(1, len(a.words))
        signs = (a.negated != b.negated, _turned(a, b), _other_numbers(a, b), antonyms(pair.claim, pair.sentence) > 0)
        rows.append([1.0, cosine, shared, *map(float, signs), *(cosine * sign for sign in signs)])
    return np.array(rows, np.float64)


def antonyms(a: str, b: str) -> int:
    """Return how many pairs of opposites stand one in each text, neither text holding both."""
    count = 0
    for left, right in _ANTONYMS:
        first = bool(left.search(a)), bool(right.search(a))
        second = bool(left.search(b)), bool(right.search(b))
        count += first != second and sum(first) == 1 and sum(second) == 1
    return count


def _turned(a: Statement, b: Statement) -> bool:
    return a.direction != b.direction and sum(a.direction) == 1 and sum(b.direction) == 1


def _other_numbers(a: Statement, b: Statement) -> bool:
    return bool(a.numbers and b.numbers) and not a.numbers & b.numbers


def fitted(rows: Values, labels: NDArray[np.bool_]) -> Values:
    """Return the weights of a logistic model with a ridge on all but the constant, by Newton's method."""
    weights = np.zeros(rows.shape[1])
    ridge = np.full(rows.shape[1], _RIDGE)
    ridge[0] = 0.0
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (p - labels) + ridge * weights
        curvature = (rows.T * (p * (1 - p))) @ rows + np.diag(ridge + 1e-9)
        weights = weights - np.linalg.solve(curvature, gradient)
    return weights


def cross_validated(rows: Values, labels: NDArray[np.bool_], groups: Iterable[str], wanted: float) -> Operated:
    """Return scores and calls of pairs by models fitted to the other folds; the threshold is the lowest of theirs that
    reaches the precision wanted there, or where none does, one that calls nothing. Groups are not torn apart.
    """
    names = sorted(set(groups := list(groups)))
    order = np.random.default_rng(SEED).permutation(len(names))
    fold_of = {names[at]: place % FOLDS for place, at in enumerate(order.tolist())}
    folds = np.array([fold_of[group] for group in groups])
    scores, called = np.zeros(len(labels)), np.zeros(len(labels), bool)
    for fold in range(FOLDS):
        held = folds == fold
        weights = fitted(rows[~held], labels[~held])
        scores[held] = rows[held] @ weights
        called[held] = scores[held] >= threshold(rows[~held] @ weights, labels[~held], wanted)
    return Operated(scores, called)


def threshold(scores: Values, labels: NDArray[np.bool_], wanted: float) -> float:
    """Return the lowest score from which at least `wanted` of the pairs are positive, infinity where there is none."""
    order = np.argsort(-scores, kind="stable")
    precision = np.cumsum(labels[order]) / np.arange(1, len(labels) + 1)
    good = np.flatnonzero(precision >= wanted)
    return float(scores[order[good[-1]]]) if len(good) else float("inf")
