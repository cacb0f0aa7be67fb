"""Refreshes that wait, that are killed, or whose collection is wrong: each is told of, and none is in another's way."""

import json
import os
import resource
import subprocess
from pathlib import Path

import pytest

from commands.begun import begin_refresh
from commands.refreshes import OwnRefreshes
from commands.settings import load
from corpus.errors import BadInput
from corpus.refreshing import RunState, begin_run, note_answers
from corpus.store import Store
from corpus.verify import verify
from index.pointer import read_pointer
from ingest.lock import refresh_lock
from tests.commands.conftest import Run
from tests.commands.test_refresh import COLLECTION
from tests.replay.made import label, other_label
from tests.replay.openfda import OpenFda
from tests.replay.server import replaying

WRONG = 'title = "Gout"\n[openfad]\n'


def test_one_wrong_file_is_told_of_and_stops_no_other_collection(run: Run, own_home: Path) -> None:
    mine = own_home / "collections"
    mine.mkdir()
    (mine / "gout.toml").write_text(WRONG)
    (mine / "osteoporosis.toml").write_text('title = "Mine"\n[folder]\npaths = ["papers"]\n')
    (mine / "papers").mkdir()
    done = run("refresh", "--json", home=own_home)
    assert done.exit_code == 1
    assert [one["collection"] for one in json.loads(done.stdout)] == ["osteoporosis"]
    assert "gout.toml: openfad is unknown" in done.stderr
    checked = run("collection", "check", home=own_home)
    assert (checked.exit_code, "osteoporosis.toml: sound" in checked.stdout) == (2, True)
    assert "gout.toml: openfad is unknown" in checked.stderr


def test_a_source_that_nothing_follows_is_refused(run: Run, own_home: Path) -> None:
    with pytest.raises(BadInput, match=r"does not follow opnfda: expected some of .*openfda"):
        run("refresh", "osteoporosis", "--source", "opnfda", "--dry-run", home=own_home)


def test_a_run_that_was_killed_is_shown_as_interrupted(
    run: Run, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CURBSIDE_HOME", str(own_home))
    with Store.open(own_home) as store:
        with store.writing() as connection:
            begin_run(connection, "samples", "schedule", "killed")
            note_answers(connection, "killed", "killed")
            begin_run(connection, "samples", "request", "waits")
        seen = OwnRefreshes(load(), store)
        with refresh_lock(own_home, 0, print):
            assert {one.state for one in seen.runs(9, None)} == {RunState.RUNNING}
        assert {one.id: one.state for one in seen.runs(9, None)} == {
            "killed": RunState.INTERRUPTED,
            "waits": RunState.RUNNING,
        }
    lines = run("refresh", "--history", home=own_home).stdout.splitlines()
    assert any("killed" in line and "interrupted" in line for line in lines)


def test_a_process_that_cannot_begin_says_why(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURBSIDE_HOME", str(own_home))
    status, why = begin_refresh("nothing", [], "schedule", "anything").wait()
    assert (status, "no collection 'nothing'" in why) == (2, True)


def test_a_disk_that_is_full_is_told_of_and_the_next_run_finishes(
    curbside_command: Path, own_home: Path, tmp_path: Path
) -> None:
    (own_home / "collections").mkdir()
    (own_home / "collections" / "samples.toml").write_text(COLLECTION)
    before = read_pointer(own_home)
    with replaying(OpenFda([label(), other_label()], {})) as labels:
        told = {**os.environ, "CURBSIDE_HOME": str(own_home), "CURBSIDE_OPENFDA_URL": labels.url}
        command = [str(curbside_command), "refresh", "samples", "--source", "openfda"]

        def refreshed(most: int | None) -> "subprocess.CompletedProcess[str]":
            def limited() -> None:
                if most is not None:
                    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

            return subprocess.run(
                command, env=told, cwd=tmp_path, preexec_fn=limited, capture_output=True, text=True, timeout=120
            )

        for most in (2_000, 60_000, 150_000):
            full = refreshed(most)
            assert full.returncode in (1, 2), full.stderr
            assert "Traceback" not in full.stderr
            assert "room" in full.stderr, full.stderr
            assert read_pointer(own_home) == before
        done = refreshed(None)
    assert done.returncode == 0, done.stderr
    assert read_pointer(own_home)[1:] == before
    with Store.open(own_home) as store:
        assert list(verify(store)) == []


def test_a_run_that_waits_is_not_ended_by_the_one_before(
    run: Run, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own_home / "collections").mkdir()
    (own_home / "collections" / "samples.toml").write_text(COLLECTION)
    with Store.open(own_home) as store, store.writing() as connection:
        begin_run(connection, "samples", "request", "waits")
    with replaying(OpenFda([label(), other_label()], {})) as labels:
        monkeypatch.setenv("CURBSIDE_OPENFDA_URL", labels.url)
        for name in ("first", "waits"):
            done = run(
                *("refresh", "samples", "--source", "openfda", "--json", "--cause", "request", "--run-id", name),
                home=own_home,
            )
            assert (done.exit_code, json.loads(done.stdout)[0]["run"]) == (0, name)
    past = json.loads(run("refresh", "--history", "--json", home=own_home).stdout)
    assert {one["id"]: one["state"] for one in past} == {"first": "done", "waits": "done"}
