"""What the store does on SQLite alone: its pragmas, its transactions, its own self-check."""

import time
from collections.abc import Iterator
from sqlite3 import Connection as RawConnection
from sqlite3 import OperationalError

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
    _turn_on_wal(raw)
    raw.execute("PRAGMA synchronous=NORMAL")


def _turn_on_wal(raw: RawConnection) -> None:
    """Turn WAL on. While another connection turns it on SQLite says at once that it is locked, whatever the timeout."""
    until = time.monotonic() + WAIT_MS / 1000
    while True:
        try:
            if raw.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                raw.execute("PRAGMA journal_mode=WAL")
            return
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
