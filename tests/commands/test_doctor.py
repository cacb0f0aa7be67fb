"""`curbside doctor` says of every part whether it is well, and of a part that is not, what to do."""

import sqlite3
from pathlib import Path

import pytest

from commands import doctor
from corpus.document import Integrity
from corpus.store import Store
from index.encoders.models import model_file, model_folder, tokenizer_file
from index.pointer import read_pointer
from tests.commands.conftest import Run


def failing(run: Run, home: Path) -> dict[str, str]:
    """Return what is said of each check that failed."""
    result = run("doctor", home=home)
    lines = [line.split(": ", 1) for line in result.stdout.splitlines()]
    found = {name.removeprefix("✗ "): said for name, said in lines if name.startswith("✗")}
    assert result.exit_code == (1 if found else 0)
    assert len(lines) == len(doctor.CHECKS)
    return found


def test_all_is_well_after_a_set_up(run: Run, asked_home: Path) -> None:
    assert failing(run, asked_home) == {}


def test_nothing_there_every_check_says_what_to_run_and_makes_nothing(run: Run, tmp_path: Path) -> None:
    wrong = failing(run, tmp_path / "none")
    assert set(wrong) == {"data folder", "encoder", "drug names", "database", "corpus", "snapshot"}
    assert all("run `curbside" in said for said in wrong.values())
    assert not (tmp_path / "none").exists()


def test_a_changed_model_is_seen_although_its_size_is_right(run: Run, own_home: Path) -> None:
    model = model_file(model_folder(own_home), "int8")
    data = bytearray(model.read_bytes())
    data[len(data) // 2] ^= 1
    model.write_bytes(data)
    assert "run `curbside setup --again`" in failing(run, own_home)["encoder"]


def test_a_truncated_model_is_seen(run: Run, own_home: Path) -> None:
    model = model_file(model_folder(own_home), "int8")
    model.write_bytes(model.read_bytes()[:1000])
    assert "run `curbside setup`" in failing(run, own_home)["encoder"]


def test_a_missing_tokenizer_is_seen(run: Run, own_home: Path) -> None:
    tokenizer_file(model_folder(own_home)).unlink()
    assert "run `curbside setup`" in failing(run, own_home)["encoder"]


def test_missing_names_are_seen(run: Run, own_home: Path) -> None:
    (own_home / "models" / "drug-names.json").unlink()
    assert list(failing(run, own_home)) == ["drug names"]


def test_a_corpus_that_changed_since_the_index_was_made_is_seen(run: Run, own_home: Path) -> None:
    with Store.open(own_home) as store:
        store.set_integrity("research:sample-trial", Integrity.RETRACTED, "retracted by the journal")
    wrong = failing(run, own_home)
    assert list(wrong) == ["snapshot"]
    assert "run `curbside index`" in wrong["snapshot"]


def test_a_damaged_snapshot_is_seen_byte_by_byte(run: Run, own_home: Path) -> None:
    [name] = read_pointer(own_home)
    file = own_home / "snapshots" / name / "sentences.f16"
    data = bytearray(file.read_bytes())
    data[0] ^= 1
    file.write_bytes(data)
    assert "sentences.f16 has SHA-256" in failing(run, own_home)["snapshot"]


def test_a_store_of_a_newer_version_is_said_so(run: Run, own_home: Path) -> None:
    raw = sqlite3.connect(own_home / "corpus.db")
    with raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    assert "the store has schema 9999" in failing(run, own_home)["corpus"]


def test_a_full_disk_is_seen(run: Run, asked_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "FREE_MIB", 10**12)
    assert "make room" in failing(run, asked_home)["disk"]
