"""How long a fresh data folder takes until its starter index is served: `curbside setup`, and its steps.

The comparison in the same run is the plain LangChain stack over the same documents.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from bench.plain_stack import PlainStack
from bench.tables import conditions, record, table
from commands.ingest import ingest_paths
from commands.progress import progress_bar
from commands.publishing import encoder_of
from commands.settings import Settings
from evals import corpora
from index.encoders.models import model_folder
from index.export import export_model
from index.snapshot import open_snapshot
from ingest import open_medicine
from qa import drug_names

COMMAND = Path(sys.executable).with_name("curbside")
LIMIT_S = 180


def measure(
    repetitions: Annotated[int, typer.Option(min=1, help="How often `curbside setup` is run from nothing.")] = 3,
    plain: Annotated[bool, typer.Option(help="Let the plain LangChain stack ingest the same documents.")] = True,
    keep: Annotated[bool, typer.Option("--record", help="Write the table into docs/measurements.md.")] = False,
) -> None:
    """Print seconds of `curbside setup` in an empty folder, by step; exit 1 if it takes three minutes or longer."""
    with progress_bar("setup") as step:
        whole = []
        for number in range(repetitions):
            whole.append(_from_nothing())
            step("curbside setup", number + 1, repetitions)
        steps, about = _by_step()
        rows = [("`curbside setup`, the command, from nothing", f"{min(whole):.1f}–{max(whole):.1f}", repetitions)]
        rows += [(f"once more in process: {name}", f"{seconds:.1f}", 1) for name, seconds in steps.items()]
        if plain:
            rows += [(name, f"{seconds:.1f}", 1) for name, seconds in _plainly().items()]
    text = "\n\n".join(
        (
            "### The starter index from nothing",
            f"{about} Wanted: under {LIMIT_S} s.",
            table(("", "seconds", "n"), rows),
            conditions("onnxruntime", "torch", "open-medicine", "langchain-huggingface"),
        )
    )
    print(text)
    if keep:
        record("setup", text)
    if max(whole) >= LIMIT_S:
        raise typer.Exit(1)


def _from_nothing() -> float:
    """Return the seconds that the command takes in an empty folder. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "CURBSIDE_HOME": str(Path(folder) / "home")}
        began = time.perf_counter()
        subprocess.run([COMMAND, "setup"], env=environment, check=True, capture_output=True)
        return time.perf_counter() - began


def _by_step() -> tuple[dict[str, float], str]:
    """Return the seconds of each step of a set-up in this process, and a sentence on what was built."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.model_validate({"home": folder})
        clock = _Steps()
        export_model(settings.home)
        clock("export and verify the encoder", 0, 0)
        drug_names.export(model_folder(settings.home).parent)
        clock("drug names", 0, 0)
        encoder = encoder_of(settings)
        ingest_paths(settings, [corpora.STARTER], encoder, clock, on_wait=print, more=open_medicine.files())
        clock("finish", 0, 0)
        manifest = open_snapshot(settings.home).manifest
    counts = f"{sum(manifest.documents.values()):,} documents, {sum(manifest.passages.values()):,} passages, "
    return clock.spent, f"{counts}{manifest.sentences:,} sentences; encoder {manifest.encoder}."


class _Steps:
    """Adds the time since it was last told of anything to the stage that it is told of."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._last = time.perf_counter()

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.perf_counter()
        self.spent[stage] = self.spent.get(stage, 0.0) + now - self._last
        self._last = now


def _plainly() -> dict[str, float]:
    """Return the seconds of the plain stack over the same documents, read already."""
    documents = list(corpora.starter())
    texts = ["\n\n".join(section.text for section in document.sections) for document in documents]
    began = time.perf_counter()
    stack = PlainStack()
    loaded = time.perf_counter()
    chunks = stack.ingest(texts)
    done = time.perf_counter()
    return {
        "plain LangChain stack: imports and model loaded": loaded - began,
        f"plain LangChain stack: the same {len(documents)} documents, {chunks:,} chunks": done - loaded,
    }


if __name__ == "__main__":
    typer.run(measure)
