"""Paths go in, a report comes out; nothing that one file holds stops the others."""

import gzip
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from corpus.document import Document, Integrity
from corpus.errors import NotReady
from corpus.records import Outcome
from corpus.store import Store
from corpus.verify import verify
from ingest.batch import MOST_DOCUMENTS
from ingest.pipeline import ingest
from ingest.readers.base import PartlyUnreadable, RawFile, read_any
from ingest.report import Report
from ingest.unpack import Limits
from tests.ingest.faking import WholeSplitter, read

TODAY = date(2026, 11, 23)
REPOSITORY = Path(__file__).resolve().parents[2]


def files(folder: Path, **contents: str) -> Path:
    """Return the folder, with a file a keyword."""
    folder.mkdir(exist_ok=True)
    for name, text in contents.items():
        (folder / name).write_text(text)
    return folder


def run(paths: list[Path], store: Store, splitter: WholeSplitter | None = None, limits: Limits | None = None) -> Report:
    report = ingest(paths, store, splitter or WholeSplitter(), retrieved=TODAY, read=read, limits=limits or Limits())
    assert list(verify(store)) == []
    return report


def outcomes(report: Report) -> dict[str, dict[str, int]]:
    return {line.name: {outcome.value: n for outcome, n in line.outcomes.items()} for line in report.lines}


def test_every_file_has_its_line_and_the_bad_ones_stop_nothing(tmp_path: Path, store: Store) -> None:
    folder = files(tmp_path / "in", a="k:1: one", b="garbage", c="k:2: crash", d="k:3: three\nk:4: four", e="k:1: one")
    report = run([folder, tmp_path / "none"], store)
    assert outcomes(report) == {
        "in/a": {"new": 1},
        "in/b": {},
        "in/c": {},
        "in/d": {"new": 2},
        "in/e": {"unchanged": 1},
        "none": {},
    }
    why = {line.name: line.skipped for line in report.skipped}
    assert why["in/b"] == "expected 'key: text', found 'garbage'"
    assert "a fault of Curbside while reading it (KeyError" in why["in/c"]
    assert "faking.py, line" in why["in/c"]
    assert "no such file" in why["none"]


def test_a_second_ingest_is_unchanged_and_cuts_nothing_again(tmp_path: Path, store: Store) -> None:
    folder = files(tmp_path / "in", a="k:1: one", b="k:2: two")
    run([folder], store)
    splitter = WholeSplitter()
    report = run([folder], store, splitter)
    assert report.outcomes == {Outcome.UNCHANGED: 2}
    assert splitter.cuts == 0


def test_versions_older_versions_and_states_are_told_apart(tmp_path: Path, store: Store) -> None:
    folder = files(tmp_path / "in", a="k v2: two", b="k v3: three", c="k v1: one", d="k v3!: three")
    report = run([folder], store)
    assert outcomes(report) == {
        "in/a": {"new": 1},
        "in/b": {"new version": 1},
        "in/c": {"older version": 1},
        "in/d": {"new state": 1},
    }
    assert (store.get("k").version, store.get("k").integrity) == ("3", Integrity.RETRACTED)


def test_one_bad_document_of_a_file_is_named_and_the_others_go_in(tmp_path: Path, store: Store) -> None:
    report = run([files(tmp_path / "in", a="k:1: one\nk:2: unsplittable\nk:3: three")], store)
    assert outcomes(report) == {"in/a": {"new": 2}}
    assert report.lines[0].skipped == "1 of its 3 documents; k:2: no room for text"


def test_a_record_that_cannot_be_read_is_named_and_the_others_go_in(tmp_path: Path, store: Store) -> None:
    def partly(raw: RawFile) -> list[Document]:
        raise PartlyUnreadable(read(raw), ["record 2 has no title"])

    report = ingest([files(tmp_path / "in", a="k:1: one")], store, WholeSplitter(), retrieved=TODAY, read=partly)
    assert outcomes(report) == {"in/a": {"new": 1}}
    assert report.lines[0].skipped == "1 of its 2 records cannot be read: record 2 has no title"


def test_another_splitter_cuts_what_is_held_anew(tmp_path: Path, store: Store) -> None:
    folder = files(tmp_path / "in", a="k:1: one", b="k:2: two")
    run([folder], store)
    other = files(tmp_path / "other", a="k:3: three")
    report = run([other], store, WholeSplitter("finer"))
    assert report.resplit == 2
    assert list(store.current_split(not_by="finer")) == []


def test_the_snapshot_is_published_from_the_store_at_the_end(tmp_path: Path, store: Store) -> None:
    folder = files(tmp_path / "in", a="k:1: one", b="k:2: two")
    report = ingest(
        [folder], store, WholeSplitter(), retrieved=TODAY, read=read, publish=lambda held: held.fingerprint()
    )
    assert report.snapshot == store.fingerprint()


def test_a_snapshot_that_cannot_be_published_leaves_the_report_and_its_reason(tmp_path: Path, store: Store) -> None:
    def refuse(store: Store) -> str:
        raise NotReady("the encoder is not set up: run `curbside setup`")

    folder = files(tmp_path / "in", a="k:1: one")
    report = ingest([folder], store, WholeSplitter(), retrieved=TODAY, read=read, publish=refuse)
    assert report.outcomes == {Outcome.NEW: 1}
    assert "curbside setup" in report.unpublished


def test_progress_counts_files_to_the_end(tmp_path: Path, store: Store) -> None:
    steps: list[tuple[str, int, int]] = []
    folder = files(tmp_path / "in", a="k:1: one", b="k:2: two")
    ingest([folder], store, WholeSplitter(), retrieved=TODAY, read=read, progress=lambda *step: steps.append(step))
    assert steps == [("files", 0, 2), ("files", 1, 2), ("files", 2, 2)]


def test_a_file_over_the_limit_is_never_given_to_a_reader(tmp_path: Path, store: Store) -> None:
    folder = files(tmp_path / "in", a="k:1: " + "long " * 100, b="k:2: two")
    report = run([folder], store, limits=Limits(max_bytes=100))
    assert outcomes(report) == {"in/a": {}, "in/b": {"new": 1}}
    assert "too large" in report.skipped[0].skipped


def test_the_raw_bytes_are_kept_under_the_name_the_user_knows(tmp_path: Path, store: Store) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"k:1: one"))
    run([tmp_path / "a.gz"], store)
    version = next(store.versions("k:1"))
    assert store.blobs.get(version.raw_sha256) == b"k:1: one"
    assert version.retrieved == TODAY


KILLED = """
import sys, time
from datetime import date
from pathlib import Path
from corpus.store import Store
from ingest.pipeline import ingest
from tests.ingest.faking import WholeSplitter, read

home, folder = map(Path, sys.argv[1:3])

def slow(raw):
    if raw.name.endswith("/66"):
        print("now", flush=True)
        time.sleep(60)
    return read(raw)

def publish(store):
    (home / "CURRENT").write_text("new")
    return "new"

with Store.open(home, sys.argv[3]) as store:
    ingest([folder], store, WholeSplitter(), retrieved=date(2026, 11, 23), read=slow, publish=publish)
"""


def test_an_ingest_that_is_killed_leaves_the_old_snapshot_and_goes_on_when_run_again(
    tmp_path: Path, store: Store, database: str
) -> None:
    home = tmp_path
    folder = files(tmp_path / "in", **{f"{n:02}": f"k:{n}: text {n}" for n in range(70)})
    (home / "CURRENT").write_text("old")
    command = [sys.executable, "-c", KILLED, str(home), str(folder), database]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "now\n"
        process.send_signal(signal.SIGKILL)
    assert (home / "CURRENT").read_text() == "old"
    splitter = WholeSplitter()
    report = run([folder], store, splitter)
    assert report.outcomes == {Outcome.UNCHANGED: MOST_DOCUMENTS, Outcome.NEW: 70 - MOST_DOCUMENTS}
    assert splitter.cuts == 70 - MOST_DOCUMENTS


def test_an_ingest_killed_at_any_moment_leaves_a_store_without_a_problem(
    tmp_path: Path, store: Store, database: str
) -> None:
    folder = files(tmp_path / "in", **{f"{n:03}": f"k:{n}: text {n}\nl:{n}: more {n}" for n in range(60)})
    code = KILLED.replace('endswith("/66")', 'endswith("/059")')
    command = [sys.executable, "-c", code, str(tmp_path), str(folder), database]
    raw = tmp_path / "raw"
    for kept in (3, 40):
        with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE) as process:
            while sum(path.is_file() for path in raw.rglob("[!.]*")) < kept:
                time.sleep(0.001)
            os.kill(process.pid, signal.SIGKILL)
    report = run([folder], store)
    # A batch's documents are in the store before the next batch's bytes are kept.
    assert report.outcomes[Outcome.UNCHANGED] >= MOST_DOCUMENTS
    assert report.outcomes.total() == 120


def test_every_file_at_the_edge_has_its_line_and_nothing_goes_out(
    shared: Path, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an ingest reached for the network")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    edge = shared / "data" / "edge"
    (tmp_path / "good.md").write_text("k:1: one")

    def read_either(raw: RawFile) -> list[Document]:
        return read(raw) if raw.name == "good.md" else read_any(raw)

    report = ingest([edge, tmp_path / "good.md"], store, WholeSplitter(), retrieved=TODAY, read=read_either)
    assert list(verify(store)) == []
    texts = [section.text for document in store.current() for section in document.sections]
    names = {f"edge/{path.relative_to(edge)}" for path in edge.rglob("*") if path.is_file()}
    assert {line.name for line in report.lines} == names | {"good.md"}
    assert [line.skipped for line in report.lines if "fault of Curbside" in line.skipped] == []
    assert all(line.outcomes or line.skipped for line in report.lines)
    assert outcomes(report)["good.md"] == {"new": 1}
    assert not any("root:" in text for text in texts)


def test_the_same_label_under_two_names_is_one_document(shared: Path, tmp_path: Path, store: Store) -> None:
    labels = shared / "data" / "labels" / "spl"
    paths = [labels / "2c9fb32d-4b1b-b5da-4bdf-6b06908ba8b3.xml", labels / "humira.xml", labels / "humira.xml"]
    report = ingest(paths, store, WholeSplitter(), retrieved=TODAY, read=read_any)
    assert [dict(line.outcomes) for line in report.lines] == [{Outcome.NEW: 1}, *[{Outcome.UNCHANGED: 1}] * 2]
    assert (store.stats().versions, store.stats().raw_files) == (1, 1)
