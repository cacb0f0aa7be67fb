"""What a refresh costs: from nothing, with nothing changed, and with a hundredth of the passages changed.

`curbside refresh` runs as a reader would run it, against a stand-in for PubMed on this machine, over HTTP.
Then, as the service runs it, while that is searched without a pause: no search may fail. In the end the
index that grew by refreshes is compared with one built from scratch of what the source has then.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from bench.homes import encoder_at
from bench.questions import SHARED, questions
from bench.refresh_world import QUERY, World, build
from bench.tables import conditions, record, table
from commands.progress import progress_bar
from commands.settings import Settings
from corpus.document import SourceKind
from corpus.errors import CurbsideError
from evals.intervals import SEED, bootstrap, mean, percentile
from index.encoders.base import Encoder
from index.pointer import read_pointer
from index.snapshot import open_snapshot
from ingest.splitter import EncoderSplitter
from qa.answerer import Answerer
from tests.replay.server import replaying

COMMAND = Path(sys.executable).with_name("curbside")
COLLECTION = f'title = "Bench"\n\n[pubmed]\nqueries = ["{QUERY}"]\nintegrity = false\n'
WANTED_CHANGED, WANTED_SAME, WANTED_SLOWER = 0.05, 0.02, 2.0
WITHDRAWN = 5  # records that are taken away before each refresh with changes
NEAR_S = 1.0  # a search that began so soon before or after the pointer moved was made during the swap


@dataclass(slots=True)
class Searches:
    """When each search began, how long it took in milliseconds, and what failed."""

    at: list[float] = field(default_factory=list)
    ms: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """One run: seconds of the whole command, its report, and when the pointer moved (0.0 where it did not)."""

    seconds: float
    report: dict[str, Any]
    moved: float


def measure(
    passages: Annotated[int, typer.Option(help="Passages of the corpus.")] = 20_000,
    share: Annotated[float, typer.Option(help="Share of the passages that changes.")] = 0.01,
    repetitions: Annotated[int, typer.Option(min=2, help="Refreshes with changes, and without.")] = 5,
    cache: Annotated[Path, typer.Option(help="A data folder with the encoder.")] = Path(".bench"),
    shared: Annotated[Path, typer.Option(help="The shared data folder.")] = SHARED,
    keep: Annotated[bool, typer.Option("--record", help="Write the table into docs/measurements.md.")] = False,
) -> None:
    """Print the seconds of refreshes, and the milliseconds of searches meanwhile; exit 1 where a target is missed."""
    encoder = encoder_at(cache, "int8", Settings.model_fields["threads"].default)
    texts = [question.text for question in questions(shared, 40)][:200]
    with progress_bar("refresh") as step, tempfile.TemporaryDirectory() as folder:
        world = build(shared / "data", passages, EncoderSplitter(encoder), SEED)
        with replaying(world.service) as server:
            home = _home(Path(folder) / "home", cache)
            step("from nothing", 0, 1)
            full = _refresh(home, server.url)
            answerer = Answerer(home, encoder=encoder)
            quiet = _quiet(answerer, texts)
            same = []
            for number in range(repetitions):
                step("unchanged", number, repetitions)
                same.append(_refresh(home, server.url))
            changed, changes = [], []
            for number in range(repetitions):
                step("changed", number, repetitions)
                changes.append(world.change(share))
                world.withdraw(WITHDRAWN)
                changed.append(_refresh(home, server.url))
            asked, during = [], []
            for number in range(repetitions):
                step("changed, while it is asked", number, repetitions)
                world.change(share)
                with _searching(answerer, texts) as searches:
                    asked.append(_refresh(home, server.url, cause="schedule"))
                during.append(searches)
            step("from scratch, to compare", 0, 1)
            equal = _equal(home, Path(folder) / "scratch", server.url, encoder, texts)
    text, met = _report(world, full, same, changed, changes, quiet, asked, during, equal)
    print(text)
    if keep:
        record("refresh", text)
    if not met:
        raise typer.Exit(1)


def _home(home: Path, cache: Path, vectors: Path | None = None) -> Path:
    """Return a new data folder with the encoder and the collection; with `vectors` those need not be made again."""
    shutil.copytree(cache / "models", home / "models")
    if vectors is not None:
        shutil.copytree(vectors, home / "vectors")
    (home / "collections").mkdir()
    (home / "collections" / "bench.toml").write_text(COLLECTION)
    return home


def _refresh(home: Path, url: str, cause: str = "command") -> Refreshed:
    """Return how a run of the command went; "schedule" runs it at the low priority that the service gives it."""
    environment = {**os.environ, "CURBSIDE_HOME": str(home), "CURBSIDE_EUTILS_URL": url, "HF_HUB_OFFLINE": "1"}
    before = read_pointer(home)
    moved: list[float] = []
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.01):
            if not moved and read_pointer(home) != before:
                moved.append(time.perf_counter())

    watching = threading.Thread(target=watch)
    watching.start()
    began = time.perf_counter()
    command = [str(COMMAND), "refresh", "bench", "--json", "--cause", cause]
    try:
        ran = subprocess.run(command, env=environment, capture_output=True, text=True)
    finally:
        seconds = time.perf_counter() - began
        done.set()
        watching.join()
    if ran.returncode != 0:
        raise RuntimeError(ran.stdout[-2000:] + ran.stderr[-2000:])
    (report,) = json.loads(ran.stdout)
    return Refreshed(seconds, report, moved[0] if moved else 0.0)


def _quiet(answerer: Answerer, texts: Sequence[str]) -> Searches:
    """Return the searches of a service that nothing disturbs: a round to warm up, then two."""
    searches = Searches()
    for text in texts:
        answerer.search(text)
    for text in [*texts, *texts]:
        _search(answerer, text, searches)
    return searches


@contextmanager
def _searching(answerer: Answerer, texts: Sequence[str]) -> Iterator[Searches]:
    """Search without a pause during the block."""
    searches, done = Searches(), threading.Event()

    def go_on() -> None:
        while not done.is_set():
            for text in texts:
                if done.is_set():
                    return
                _search(answerer, text, searches)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield searches
        time.sleep(NEAR_S)
    finally:
        done.set()
        thread.join()


def _search(answerer: Answerer, text: str, searches: Searches) -> None:
    began = time.perf_counter()
    try:
        answerer.search(text)
    except CurbsideError as error:
        searches.failed.append(str(error))
    searches.at.append(began)
    searches.ms.append(1000 * (time.perf_counter() - began))


def _equal(home: Path, scratch: Path, url: str, encoder: Encoder, texts: Sequence[str]) -> tuple[bool, int, int]:
    """Return whether both hold the same passages, and of how many questions the ten nearest are the same."""
    _home(scratch, home, home / "vectors")
    _refresh(scratch, url)
    grown, built = (Answerer(folder, encoder=encoder) for folder in (home, scratch))
    ids = [_passages(folder) for folder in (home, scratch)]
    alike = sum(_ten(grown, text) == _ten(built, text) for text in texts)
    return ids[0] == ids[1], alike, len(texts)


def _passages(home: Path) -> set[str]:
    """Return the ids of the passages that may be evidence: what was withdrawn is held, so that it can be named."""
    snapshot = open_snapshot(home)
    rows = range(sum(snapshot.manifest.passages.values()))
    return {snapshot.passage(row).id for row in rows if snapshot.document_of(row).integrity.is_evidence}


def _ten(answerer: Answerer, text: str) -> list[tuple[str, float]]:
    return [(hit.passage.id, round(hit.score, 6)) for hit in answerer.search(text, kind=SourceKind.RESEARCH, k=10)]


def _report(
    world: World,
    full: Refreshed,
    same: list[Refreshed],
    changed: list[Refreshed],
    changes: list[int],
    quiet: Searches,
    asked: list[Refreshed],
    during: list[Searches],
    equal: tuple[bool, int, int],
) -> tuple[str, bool]:
    """Return the text, and whether every target is met."""
    shares = {name: [one.seconds / full.seconds for one in runs] for name, runs in _named(same, changed).items()}
    near = [
        ms
        for one, searches in zip(asked, during, strict=True)
        for at, ms in zip(searches.at, searches.ms, strict=True)
        if abs(at - one.moved) <= NEAR_S
    ]
    whole = [ms for searches in during for ms in searches.ms]
    failed = [why for searches in during for why in searches.failed]
    slower = float(np.percentile(near, 95) / np.percentile(quiet.ms, 95))
    slower_whole = float(np.percentile(whole, 95) / np.percentile(quiet.ms, 95))
    met = (
        max(shares["a hundredth changed"]) <= WANTED_CHANGED
        and max(shares["nothing changed"]) <= WANTED_SAME
        and max(slower, slower_whole) <= WANTED_SLOWER
        and not failed
        and equal[0]
        and equal[1] == equal[2]
        and all(one.report["encoded"] == 0 for one in same)
    )
    rows = [("from nothing", f"{full.seconds:.1f}", "", f"{full.report['encoded']:,}", 1)]
    for name, runs in _named(same, changed).items():
        encoded = ", ".join(f"{one.report['encoded']:,}" for one in runs)
        seconds = f"{np.mean([one.seconds for one in runs]):.2f}"
        rows.append((name, seconds, bootstrap(shares[name], mean).show(2, percent=True), encoded, len(runs)))
    busy = f"{np.mean([one.seconds for one in asked]):.2f}"
    share_busy = bootstrap([one.seconds / full.seconds for one in asked], mean).show(2, percent=True)
    rows.append(
        ("a hundredth changed, at low priority beside searches without a pause", busy, share_busy, "", len(asked))
    )
    searches = [
        ("quiet", bootstrap(quiet.ms, percentile(95)).show(1), len(quiet.ms)),
        (f"within {NEAR_S:g} s of the swap", bootstrap(near, percentile(95)).show(1), len(near)),
        ("during the whole refresh", bootstrap(whole, percentile(95)).show(1), len(whole)),
    ]
    counts = ", ".join(f"{n:,}" for n in changes)
    text = "\n\n".join(
        (
            "### Refreshing",
            f"{sum(world.passages.values()):,} passages of {len(world.passages):,} records; passages changed in each "
            f"run: {counts}, and {WITHDRAWN} records withdrawn. "
            f"Wanted: at most {WANTED_CHANGED:.0%} of the time from nothing where a hundredth has changed, "
            f"{WANTED_SAME:.0%} where nothing has; a p95 of searches during the swap at most "
            f"{WANTED_SLOWER:g} times the quiet one. Seconds are of the whole command; encoded are passages "
            "and sentences.",
            table(("refresh", "seconds", "of the time from nothing", "texts encoded", "n"), rows),
            table(("searches", "p95 in ms (95 % interval)", "n"), searches),
            f"{len(failed)} searches failed. p95 at the swap is {slower:.2f} times the quiet one, during the whole "
            f"refresh {slower_whole:.2f} times. The index that grew by refreshes and one built from scratch hold the "
            f"{'same' if equal[0] else 'NOT the same'} passages; the ten nearest, with their scores, are the same for "
            f"{equal[1]} of {equal[2]} questions. {'Every target is met.' if met else 'NOT every target is met.'}",
            conditions("httpx", "onnxruntime", "faiss-cpu"),
        )
    )
    return text, met


def _named(same: list[Refreshed], changed: list[Refreshed]) -> dict[str, list[Refreshed]]:
    return {"nothing changed": same, "a hundredth changed": changed}


if __name__ == "__main__":
    typer.run(measure)
