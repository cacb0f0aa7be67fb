"""Sentences that bear on a claim: their weights learnt, and measured held out. `python -m bench.rationale`.

SciFact's training claims, each with every abstract in which people marked sentences for it: precision, recall and
F1 over all sentences together (micro-averaged), the union of a claim's marked groups being gold, as the sentence
selection of Wadden et al. 2020 given the right abstracts. Claims that share an abstract, by whatever chain, are in
one of five folds; the model and its threshold for a fold come from the four others alone.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from bench.homes import encoder_at
from bench.questions import SHARED
from bench.tables import conditions, record, table
from evals.gold import scifact
from evals.gold.base import GoldQuestion
from evals.intervals import Estimate, paired
from index.encoders.base import Encoder
from index.tokens import tokens
from index.vectors import VectorCache
from qa.rationale import WEIGHTS_FILE, Learnt, Weights, chosen
from qa.rationale_signs import SIGNS, claim_of, signs, stages_of

FOLDS = 5
RIDGE = 10.0  # on the standardised signs
FREQUENT = 200  # a stem in fewer sentences is worth as much as the rarest
RAREST = 6.0
THRESHOLDS = np.round(np.arange(0.2, 0.5, 0.02), 2)
WANTED = 0.58
Table = NDArray[np.float64]
# What is measured without some of the signs, or with few.
LEXICAL = ("terms", "terms_z", "terms_gap", "own_terms", "own_share")
RELATIVE = ("likeness_z", "likeness_gap", "terms_z", "terms_gap")
TURNS = ("concludes", "finds", "tells_method", "sets_up", "figures", "points_back", "direction", "denies")
PLACE = ("background", "methods", "results", "conclusions", "way", "from_end", "count", "length")
WITHOUT = {
    "what compares with the rest of the abstract": RELATIVE,
    "vectors": ("likeness", "likeness_z", "likeness_gap"),
    "shared terms": LEXICAL,
    "turns of phrase": TURNS,
    "place and length": PLACE,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and one of its abstracts: what each sentence shows, and which are marked."""

    claim: str
    fold: int
    shown: Table
    marked: NDArray[np.bool_]


def measure(
    cache: Annotated[Path, typer.Option(help="Data folder of the benchmark; vectors are kept in it.")] = Path(".bench"),
    threads: Annotated[int, typer.Option(min=1)] = 2,
    shared: Annotated[Path, typer.Option(help="The shared data folder.")] = SHARED,
    write: Annotated[bool, typer.Option("--write", help="Write the weights into qa/rationale.json.")] = False,
    keep: Annotated[bool, typer.Option("--record", help="Write the table into docs/measurements.md.")] = False,
) -> None:
    """Print precision, recall and F1 with 95 % intervals, of all signs and without some."""
    encoder = encoder_at(cache, "int8", threads)
    questions, abstracts = scifact.load(shared).questions, scifact.abstracts(shared)
    folds = folds_of(questions)
    rarity = rarity_of(sentence for _, sentences in abstracts.values() for sentence in sentences)
    with VectorCache(cache / "rationale", encoder, np.float32) as vectors:
        pairs = pairs_of(questions, abstracts, folds, rarity, vectors.vectors)
    learnt = learn(pairs, folds, rarity)
    text = "\n\n".join(("### Sentences that bear on a claim", _about(pairs, encoder), _table(pairs), conditions()))
    print(text)
    if keep:
        record("rationale", text)
    if write:
        WEIGHTS_FILE.write_text(learnt.model_dump_json(indent=1) + "\n", encoding="utf-8")
    elif not WEIGHTS_FILE.exists() or Learnt.model_validate_json(WEIGHTS_FILE.read_bytes()) != learnt:
        print(f"\n{WEIGHTS_FILE.name} holds other weights than these: --write writes them.")


def folds_of(questions: Iterable[GoldQuestion]) -> dict[str, int]:
    """Return the fold of each claim: by the hash of the first id among all claims that shared abstracts join."""
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        while parents.setdefault(name, name) != name:
            name = parents[name]
        return name

    claims = [(question.id, sorted(question.relevant)) for question in questions]
    for claim, cited in claims:
        for key in cited:
            parents[root(key)] = root(f"claim {claim}")
    first: dict[str, str] = {}
    for claim, _ in claims:
        joined = root(f"claim {claim}")
        first[joined] = min(first.get(joined, claim), claim)
    return {claim: _hash(first[root(f"claim {claim}")]) % FOLDS for claim, _ in claims}


def rarity_of(sentences: Iterable[str]) -> dict[str, float]:
    """Return for each stem in FREQUENT sentences and more the logarithm of its inverse frequency, one decimal."""
    counts: Counter[str] = Counter()
    total = 0
    for sentence in sentences:
        counts.update(set(tokens(sentence)))
        total += 1
    return {stem: round(math.log((total + 1) / (n + 0.5)), 1) for stem, n in sorted(counts.items()) if n >= FREQUENT}


def pairs_of(
    questions: Iterable[GoldQuestion],
    abstracts: dict[str, tuple[str, tuple[str, ...]]],
    folds: dict[str, int],
    rarity: dict[str, float],
    encode: Callable[[Sequence[str]], NDArray[np.float32]],
) -> list[Pair]:
    """Return every claim with every abstract in which sentences are marked for it."""
    found = []
    for question in questions:
        for key, numbers in question.rationale.items():
            title, sentences = abstracts[key]
            vectors = encode([question.text, *sentences]).astype(np.float64)
            claim = claim_of(question.text, rarity, RAREST)
            shown = signs(claim, vectors[1:] @ vectors[0], sentences, stages_of(sentences), [title], [0])
            marked = np.isin(np.arange(len(sentences)), numbers)
            found.append(Pair(question.id, folds[question.id], shown, marked))
    return found


def learn(pairs: Sequence[Pair], folds: dict[str, int], rarity: dict[str, float]) -> Learnt:
    """Return the model of all pairs, and for each fold the one of the others."""
    held_out = tuple(fitted([one for one in pairs if one.fold != fold]) for fold in range(FOLDS))
    return Learnt(model=fitted(pairs), held_out=held_out, folds=folds, rarity=rarity, rarest=RAREST)


def fitted(pairs: Sequence[Pair], names: Sequence[str] = SIGNS) -> Weights:
    """Return the model of some pairs; its threshold is the best for pairs that were left out of it in turn."""
    probabilities = []
    ordered = []
    for fold in sorted({one.fold for one in pairs}):
        weights = logistic([one for one in pairs if one.fold != fold], names)
        left = [one for one in pairs if one.fold == fold]
        probabilities += [weights.probabilities(one.shown) for one in left]
        ordered += left
    scores = [f1(_counts([chosen(p, float(t)) for p in probabilities], ordered).sum(axis=0)) for t in THRESHOLDS]
    smooth = np.convolve(np.pad(scores, 2, mode="edge"), np.ones(5) / 5, "valid")  # the top is flat, and its tip chance
    threshold = float(THRESHOLDS[int(np.argmax(np.round(smooth, 6)))])
    return logistic(pairs, names).model_copy(update={"threshold": threshold})


def logistic(pairs: Sequence[Pair], names: Sequence[str] = SIGNS) -> Weights:
    """Return a logistic regression with a ridge, by Newton's method, over the named signs; threshold 0.5."""
    shown = np.concatenate([one.shown for one in pairs])[:, [SIGNS.index(name) for name in names]]
    marked = np.concatenate([one.marked for one in pairs]).astype(np.float64)
    mean, scale = shown.mean(axis=0), shown.std(axis=0) + 1e-9
    design = np.column_stack([(shown - mean) / scale, np.ones(len(shown))])
    ridge = np.append(np.full(len(names), RIDGE), 1e-9)
    weights = np.zeros(len(ridge))
    for _ in range(25):
        p = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (p - marked) + ridge * weights
        curvature = (design * (p * (1 - p))[:, None]).T @ design + np.diag(ridge)
        weights -= np.linalg.solve(curvature, gradient)
    own = weights[:-1] / scale
    by_name = dict.fromkeys(SIGNS, 0.0) | {name: round(float(w), 4) for name, w in zip(names, own, strict=True)}
    return Weights(intercept=round(float(weights[-1] - own @ mean), 4), weights=by_name, threshold=0.5)


def held_out_choices(pairs: Sequence[Pair], names: Sequence[str] = SIGNS) -> list[tuple[int, ...]]:
    """Return what is chosen of each pair by the model of the other folds."""
    models = {fold: fitted([one for one in pairs if one.fold != fold], names) for fold in range(FOLDS)}
    return [chosen(models[one.fold].probabilities(one.shown), models[one.fold].threshold) for one in pairs]


def cosine_choices(pairs: Sequence[Pair]) -> list[tuple[int, ...]]:
    """Return what a threshold on the cosine chooses, the best one of the other folds, and the nearest sentence."""
    column = SIGNS.index("likeness")
    steps = np.round(np.arange(0.3, 0.9, 0.02), 2)

    def choices(some: Sequence[Pair], least: float) -> list[tuple[int, ...]]:
        values = [one.shown[:, column] for one in some]
        return [tuple(np.flatnonzero((value >= least) | (value == value.max())).tolist()) for value in values]

    best = {}
    for fold in range(FOLDS):
        others = [one for one in pairs if one.fold != fold]
        scores = [f1(_counts(choices(others, float(step)), others).sum(axis=0)) for step in steps]
        best[fold] = steps[int(np.argmax(scores))]
    return [choices([one], float(best[one.fold]))[0] for one in pairs]


def f1(counts: Table) -> float:
    """Return 2 · right / (chosen + marked) of these three counts."""
    right, picked, marked = counts
    return float(2 * right / (picked + marked))


def _counts(choices: Sequence[tuple[int, ...]], pairs: Sequence[Pair]) -> Table:
    """Return for each pair how many are right, how many chosen, how many marked."""
    rows = [(one.marked[list(c)].sum(), len(c), one.marked.sum()) for c, one in zip(choices, pairs, strict=True)]
    return np.array(rows, np.float64)


def _about(pairs: Sequence[Pair], encoder: Encoder) -> str:
    sentences, marked = sum(len(one.marked) for one in pairs), sum(int(one.marked.sum()) for one in pairs)
    return (
        f"Encoder {encoder.fingerprint}; {len({one.claim for one in pairs})} claims, {len(pairs)} pairs of a claim and "
        f"an abstract, {sentences:,} sentences, {marked:,} marked. Five folds, no abstract in two; wanted F1 {WANTED}. "
        "Intervals by claim."
    )


def _table(pairs: Sequence[Pair]) -> str:
    rows = [_row("cosine from a threshold on", cosine_choices(pairs), pairs)]
    rows.append(_row("all signs", held_out_choices(pairs), pairs))
    for what, left_out in WITHOUT.items():
        names = [name for name in SIGNS if name not in left_out]
        rows.append(_row(f"without {what}", held_out_choices(pairs, names), pairs))
    return table(("chosen by", "n claims", "precision", "recall", "F1"), rows)


def _row(name: str, choices: Sequence[tuple[int, ...]], pairs: Sequence[Pair]) -> tuple[str, ...]:
    by_claim: dict[str, Table] = {}
    for one, counts in zip(pairs, _counts(choices, pairs), strict=True):
        by_claim[one.claim] = by_claim.get(one.claim, np.zeros(3)) + counts
    columns = np.array(list(by_claim.values())).T

    def share(statistic: Callable[[Table], float]) -> Estimate:
        return paired(columns.tolist(), lambda sample: statistic(sample.sum(axis=1)))

    precision, recall = share(lambda c: float(c[0] / c[1])), share(lambda c: float(c[0] / c[2]))
    return (name, str(len(by_claim)), precision.show(), recall.show(), share(f1).show())


def _hash(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])


if __name__ == "__main__":
    typer.run(measure)
