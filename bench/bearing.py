"""What the composer's two learnt signs gain where the right abstract is not given. `python -m bench.bearing`.

Each of SciFact's training claims with marked sentences is searched for in all its abstracts; the sentences of the
best passages are ranked as the composer does, by likeness and terms alone, and with the passage's score and the
probability that the sentence bears on the claim. That comes from the model that has not seen the claim. nDCG@8 and
Success@1 are of ir-measures; a sentence is right where it and a marked one of a cited abstract hold one another's text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import ir_measures
import typer

from bench.questions import SHARED
from bench.tables import conditions, record, table
from commands.progress import progress_bar
from corpus.document import SourceKind
from evals.gold import scifact
from evals.gold.base import GoldQuestion
from evals.homes import Homes
from evals.intervals import bootstrap, mean, paired
from index.encoders.minilm_onnx import MiniLmOnnx
from index.encoders.models import model_folder
from index.search import Searcher
from index.snapshot import open_snapshot
from qa.asked import PASSAGES
from qa.bearing import bearing
from qa.evidence import Evidence, sentences_of_hits
from qa.ranking import WEIGHTS, Weights, is_quotable, tells_of_method
from qa.rationale import fold_of
from qa.terms import coverage, terms

MEASURES = ("nDCG@8", "Success@1")
VARIANTS: Mapping[str, Weights] = {
    "likeness and terms": replace(WEIGHTS, found=0.0, bears=0.0),
    "and the passage's score": replace(WEIGHTS, bears=0.0),
    "and the probability": replace(WEIGHTS, found=0.0),
    "and both": WEIGHTS,
}


def measure(
    home: Annotated[Path, typer.Option(help="Data folder whose encoder and indexes of gold sets are used.")] = Path(
        ".curbside"
    ),
    shared: Annotated[Path, typer.Option(help="The shared data folder.")] = SHARED,
    keep: Annotated[bool, typer.Option("--record", help="Write the table into docs/measurements.md.")] = False,
) -> None:
    """Print both measures of each variant with 95 % intervals, and what it gains, paired by claim."""
    encoder = MiniLmOnnx(model_folder(home), "int8", 2)
    gold, abstracts = scifact.load(shared), scifact.abstracts(shared)
    questions = [question for question in gold.questions if question.rationale]
    runs: dict[str, dict[str, dict[str, float]]] = {name: {} for name in VARIANTS}
    right: dict[str, dict[str, int]] = {}
    with progress_bar("bearing") as step:
        documents = list(gold.documents()) if gold.documents else []
        searcher = Searcher(
            open_snapshot(Homes(home / "evals", home, encoder).built(gold.name, documents, frozenset(), step)), encoder
        )
        for number, question in enumerate(questions):
            step("asking", number, len(questions))
            marked = [abstracts[key][1][n] for key, numbers in question.rationale.items() for n in numbers]
            found = _candidates(searcher, question)
            right[question.id] = {name: 1 for name, one in found.items() if _is_right(one, question, marked)}
            right[question.id] |= {f"not found {n}": 1 for n in range(len(marked) - len(right[question.id]))}
            scores = _scores(question, found)
            for variant, run in runs.items():
                run[question.id] = scores[variant]
    rows = [_row(name, right, runs) for name in VARIANTS]
    said = f"{len(questions)} claims, {len(documents):,} abstracts, {PASSAGES} passages; encoder {encoder.fingerprint}."
    head = ("ranked by", *MEASURES, *(f"gain in {name}" for name in MEASURES))
    title = "### Sentences among those of the passages found"
    text = "\n\n".join((title, said, table(head, rows), conditions("ir-measures")))
    print(text)
    if keep:
        record("bearing", text)


def _candidates(searcher: Searcher, question: GoldQuestion) -> dict[str, Evidence]:
    """Return the sentences of the best passages by a name of their own."""
    query = searcher.prepare(question.text)
    hits = searcher.search(query, kind=SourceKind.RESEARCH, k=PASSAGES)
    found = sentences_of_hits(searcher.snapshot, hits, [query.vector])
    return {f"{one.row}.{one.number}": one for one in found}


def _scores(question: GoldQuestion, found: Mapping[str, Evidence]) -> dict[str, dict[str, float]]:
    """Return by variant what each sentence scores that may be quoted and tells no method."""
    asked = terms(question.text, (), ())
    evidence = list(found.values())
    likely = dict(zip(found, bearing(question.text, evidence, fold=fold_of(question.id)), strict=True))
    scores: dict[str, dict[str, float]] = {name: {} for name in VARIANTS}
    for name, one in found.items():
        if not is_quotable(one.text) or tells_of_method(one.spoken):
            continue
        for variant, w in VARIANTS.items():
            own = w.likeness * one.similarity + w.terms * coverage(asked, one.spoken)
            scores[variant][name] = own + w.found * one.found + w.bears * one.found * likely[name]
    return scores


def _is_right(one: Evidence, question: GoldQuestion, marked: Sequence[str]) -> bool:
    text = " ".join(one.text.split())
    plain = [" ".join(sentence.split()) for sentence in marked]
    return one.document.key in question.rationale and any(text in other or other in text for other in plain)


def _row(
    name: str, right: Mapping[str, Mapping[str, int]], runs: Mapping[str, Mapping[str, Mapping[str, float]]]
) -> tuple[str, ...]:
    first = next(iter(runs))
    own, base = (_by_claim(right, runs[one]) for one in (name, first))
    shown = [bootstrap(own[one], mean).show() for one in MEASURES]
    gains = [paired([own[one], base[one]], lambda both: float((both[0] - both[1]).mean())) for one in MEASURES]
    return (name, *shown, *("" if name == first else gain.show() for gain in gains))


def _by_claim(right: Mapping[str, Mapping[str, int]], run: Mapping[str, Mapping[str, float]]) -> dict[str, list[float]]:
    """Return each measure of each claim, in their order; 0 where nothing was found."""
    wanted = [ir_measures.parse_measure(name) for name in MEASURES]
    found = {(str(one.measure), one.query_id): float(one.value) for one in ir_measures.iter_calc(wanted, right, run)}
    return {name: [found.get((name, claim), 0.0) for claim in right] for name in MEASURES}


if __name__ == "__main__":
    typer.run(measure)
