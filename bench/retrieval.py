"""Retrieval, judged by documents: each searcher alone and all fused, in one run. `python -m bench.retrieval`.

A document's score is that of its best passage. nDCG@10 and Success@k (Hit@k: is one of the right
documents among the first k) are those of ir-measures, 0 to 1; a question that finds nothing counts 0.
"""

import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from bench.homes import encoder_at
from bench.questions import SHARED
from bench.retrieval_sets import RetrievalSet, retrieval_sets
from bench.tables import conditions, record, table
from commands.progress import progress_bar
from commands.settings import Settings
from corpus.document import SourceKind, digest
from corpus.errors import UnreadableFile
from corpus.passage import SplitDocument
from evals.intervals import bootstrap, mean, paired
from index.encoders.base import Encoder
from index.encoders.models import Precision
from index.fusion import WEIGHTS
from index.pointer import snapshots_folder
from index.publish import publish
from index.query import Query
from index.search import Searcher
from index.snapshot import Snapshot
from ingest.splitter import EncoderSplitter

DEFAULTS = Settings.model_fields
DEPTH = 100  # documents a run holds
PARTS = ("vector", "bm25", "sentence")
FUSED = "fused"
HALVES = "vector and bm25, 0.5/0.5"
WANTED = {
    ("SciFact, training claims", "nDCG@10"): 0.76,
    ("SciFact, training claims", "R@100"): 0.955,
    ("PubMedQA", "Success@1"): 0.985,
    ("MedicationQA", "Success@1"): 0.74,
    ("MedicationQA", "Success@5"): 0.98,
}
Run = dict[str, dict[str, float]]
Scores = NDArray[np.float32]


def measure(
    cache: Annotated[Path, typer.Option(help="Data folder of the benchmark; vectors are kept in it.")] = Path(".bench"),
    precision: Annotated[str, typer.Option(help="fp32 or int8.")] = str(DEFAULTS["precision"].default),
    threads: Annotated[int, typer.Option(min=1)] = int(DEFAULTS["threads"].default),
    shared: Annotated[Path, typer.Option(help="The shared data folder.")] = SHARED,
    only: Annotated[str, typer.Option(help="Only sets whose name holds this.")] = "",
    keep: Annotated[bool, typer.Option("--record", help="Write the table into docs/measurements.md.")] = False,
) -> None:
    """Print nDCG@10 or Success@k of every searcher on every set, with 95 % intervals."""
    exact: Precision = "int8" if precision == "int8" else "fp32"
    encoder = encoder_at(cache, exact, threads)
    rows: list[tuple[str, ...]] = []
    with progress_bar("retrieval") as step:
        for held in retrieval_sets(shared):
            if only.lower() in held.name.lower():
                rows += _rows(held, _searcher(cache / "retrieval", held, encoder, step), step)
    text = "\n\n".join(
        (
            f"### Retrieval, {exact}",
            f"Encoder {encoder.fingerprint}; fused: {_weights()}, "
            f"after min-max over the candidates of the first two, of articles beside neighbours in both fusions. "
            f"Difference: fused − 0.5/0.5, paired by question.",
            table(("set", "n", "passages", "measure", *PARTS, HALVES, FUSED, "wanted", "difference"), rows),
            conditions("ir-measures", "bm25s", "faiss-cpu", "onnxruntime"),
        )
    )
    print(text)
    if keep:
        record(f"retrieval-{exact}", text)


def _weights() -> str:
    kinds = [f"{kind} {'/'.join(str(weights[part]) for part in PARTS)}" for kind, weights in WEIGHTS.items()]
    return f"{', '.join(kinds)} of {'/'.join(PARTS)}"


def _searcher(home: Path, held: RetrievalSet, encoder: Encoder, step: Callable[[str, int, int], None]) -> Searcher:
    """Return the searcher of a snapshot of the set's documents, built where it is not there yet."""
    splitter = EncoderSplitter(encoder)
    split = []
    for number, document in enumerate(held.documents):
        step(f"{held.name}: splitting", number, len(held.documents))
        try:
            split.append(SplitDocument(document, splitter.split(document)))
        except UnreadableFile:
            continue  # an index of drug classes has no text
    fingerprint = digest([[one.document.id, [passage.id for passage in one.passages]] for one in split])
    manifest = publish(home, split, encoder, corpus_fingerprint=fingerprint, keep=6, progress=step)
    return Searcher(Snapshot(snapshots_folder(home) / manifest.id), encoder)


def _rows(held: RetrievalSet, searcher: Searcher, step: Callable[[str, int, int], None]) -> list[tuple[str, ...]]:
    keys = np.array([document.key for _, document in searcher.snapshot.documents()])
    runs: dict[str, Run] = {name: {} for name in (*PARTS, HALVES, FUSED)}
    even = {kind: {"vector": 0.5, "bm25": 0.5, "sentence": 0.0} for kind in SourceKind}
    halves = Searcher(searcher.snapshot, searcher.encoder, even)
    for number, asked in enumerate(held.asked):
        step(f"{held.name}: asking", number, len(held.asked))
        query = searcher.prepare(asked.text)
        for name, scores in everything(searcher, query).items():
            runs[name][asked.id] = _documents(searcher.snapshot, keys, np.arange(len(searcher.snapshot)), scores)
        for name, one in ((HALVES, halves), (FUSED, searcher)):
            ranked = one.rank(query)
            runs[name][asked.id] = _documents(searcher.snapshot, keys, ranked.rows, ranked.scores)
    return [_row(held, name, runs, len(searcher.snapshot)) for name in held.measures]


def everything(searcher: Searcher, query: Query) -> dict[str, Scores]:
    """Return what each searcher alone gives every row of the snapshot."""
    snapshot = searcher.snapshot
    rows = np.arange(len(snapshot))
    found = {name: np.zeros(len(snapshot), np.float32) for name in PARTS}
    found["sentence"] = snapshot.sentence_maxima(query.vector, rows)
    for kind in {document.kind for _, document in snapshot.documents()}:
        engine, lexical, of_kind = snapshot.engine(kind), snapshot.lexical(kind), snapshot.rows_of_kind(kind)
        if engine is not None and lexical is not None:
            found["vector"][of_kind] = engine.cosines(query.vector, np.arange(len(of_kind)))
            found["bm25"][of_kind] = lexical.scores(query.terms)
    return found


def _documents(snapshot: Snapshot, keys: NDArray[np.str_], rows: NDArray[np.int64], scores: Scores) -> dict[str, float]:
    """Return the best documents' scores, equal ones apart in the order of their rows."""
    best: dict[str, float] = {}
    for place in np.lexsort((rows, -scores)):
        key = str(keys[snapshot.document_numbers[rows[place]]])
        if key not in best:
            best[key] = float(DEPTH - len(best))  # ranks, so that the measure's own rule for ties decides nothing
            if len(best) == DEPTH:
                break
    return best


def _row(held: RetrievalSet, measure_name: str, runs: Mapping[str, Run], passages: int) -> tuple[str, ...]:
    values = {name: by_question(held, measure_name, run) for name, run in runs.items()}
    estimates = {name: bootstrap(one, mean) for name, one in values.items()}
    gain = paired([values[FUSED], values[HALVES]], lambda both: float((both[0] - both[1]).mean()))
    wanted = WANTED.get((held.name, measure_name))
    return (
        held.name,
        str(len(held.asked)),
        f"{passages:,}",
        measure_name,
        *(estimates[name].show(3) for name in runs),
        f"{wanted}" if wanted else "",
        gain.show(3),
    )


def by_question(held: RetrievalSet, measure_name: str, run: Run) -> list[float]:
    """Return the measure of every question, in the set's order; 0 where it found nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ir_measures

    wanted = ir_measures.parse_measure(measure_name)
    qrels = {asked.id: dict.fromkeys(asked.relevant, 1) for asked in held.asked}
    found = {one.query_id: float(one.value) for one in ir_measures.iter_calc([wanted], qrels, run)}
    return [found.get(asked.id, 0.0) for asked in held.asked]


if __name__ == "__main__":
    typer.run(measure)
