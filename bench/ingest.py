"""Passages a second: our ingest, the encoder alone, and the plain LangChain stack, on the same documents.

All begin with documents that are read already. Ours ends with a published snapshot: split, stored,
encoded, BM25 and vectors written and synced. The plain stack ends with FAISS in memory. Each
repetition takes other documents, and the order of the contestants turns, so that ratios within a
repetition are of the same texts at the same time.
"""

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from bench.homes import encoder_at
from bench.plain_stack import PlainStack
from bench.questions import SHARED
from bench.tables import conditions, record, table
from commands.progress import progress_bar
from commands.settings import Settings
from corpus.document import Document
from corpus.passage import SplitDocument
from corpus.store import Store
from evals import corpora
from evals.intervals import SEED, Estimate, mean_ratio
from index.encoders.minilm_onnx import MiniLmOnnx
from index.encoders.models import Precision
from index.encoders.sentence_transformers import SentenceTransformersEncoder
from index.publish import publish
from index.texts import passage_text, sentence_text
from ingest.batch import Batch
from ingest.readers.base import RawFile
from ingest.report import Line
from ingest.splitter import EncoderSplitter

DEFAULTS = Settings.model_fields
BATCH = 512
PASSAGES, WITH_SENTENCES = "ours, passage vectors", "ours, passage and sentence vectors"
ALONE, ALONE_WITH = "encoder alone, passages", "encoder alone, passages and sentences"
REFERENCE, PLAIN = "sentence-transformers alone, passages", "plain LangChain stack"


@dataclass(frozen=True, slots=True)
class Done:
    """Seconds spent, how many passages (the plain stack: chunks) came of it, and of how many characters of text."""

    seconds: float
    passages: int
    characters: int


Contestant = Callable[[list[Document]], Done]


class Contestants:
    """Everything that is loaded before the clock runs."""

    def __init__(self, home: Path, precision: Precision, threads: int) -> None:
        self._encoder: MiniLmOnnx = encoder_at(home, precision, threads)
        self._splitter = EncoderSplitter(self._encoder)
        self._reference = SentenceTransformersEncoder(threads)
        self._plain = PlainStack()
        self.fingerprint = self._encoder.fingerprint
        self.all: dict[str, Contestant] = {
            PASSAGES: lambda documents: self._ingest(documents, sentences=False),
            WITH_SENTENCES: lambda documents: self._ingest(documents, sentences=True),
            ALONE: lambda documents: self._encode(documents, sentences=False),
            ALONE_WITH: lambda documents: self._encode(documents, sentences=True),
            REFERENCE: self._encode_by_reference,
            PLAIN: self._ingest_plainly,
        }

    def _ingest(self, documents: list[Document], *, sentences: bool) -> Done:
        with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder)) as store:
            began = time.perf_counter()
            lines: list[Line] = []
            batch = Batch(store, self._splitter, date.today(), lines)
            for document in documents:
                batch.take(RawFile(document.key, document.key.encode()), [document], [])
            batch.flush()
            if any(line.skipped for line in lines):
                raise RuntimeError(next(line.skipped for line in lines if line.skipped))
            corpus = store.current_split() if sentences else map(_bare, store.current_split())
            manifest = publish(Path(folder), corpus, self._encoder, corpus_fingerprint=store.fingerprint())
            return Done(time.perf_counter() - began, sum(manifest.passages.values()), _characters(documents))

    def _encode(self, documents: list[Document], *, sentences: bool) -> Done:
        found = [SplitDocument(document, self._splitter.split(document)) for document in documents]
        kinds = [list(_passage_texts(found))]
        if sentences:
            kinds.append(list(_sentence_texts(found)))
        began = time.perf_counter()
        for texts in kinds:
            ordered = sorted(dict.fromkeys(texts), key=len)
            for start in range(0, len(ordered), BATCH):
                self._encoder.encode(ordered[start : start + BATCH])
        return Done(time.perf_counter() - began, len(kinds[0]), _characters(documents))

    def _encode_by_reference(self, documents: list[Document]) -> Done:
        found = [SplitDocument(document, self._splitter.split(document)) for document in documents]
        texts = list(dict.fromkeys(_passage_texts(found)))
        began = time.perf_counter()
        self._reference.encode(texts)  # sorts by length itself
        return Done(time.perf_counter() - began, len(texts), _characters(documents))

    def _ingest_plainly(self, documents: list[Document]) -> Done:
        texts = ["\n\n".join(section.text for section in document.sections) for document in documents]
        began = time.perf_counter()
        chunks = self._plain.ingest(texts)
        return Done(time.perf_counter() - began, chunks, _characters(documents))


def measure(
    passages: Annotated[int, typer.Option(help="About so many passages in each repetition.")] = 600,
    repetitions: Annotated[int, typer.Option(min=2, help="How often, each with other documents.")] = 6,
    cache: Annotated[Path, typer.Option(help="Data folder that holds the encoder.")] = Path(".bench"),
    precision: Annotated[str, typer.Option(help="fp32 or int8.")] = str(DEFAULTS["precision"].default),
    threads: Annotated[int, typer.Option(min=1)] = int(DEFAULTS["threads"].default),
    shared: Annotated[Path, typer.Option(help="The shared data folder.")] = SHARED,
    keep: Annotated[bool, typer.Option("--record", help="Write the table into docs/measurements.md.")] = False,
) -> None:
    """Print passages a second of each contestant, and the ratios that matter, with 95 % intervals."""
    exact: Precision = "int8" if precision == "int8" else "fp32"
    contestants = Contestants(cache, exact, threads)
    found: dict[str, list[Done]] = {name: [] for name in contestants.all}
    with progress_bar("ingest") as step:
        for number, documents in enumerate(_shares(shared, passages, repetitions)):
            if number == 0:  # nothing is timed before it has run once
                for run in contestants.all.values():
                    run(documents[:3])
            names = list(contestants.all)
            for place, name in enumerate(names[number % len(names) :] + names[: number % len(names)]):
                step("contestants", number * len(names) + place, repetitions * len(names))
                found[name].append(contestants.all[name](documents))
    text = _report(found, contestants.fingerprint, threads)
    print(text)
    if keep:
        record(f"ingest-{exact}", text)


def _shares(shared: Path, passages: int, repetitions: int) -> Iterator[list[Document]]:
    """Yield for each repetition documents of all sources in a drawn order, none twice, about so many passages long."""
    documents = list(corpora.documents(shared / "data"))
    random.Random(SEED).shuffle(documents)
    rest = iter(documents)
    for _ in range(repetitions):
        share: list[Document] = []
        while _characters(share) < 700 * passages:  # a passage of these texts has some 700 characters
            share += islice(rest, 10)
        yield share


def _report(found: dict[str, list[Done]], encoder: str, threads: int) -> str:
    runs = next(iter(found.values()))
    per_second = {name: [done.passages / done.seconds for done in all_] for name, all_ in found.items()}
    seconds = {name: [done.seconds for done in all_] for name, all_ in found.items()}
    rows = [
        (
            name,
            f"{sum(done.passages for done in all_):,}",
            f"{sum(done.seconds for done in all_):.1f}",
            f"{sum(done.passages for done in all_) / sum(done.seconds for done in all_):.1f}",
            f"{sum(done.characters for done in all_) / sum(done.seconds for done in all_) / 1000:.1f}",
        )
        for name, all_ in found.items()
    ]
    ratios = [
        _ratio("passages a second, ours (passage vectors) : plain stack", per_second, PASSAGES, PLAIN, "at least 2.5"),
        _ratio("the same in time for the same documents", seconds, PLAIN, PASSAGES, ""),
        _ratio(
            "passages a second, with sentence vectors : plain stack", per_second, WITH_SENTENCES, PLAIN, "at least 1"
        ),
        _ratio("the same in time for the same documents", seconds, PLAIN, WITH_SENTENCES, ""),
        _ratio("time, ours (passage vectors) : encoder alone", seconds, PASSAGES, ALONE, "at most 1.15"),
        _ratio("time, with sentence vectors : encoder alone", seconds, WITH_SENTENCES, ALONE_WITH, "at most 1.15"),
        _ratio("time, ours (passage vectors) : sentence-transformers alone", seconds, PASSAGES, REFERENCE, ""),
    ]
    return "\n\n".join(
        (
            f"### Ingest, {encoder.split('/')[1]}",
            f"{len(runs)} repetitions of {sum(d.characters for d in runs) / len(runs) / 1000:,.0f},000 characters in "
            f"documents of all sources, seed {SEED}, each with other documents; encoder {encoder}, {threads} threads.",
            table(("", "passages", "seconds", "passages a second", "thousand characters a second"), rows),
            table(("ratio, paired within repetitions", "mean (95 %)", "least–greatest", "wanted"), ratios),
            conditions("onnxruntime", "torch", "sentence-transformers", "langchain-huggingface", "faiss-cpu"),
        )
    )


def _ratio(name: str, values: dict[str, list[float]], over: str, under: str, wanted: str) -> tuple[str, str, str, str]:
    found: Estimate = mean_ratio(values[over], values[under])
    each = [a / b for a, b in zip(values[over], values[under], strict=True)]
    return name, found.show(2), f"{min(each):.2f}–{max(each):.2f}", wanted


def _bare(split: SplitDocument) -> SplitDocument:
    """Return the document with passages that have no sentences, so that none are encoded."""
    return SplitDocument(split.document, tuple(replace(passage, sentences=()) for passage in split.passages))


def _passage_texts(found: Sequence[SplitDocument]) -> Iterator[str]:
    for one in found:
        for passage in one.passages:
            yield passage_text(one.document, passage)


def _sentence_texts(found: Sequence[SplitDocument]) -> Iterator[str]:
    for one in found:
        for passage in one.passages:
            for sentence in passage.sentences:
                yield sentence_text(one.document.sections[passage.section], sentence)


def _characters(documents: Sequence[Document]) -> int:
    return sum(len(section.text) for document in documents for section in document.sections)


if __name__ == "__main__":
    typer.run(measure)
