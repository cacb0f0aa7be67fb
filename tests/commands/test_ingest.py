"""The ingest command reads, publishes and reports; two at once take turns."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import typer
from numpy.typing import NDArray
from typer.testing import CliRunner

from commands.ingest import ingest, ingest_paths
from commands.progress import progress_bar
from commands.settings import Settings, load
from corpus.errors import Busy, NotReady
from corpus.records import Outcome
from corpus.store import Store
from index.manifest import read_manifest
from index.pointer import read_pointer, snapshots_folder
from ingest.report import Report
from tests.ingest.test_lock import holder

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = """<html><head><title>On {0}</title><meta name="curbside:kind" content="guideline"></head>
<body><h1>On {0}</h1><p>{0} is taken once daily.</p></body></html>"""


class HashEncoder:
    """An encoder whose vectors follow from the hash of a text; a token is a word."""

    fingerprint = "hash/1"
    dim = 8
    max_tokens = 64

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return each text's number of words, and two."""
        return [len(text.split()) + 2 for text in texts]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors."""
        rows = [np.frombuffer(hashlib.sha256(text.encode()).digest(), np.uint8)[: self.dim] for text in texts]
        vectors = np.array(rows, np.float32).reshape(len(texts), self.dim) - 127.5
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return settings with an empty data folder and a short wait."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CURBSIDE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CURBSIDE_LOCK_TIMEOUT_S", "0.2")
    (tmp_path / "in").mkdir()
    for name in ("aspirin", "warfarin"):
        (tmp_path / "in" / f"{name}.html").write_text(PAGE.format(name))
    return load()


def run(settings: Settings, *paths: str) -> Report:
    with progress_bar("ingest", quiet=True) as step:
        return ingest_paths(settings, [Path(p) for p in paths], HashEncoder(), step, on_wait=lambda line: None)


def test_what_is_read_is_served_from_a_snapshot_of_this_very_corpus(settings: Settings) -> None:
    report = run(settings, "in")
    assert report.outcomes == {Outcome.NEW: 2}
    assert read_pointer(settings.home) == [report.snapshot]
    manifest = read_manifest(snapshots_folder(settings.home) / report.snapshot)
    with Store.open(settings.home) as store:
        assert manifest.corpus == store.fingerprint()
        assert sum(manifest.passages.values()) == store.stats().passages > 0


def test_a_second_ingest_of_the_same_leaves_the_snapshot_and_a_new_file_makes_another(settings: Settings) -> None:
    first = run(settings, "in")
    again = run(settings, "in")
    assert (again.outcomes, again.snapshot) == ({Outcome.UNCHANGED: 2}, first.snapshot)
    Path("in/new.html").write_text(PAGE.format("ibuprofen"))
    new = run(settings, "in")
    assert read_pointer(settings.home) == [new.snapshot, first.snapshot]


def test_without_an_encoder_the_command_says_what_to_run_and_reads_nothing(settings: Settings) -> None:
    app = typer.Typer()
    app.command()(ingest)
    result = CliRunner().invoke(app, ["in"], obj=settings)
    assert isinstance(result.exception, NotReady)
    assert "curbside setup" in str(result.exception)
    assert not (settings.home / "corpus.db").exists()


def test_while_another_ingest_runs_this_one_waits_and_then_gives_up(settings: Settings) -> None:
    said: list[str] = []
    settings.home.mkdir()
    with holder(settings.home) as other, progress_bar("ingest", quiet=True) as step:
        with pytest.raises(Busy, match=f"process {other.pid} is still ingesting"):
            ingest_paths(settings, [Path("in")], HashEncoder(), step, on_wait=said.append)
        other.communicate()
    assert len(said) == 1
    assert f"process {other.pid}" in said[0]


TWO = """
import sys
from pathlib import Path
from commands.ingest import ingest_paths
from commands.settings import load
from tests.commands.test_ingest import HashEncoder

def step(stage, done, total):
    pass

print(ingest_paths(load(), [Path("in")], HashEncoder(), step, on_wait=lambda line: None).as_json()["documents"])
"""


def test_two_ingests_at_once_take_turns_and_store_everything_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CURBSIDE_LOCK_TIMEOUT_S", "120")
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    command = [sys.executable, "-c", TWO]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    counts = [json.loads(process.communicate(timeout=120)[0].replace("'", '"')) for process in running]
    assert sorted((count["new"], count["unchanged"]) for count in counts) == [(0, 2), (2, 0)]
    assert len(read_pointer(settings.home)) == 1
