"""`curbside setup` makes a data folder ready once; what is there already is not done again."""

import json
import shutil
import time
from pathlib import Path

import pytest

from commands.done import Done, fingerprint
from index.pointer import read_pointer
from tests.commands.conftest import Run


def test_a_step_is_done_only_with_the_same_ingredients(tmp_path: Path) -> None:
    done = Done(tmp_path)
    assert not done.has("names", "1")
    done.note("names", "1")
    done.note("starter", "2")
    assert done.has("names", "1")
    assert done.has("starter", "2")
    assert not done.has("names", "2")


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff"])
def test_a_damaged_note_means_that_the_steps_are_done_again(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "setup.json").write_bytes(damage)
    done = Done(tmp_path)
    assert not done.has("names", "1")
    done.note("names", "1")
    assert done.has("names", "1")


def test_a_fingerprint_changes_with_text_name_and_version_but_not_with_compiled_files(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one")
    first = fingerprint([tmp_path], "1.0")
    assert fingerprint([tmp_path], "1.1") != first
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"compiled")
    assert fingerprint([tmp_path], "1.0") == first
    (tmp_path / "a.md").write_text("two")
    changed = fingerprint([tmp_path], "1.0")
    (tmp_path / "a.md").rename(tmp_path / "b.md")
    assert len({first, changed, fingerprint([tmp_path], "1.0")}) == 3


def test_the_names_are_written_once_and_the_encoder_stays(run: Run, model_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(model_home / "models", home / "models")
    first = run("setup", "--no-starter", home=home).stderr
    assert "encoder: was there already; int8, cosine with the reference at least" in first
    assert "drug names: written" in first
    assert 'curbside ask "' in first
    assert "curbside serve" in first
    again = run("setup", "--no-starter", home=home).stderr
    assert "drug names: were there already" in again
    (home / "models" / "drug-names.json").write_text("{")
    assert "drug names: written" in run("setup", "--no-starter", home=home).stderr
    assert len(json.loads((home / "models" / "drug-names.json").read_text())["names"]) > 40_000


def test_a_second_set_up_finds_everything_there_within_three_seconds(run: Run, starter_home: Path) -> None:
    run("setup", home=starter_home)
    served = read_pointer(starter_home)
    began = time.monotonic()
    again = run("setup", home=starter_home).stderr
    assert time.monotonic() - began < 3
    assert [line.split(";")[0] for line in again.splitlines()[:3]] == [
        "encoder: was there already",
        "drug names: were there already",
        "starter corpus: was there already, and is served",
    ]
    assert read_pointer(starter_home) == served
