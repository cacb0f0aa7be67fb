"""Every step from files to a kept answer with the store on PostgreSQL, by the commands that a reader would run."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus.errors import BadInput, NotReady
from tests.commands.conftest import Run
from tests.postgres_server import Server, name_of
from tests.small_home import INDICATION, write_documents, write_names

APART = ("id", "created", "timing_ms", "snapshot")


@pytest.fixture
def home(tmp_path: Path, model_home: Path) -> Path:
    """Return a data folder with an encoder and drug names, and no corpus."""
    home = tmp_path / "home"
    shutil.copytree(model_home / "models", home / "models")
    write_names(home)
    write_documents(tmp_path / "in")
    return home


def said(run: Run, home: Path, check: str) -> str:
    """Return what the doctor says of one check."""
    (line,) = [line for line in run("doctor", home=home).stdout.splitlines() if f" {check}: " in line]
    return line


def test_from_files_to_a_kept_answer(
    run: Run, home: Path, asked_home: Path, new_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = new_database()
    monkeypatch.setenv("CURBSIDE_DATABASE", url)
    assert json.loads(run("ingest", "in", "--json", home=home).stdout)["documents"]["new"] == 3
    answer = json.loads(run("ask", INDICATION, "--json", home=home).stdout)
    assert run("corpus", "verify", home=home).stdout.endswith("and 1 kept answers.\n")
    stats = json.loads(run("corpus", "stats", "--json", home=home).stdout)
    assert (stats["documents"], stats["answers"]) == ({"guideline": 1, "label": 1, "research": 1}, 1)
    assert len(run("corpus", "list", home=home).stdout.splitlines()) == 3
    assert said(run, home, "database").startswith("✓ database: PostgreSQL 18")
    assert name_of(url) in said(run, home, "database")
    assert said(run, home, "snapshot").startswith("✓")
    assert not (home / "corpus.db").exists()

    monkeypatch.delenv("CURBSIDE_DATABASE")
    embedded = json.loads(run("corpus", "stats", "--json", home=asked_home).stdout)
    assert embedded["fingerprint"] == stats["fingerprint"]
    same = json.loads(run("ask", INDICATION, "--json", home=asked_home).stdout)
    assert {n: v for n, v in same.items() if n not in APART} == {n: v for n, v in answer.items() if n not in APART}


def test_a_database_without_a_store_is_said_so_and_nothing_is_made_in_it(
    run: Run, home: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.new_database()
    monkeypatch.setenv("CURBSIDE_DATABASE", url)
    assert "✗ database: there is no store in" in said(run, home, "database")
    with pytest.raises(NotReady, match=f"no corpus in {name_of(url)} at .*: run `curbside setup`"):
        run("corpus", "stats", home=home)
    with postgres.connect(name_of(url)) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
    postgres.drop(url)


def test_a_server_that_is_not_there_fails_the_doctor_with_its_name_and_no_password(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CURBSIDE_DATABASE", "postgresql://me:secret@127.0.0.1:1/corpus")
    line = said(run, home, "database")
    assert line.startswith("✗ database: the database corpus at 127.0.0.1 cannot be opened")
    assert "CURBSIDE_DATABASE" in line
    assert "secret" not in run("doctor", home=home).stdout


def test_an_embedded_corpus_is_copied_and_the_snapshot_still_fits(
    run: Run, own_home: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = json.loads(run("ask", INDICATION, "--json", home=own_home).stdout)
    before = json.loads(run("corpus", "stats", "--json", home=own_home).stdout)
    url = postgres.new_database()
    told = run("corpus", "copy-to", url, home=own_home).stdout
    assert "CURBSIDE_DATABASE" in told
    assert str(sa.make_url(url).password) not in told
    (own_home / "corpus.db").unlink()
    monkeypatch.setenv("CURBSIDE_DATABASE", url)
    assert json.loads(run("corpus", "stats", "--json", home=own_home).stdout) == before
    assert run("corpus", "verify", home=own_home).exit_code == 0
    assert said(run, own_home, "snapshot").startswith("✓")
    assert json.loads(run("ask", INDICATION, "--json", home=own_home).stdout)["hash"] == answer["hash"]
    with pytest.raises(BadInput, match="make a new, empty one"):
        run("corpus", "copy-to", url, home=own_home)
    postgres.drop(url)
