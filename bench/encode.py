"""The encoder's precisions against sentence-transformers: likeness, ranking, speed. `python -m bench.encode`.

Likeness is the cosine of both vectors of one text; ranking is nDCG@10 of the vectors alone over SciFact's
abstracts for its training claims, a document scored by its best passage; speed is wall time.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from bench.homes import encoder_at
from bench.questions import SHARED
from bench.retrieval import DEPTH, Run, by_question
from bench.retrieval_sets import RetrievalSet, retrieval_sets
from bench.tables import conditions, record, table
from commands.progress import progress_bar
from commands.settings import Settings
from corpus.passage import SplitDocument
from evals.intervals import bootstrap, mean, paired
from index.encoders.base import Encoder
from index.encoders.models import PRECISIONS
from index.encoders.sentence_transformers import SentenceTransformersEncoder
from index.texts import passage_text, sentence_text
from index.vectors import VectorCache, cache_folder
from ingest.splitter import EncoderSplitter

SPEED_TEXTS = 300
WARM = 20
Vectors = NDArray[np.float32]
Step = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One encoder's vectors of the questions and of the passages, and its times."""

    questions: Vectors
    passages: Vectors
    sentences: Vectors
    milliseconds: list[float]
    passages_a_second: float
    sentences_a_second: float


def measure(
    cache: Annotated[Path, typer.Option(help="Data folder of the benchmark; vectors are kept in it.")] = Path(".bench"),
    documents: Annotated[int, typer.Option(min=100, help="Only the first so many abstracts, and their claims.")] = 6000,
    threads: Annotated[int, typer.Option(min=1)] = int(Settings.model_fields["threads"].default),
    shared: Annotated[Path, typer.Option(help="The shared data folder.")] = SHARED,
    keep: Annotated[bool, typer.Option("--record", help="Write the table into docs/measurements.md.")] = False,
) -> None:
    """Print how near each precision is to the reference, how it ranks, and how fast it is."""
    held = _first(next(retrieval_sets(shared)), documents)
    encoders: dict[str, Encoder] = {"reference": SentenceTransformersEncoder(threads)}
    encoders |= {precision: encoder_at(cache, precision, threads) for precision in PRECISIONS}
    splitter = EncoderSplitter(encoders["fp32"])
    split = [SplitDocument(document, splitter.split(document)) for document in held.documents]
    with progress_bar("encode") as step:
        found = {name: _encode(cache, name, encoder, held, split, step) for name, encoder in encoders.items()}
    text = _report(held, split, found, encoders)
    print(text)
    if keep:
        record("encode", text)


def _first(held: RetrievalSet, documents: int) -> RetrievalSet:
    """Return the set cut to its first documents and the questions that only they answer."""
    kept = held.documents[:documents]
    keys = {document.key for document in kept}
    return replace(held, documents=kept, asked=tuple(asked for asked in held.asked if asked.relevant.keys() <= keys))


def _encode(
    cache: Path, name: str, encoder: Encoder, held: RetrievalSet, split: Sequence[SplitDocument], step: Step
) -> Encoded:
    passages = [passage_text(one.document, passage) for one in split for passage in one.passages]
    sentences = [
        sentence_text(one.document.sections[passage.section], sentence)
        for one in split
        for passage in one.passages
        for sentence in passage.sentences
    ]
    questions = [asked.text for asked in held.asked]
    for question in questions[:WARM]:
        encoder.encode([question])
    milliseconds = []
    for question in questions[:SPEED_TEXTS]:
        began = time.perf_counter()
        encoder.encode([question])
        milliseconds.append(1000 * (time.perf_counter() - began))
    with VectorCache(cache_folder(cache / "encode", encoder, "texts"), encoder, np.float32) as kept:

        def told(encoded: int) -> None:
            step(f"{name}: encoding", len(kept), 0)

        return Encoded(
            kept.vectors(questions, told),
            kept.vectors(passages, told),
            kept.vectors(sentences[: 5 * SPEED_TEXTS], told),
            milliseconds,
            _a_second(encoder, passages),
            _a_second(encoder, sentences),
        )


def _a_second(encoder: Encoder, texts: Sequence[str]) -> float:
    """Return texts a second, over texts drawn evenly, sorted by length."""
    drawn = sorted(texts[:: max(1, len(texts) // SPEED_TEXTS)][:SPEED_TEXTS], key=len)
    began = time.perf_counter()
    encoder.encode(drawn)
    return len(drawn) / (time.perf_counter() - began)


def _report(
    held: RetrievalSet, split: Sequence[SplitDocument], found: dict[str, Encoded], encoders: dict[str, Encoder]
) -> str:
    keys = np.array([one.document.key for one in split for _ in one.passages])
    values = {name: by_question(held, "nDCG@10", _run(held, keys, one)) for name, one in found.items()}
    reference = found["reference"]
    rows = []
    for name, one in found.items():
        alike = [
            np.sum(ours * theirs, axis=1)
            for ours, theirs in (
                (one.questions, reference.questions),
                (one.passages, reference.passages),
                (one.sentences, reference.sentences),
            )
        ]
        every = np.concatenate(alike)
        difference = paired([values[name], values["reference"]], lambda both: float((both[0] - both[1]).mean()))
        rows.append(
            (
                name,
                f"{every.min():.4f}",
                " / ".join(f"{part.mean():.4f}" for part in alike),
                bootstrap(values[name], mean).show(4),
                difference.show(4),
                f"{np.percentile(one.milliseconds, 50):.2f} / {np.percentile(one.milliseconds, 95):.2f}",
                f"{one.passages_a_second:.1f}",
                f"{one.sentences_a_second:.1f}",
            )
        )
    head = (
        "",
        "cosine, least",
        "mean of questions / passages / sentences",
        "nDCG@10",
        "difference, paired",
        "ms a question, p50 / p95",
        "passages a second",
        "sentences a second",
    )
    return "\n\n".join(
        (
            "### Encoder",
            f"{len(held.asked)} questions, {len(keys):,} passages, {len(reference.sentences):,} sentences of SciFact; "
            f"speed over {SPEED_TEXTS} of each; {', '.join(one.fingerprint for one in encoders.values())}.",
            table(head, rows),
            conditions("onnxruntime", "torch", "sentence-transformers"),
        )
    )


def _run(held: RetrievalSet, keys: NDArray[np.str_], one: Encoded) -> Run:
    run: Run = {}
    for asked, vector in zip(held.asked, one.questions, strict=True):
        best: dict[str, float] = {}
        for place in np.argsort(-(one.passages @ vector), kind="stable"):
            key = str(keys[place])
            if key not in best:
                best[key] = float(DEPTH - len(best))
                if len(best) == DEPTH:
                    break
        run[asked.id] = best
    return run


if __name__ == "__main__":
    typer.run(measure)
