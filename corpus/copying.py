"""All that a store holds, copied into an empty one: from SQLite to a server, or back."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus import counts
from corpus.database import WRITES
from corpus.errors import BadInput, Inconsistent
from corpus.schema import metadata
from corpus.store import Store

BATCH = 500
Progress = Callable[[str, int, int], None]


def copy(source: Store, target: Store, progress: Progress = lambda table, done, total: None) -> dict[str, int]:
    """Return how many rows of which table were copied; all of them, or nothing is changed.

    What was written to the source before is copied, what is written meanwhile is not. Raw files are not in the
    database and stay where they are. Raises BadInput where the target holds anything, Inconsistent where the copy
    is not the same.
    """
    tables = metadata.sorted_tables
    with source.engine.connect() as reading, target.engine.execution_options(**WRITES).begin() as writing:
        for table in tables:
            if found := _count(writing, table):
                raise BadInput(f"the database to copy to has {found:,} rows in {table.name}: make a new, empty one")
        for table in tables:
            _copy_table(reading, writing, table, progress)
        copied = {table.name: _count(writing, table) for table in tables}
        for table in tables:
            if copied[table.name] != _count(reading, table):
                raise Inconsistent(f"{copied[table.name]:,} rows of {table.name} were copied: try again")
        if counts.fingerprint(reading) != counts.fingerprint(writing):
            raise Inconsistent("the copy has another fingerprint: check the source with `curbside corpus verify`")
    return copied


def _copy_table(reading: Connection, writing: Connection, table: sa.Table, progress: Progress) -> None:
    total, done = _count(reading, table), 0
    rows = reading.execution_options(yield_per=BATCH).execute(sa.select(table)).mappings()
    for batch in rows.partitions():
        writing.execute(table.insert(), [dict(row) for row in batch])
        done += len(batch)
        progress(table.name, done, total)
    numbered = table.autoincrement_column
    if done and numbered is not None and writing.dialect.name == "postgresql":
        _count_on(writing, numbered)


def _count_on(connection: Connection, column: sa.Column[int]) -> None:
    """Let the next row's number follow the highest one: numbers were given, so that the server has not counted."""
    sequence = sa.func.pg_get_serial_sequence(column.table.name, column.name)
    highest = sa.select(sa.func.max(column)).scalar_subquery()
    connection.execute(sa.select(sa.func.setval(sequence, highest)))


def _count(connection: Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
