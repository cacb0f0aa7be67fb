"""How long a question takes from its text to the checked answer, in process and warm.

Beside it, on the same questions and passages in the same run: encoding the question alone, and the
plain LangChain stack retrieving (it composes and checks nothing).
"""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from bench.homes import encoder_at, scaled
from bench.memory import Memory, memory
from bench.plain_stack import PlainStack
from bench.questions import SHARED, Question, questions, warm_up
from bench.tables import conditions, record, table
from commands.progress import progress_bar
from commands.settings import Settings
from evals.intervals import bootstrap, percentile
from index.encoders.base import Encoder
from index.encoders.minilm_onnx import MiniLmOnnx
from index.encoders.models import Precision, model_folder
from index.manifest import Manifest
from index.snapshot import Snapshot
from qa.answerer import Answerer

DEFAULTS = Settings.model_fields
Step = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Clocked:
    """Milliseconds of each question: by the clock, and of processor time, which other programs do not lengthen."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @contextmanager
    def once(self) -> Iterator[None]:
        """Time what is done inside."""
        wall, processor = time.perf_counter(), time.process_time()
        yield
        self.wall.append(1000 * (time.perf_counter() - wall))
        self.processor.append(1000 * (time.process_time() - processor))


@dataclass(frozen=True, slots=True)
class Asked:
    """The times of each question, and of each stage of an answer."""

    ours: Clocked
    encoding: Clocked
    stages: dict[str, list[float]]
    statuses: dict[str, int]


def measure(
    home: Annotated[Path, typer.Option(help="A data folder that is set up.")] = Path(".curbside"),
    scale: Annotated[int, typer.Option(help="Measure on this many real passages instead, built under --cache.")] = 0,
    cache: Annotated[Path, typer.Option(help="Where the data folder of --scale is kept.")] = Path(".bench"),
    precision: Annotated[str, typer.Option(help="fp32 or int8.")] = str(DEFAULTS["precision"].default),
    threads: Annotated[int, typer.Option(min=1)] = int(DEFAULTS["threads"].default),
    engine: Annotated[str, typer.Option(help="Vector engine of the data folder of --scale.")] = "faiss_fp16",
    per_source: Annotated[int, typer.Option(help="At most so many questions of each general source.")] = 100,
    plain: Annotated[bool, typer.Option(help="Measure the plain LangChain stack too.")] = True,
    shared: Annotated[Path, typer.Option(help="The shared data folder.")] = SHARED,
    keep: Annotated[bool, typer.Option("--record", help="Write the table into docs/measurements.md.")] = False,
) -> None:
    """Print p50, p95 and p99 of question → answer, of encoding alone, and of the plain stack's retrieval."""
    exact: Precision = "int8" if precision == "int8" else "fp32"
    lines: list[str] = []
    with progress_bar("latency") as step:
        if scale:
            built = scaled(cache, shared / "data", scale, encoder_at(cache, exact, threads), engine, step)
            home = built.home
            how = f"built in {built.seconds:.0f} s by this run" if built.seconds else "kept from an earlier run"
            lines.append(f"Passages balanced around {built.target_tokens} tokens; index {how}.")
        asking = questions(shared, per_source)
        encoder = MiniLmOnnx(model_folder(home), exact, threads)
        answerer = Answerer(home, encoder=encoder)
        snapshot = answerer.library().snapshot
        for text in warm_up(shared):
            answerer.ask(text)
            encoder.encode([text])
        asked = _ask(answerer, encoder, asking, step)
        ours = memory()
        found = _plain(snapshot, encoder, asking, warm_up(shared), step) if plain else None
    text = _report(snapshot.manifest, asking, asked, ours, found, lines, threads)
    print(text)
    if keep:
        record(f"latency-{scale or 'starter'}", text)


def _ask(answerer: Answerer, encoder: Encoder, asking: Sequence[Question], step: Step) -> Asked:
    """Return the times of every question asked once, each followed by encoding its text once more, alone."""
    result = Asked(Clocked(), Clocked(), {}, {})
    for number, question in enumerate(asking, 1):
        with result.ours.once():
            answer = answerer.ask(question.text, question.history)
        with result.encoding.once():
            encoder.encode([question.text])
        for stage, spent in answer.timing_ms.items():
            result.stages.setdefault(stage, []).append(spent)
        result.statuses[answer.status] = result.statuses.get(answer.status, 0) + 1
        step("questions", number, len(asking))
    return result


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The plain stack's times for each question, seconds to load it, and the process's memory with it."""

    times: Clocked
    load_s: float
    memory: Memory


def _plain(
    snapshot: Snapshot, encoder: Encoder, asking: Sequence[Question], warming: Sequence[str], step: Step
) -> Retrieved:
    """Return the plain stack's times over the passages of the snapshot, with the vectors that they have there."""
    began = time.perf_counter()
    stack = PlainStack()
    loaded = time.perf_counter()
    texts, vectors = zip(*_held(snapshot), strict=True)
    stack.hold(texts, vectors)
    del vectors
    gc.collect()
    for text in warming:
        stack.retrieve(text)
    times = Clocked()
    for number, question in enumerate(asking, 1):
        with times.once():
            stack.retrieve(question.text)
        step("plain stack", number, len(asking))
    return Retrieved(times, loaded - began, memory())


def _held(snapshot: Snapshot) -> Iterator[tuple[str, list[float]]]:
    """Yield every passage's text with a unit vector: the sum of its sentences' vectors, which are at hand.

    Flat search takes as long whatever the vectors say.
    """
    for row in range(len(snapshot)):
        total = snapshot.sentence_vectors(row).sum(axis=0)
        yield snapshot.passage(row).text, (total / max(float(np.linalg.norm(total)), 1e-9)).tolist()


def _report(
    manifest: Manifest,
    asking: Sequence[Question],
    asked: Asked,
    ours: Memory,
    found: Retrieved | None,
    lines: list[str],
    threads: int,
) -> str:
    counts = ", ".join(f"{count:,} {kind}" for kind, count in manifest.passages.items())
    rows = [_row("question → checked answer", asked.ours), _row("encoding the question alone", asked.encoding)]
    if found:
        rows.append(_row("plain LangChain stack, retrieval alone", found.times))
    follow = [number for number, question in enumerate(asking) if question.history]
    if follow:
        times = Clocked([asked.ours.wall[n] for n in follow], [asked.ours.processor[n] for n in follow])
        rows.append(_row("of these answers: follow-ups, with history", times))
    stages = ", ".join(f"{name} {np.median(spent):.2f}" for name, spent in asked.stages.items())
    statuses = ", ".join(f"{name} {count}" for name, count in sorted(asked.statuses.items()))
    parts = [
        f"### Latency over {sum(manifest.passages.values()):,} passages",
        f"Passages: {counts}; {manifest.sentences:,} sentences; snapshot {manifest.id}, corpus "
        f"{manifest.corpus[:16]}, encoder {manifest.encoder}, engine {manifest.engine}, {threads} threads. "
        + " ".join(lines),
        table(("milliseconds, warm", "n", "p50 (95 %)", "p95", "p99", "longest", "p50 of processor time"), rows),
        f"Median by stage: {stages}. Outcomes: {statuses}.",
        f"Memory of the process before the plain stack was loaded: {ours.show()}."
        + (f" With the plain stack: {found.memory.show()}; it took {found.load_s:.1f} s to load." if found else ""),
        conditions("onnxruntime", "faiss-cpu", *(("langchain-huggingface", "torch") if found else ())),
    ]
    return "\n\n".join(parts)


def _row(name: str, times: Clocked) -> tuple[object, ...]:
    p50 = bootstrap(times.wall, percentile(50)).show(2)
    p95, p99 = np.percentile(times.wall, [95, 99])
    processor = f"{np.median(times.processor):.2f}"
    return name, len(times.wall), p50, f"{p95:.1f}", f"{p99:.1f}", f"{max(times.wall):.1f}", processor


if __name__ == "__main__":
    typer.run(measure)
