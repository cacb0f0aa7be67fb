"""`curbside index` publishes what the corpus holds now, and goes back to the snapshot before."""

import shutil
from pathlib import Path

import pytest

from corpus.errors import NotFound, NotReady
from index.encoders.minilm_onnx import MiniLmOnnx
from index.encoders.models import model_folder
from index.pointer import read_pointer
from tests.commands.conftest import Run
from tests.small_home import DOSE, read_in


def test_the_snapshot_of_an_unchanged_corpus_stays(run: Run, own_home: Path) -> None:
    [before] = read_pointer(own_home)
    assert f"serving snapshot {before}" in run("index", home=own_home).stderr
    assert read_pointer(own_home) == [before]


def test_a_lost_snapshot_is_made_again_with_the_same_name(run: Run, own_home: Path) -> None:
    before = read_pointer(own_home)
    shutil.rmtree(own_home / "snapshots")
    (own_home / "CURRENT").unlink()
    run("index", home=own_home)
    assert read_pointer(own_home) == before
    assert "70 mg" in run("ask", DOSE, home=own_home).stdout


def test_rollback_serves_the_snapshot_before(run: Run, own_home: Path) -> None:
    [before] = read_pointer(own_home)
    read_in(own_home, MiniLmOnnx(model_folder(own_home)), dose=80)
    assert "80 mg" in run("ask", DOSE, home=own_home).stdout
    assert f"serving snapshot {before}" in run("index", "--rollback", home=own_home).stderr
    assert "70 mg" in run("ask", DOSE, home=own_home).stdout


def test_with_no_older_snapshot_there_is_nothing_to_go_back_to(run: Run, own_home: Path) -> None:
    with pytest.raises(NotFound, match="no older snapshot"):
        run("index", "--rollback", home=own_home)


def test_without_a_corpus_it_says_what_to_run_and_makes_nothing(run: Run, tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="curbside setup"):
        run("index", home=tmp_path / "none")
    assert not (tmp_path / "none").exists()
