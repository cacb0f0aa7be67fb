"""A database is made, migrated and recognised when it is opened."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from corpus import migrations
from corpus.database import open_file
from corpus.errors import Inconsistent
from corpus.schema import metadata


def test_the_migrations_lead_to_the_schema(tmp_path: Path) -> None:
    engine = open_file(tmp_path / "corpus.db")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_head_is_the_last_migration_in_the_folder() -> None:
    assert ScriptDirectory(str(migrations.HERE)).get_heads() == [migrations.HEAD]


def test_sqlite_is_opened_with_wal_foreign_keys_and_a_wait(tmp_path: Path) -> None:
    engine = open_file(tmp_path / "corpus.db")
    with engine.connect() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")
        }
        wait = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
        with pytest.raises(sa.exc.IntegrityError, match="FOREIGN KEY"):
            connection.exec_driver_sql("INSERT INTO retrievals VALUES (1, 'x', 'n', '', '2026-01-01')")
    engine.dispose()
    assert asked == {"journal_mode": "wal", "foreign_keys": 1}
    assert wait >= 10_000


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    open_file(tmp_path / "corpus.db").dispose()
    with closing(sqlite3.connect(tmp_path / "corpus.db")) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Inconsistent, match="schema 9999"):
        open_file(tmp_path / "corpus.db")


def test_a_file_that_is_no_database_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "corpus.db").write_bytes(b"not a database, but long enough to be looked at" * 30)
    with pytest.raises(Inconsistent, match=r"corpus\.db cannot be opened"):
        open_file(tmp_path / "corpus.db")


def test_processes_that_open_a_new_folder_at_once_agree(tmp_path: Path) -> None:
    code = f"from pathlib import Path; from corpus.store import Store; Store.open(Path({str(tmp_path)!r})).close()"
    running = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(3)]
    for process in running:
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, b"")
