"""What the store does on SQLite alone: its pragmas, its transactions, its own self-check."""

from collections.abc import Iterator
from sqlite3 import Connection as RawConnection

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

WAIT_MS = 30_000


def prepare(engine: Engine) -> None:
    """Make every connection of a SQLite engine safe to share a file: WAL, foreign keys, a wait when it is locked.

    The driver's own handling of transactions is turned off, so that DDL is rolled back with the rest
    and a writer takes the lock when it begins, not midway, where waiting could not help it.
    """
    sa.event.listen(engine, "connect", _on_connect)
    sa.event.listen(engine, "begin", _on_begin)


def problems(connection: Connection) -> Iterator[str]:
    """Yield what SQLite itself finds wrong with the file: damaged pages, then rows that point nowhere."""
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if line != "ok":
            yield f"SQLite finds the file damaged: {line}"
    for table, rowid, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {rowid} of {table} points to a row of {parent} that is not there"


def _on_connect(raw: RawConnection, _record: object) -> None:
    raw.isolation_level = None
    raw.execute(f"PRAGMA busy_timeout={WAIT_MS}")
    raw.execute("PRAGMA foreign_keys=ON")
    if raw.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=NORMAL")


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
