"""A database is made, migrated and recognised when it is opened."""

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from corpus import migrations
from corpus.database import WRITES, open_database, open_file
from corpus.errors import BadInput, Inconsistent
from corpus.schema import metadata
from corpus.store import Store
from tests.postgres import OpenStore


def test_the_migrations_lead_to_the_schema(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []


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


def test_a_store_of_a_newer_version_is_refused(open_store: OpenStore) -> None:
    with open_store() as store, store.engine.execution_options(**WRITES).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Inconsistent, match="schema 9999"):
        open_store()


def test_a_file_that_is_no_database_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "corpus.db").write_bytes(b"not a database, but long enough to be looked at" * 30)
    with pytest.raises(Inconsistent, match=r"corpus\.db cannot be opened"):
        open_file(tmp_path / "corpus.db")


@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
def test_processes_that_open_a_new_database_at_once_agree(
    where: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres").new_database() if where == "postgresql" else ""
    imports = "from pathlib import Path; from corpus.store import Store"
    code = f"{imports}; Store.open(Path({str(tmp_path)!r}), {url!r}).close()"
    running = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(3)]
    for process in running:
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, b"")


def test_an_address_of_no_database_that_is_known_is_refused_without_repeating_it(tmp_path: Path) -> None:
    for address in ("mysql://me:secret@host/name", "me:secret@host", "postgresql://me:secret@host:port/name"):
        with pytest.raises(BadInput, match="expected postgresql://user:password@host:5432/name") as refused:
            open_database(tmp_path / "corpus.db", address)
        assert "secret" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_sqlite_may_be_named_with_a_file_of_its_own(tmp_path: Path) -> None:
    open_database(tmp_path / "corpus.db", f"sqlite:///{tmp_path}/other/state.db").dispose()
    assert (tmp_path / "other/state.db").exists()
    assert not (tmp_path / "corpus.db").exists()
    with pytest.raises(BadInput, match="names no file"):
        open_database(tmp_path / "corpus.db", "sqlite://")
