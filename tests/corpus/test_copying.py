"""A store is copied to another database whole, or not at all."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from corpus.copying import copy
from corpus.database import WRITES
from corpus.errors import BadInput
from corpus.schema import Moment, documents, metadata
from corpus.store import Store
from tests.corpus.making import document, put
from tests.postgres import OpenStore

# One value for a column of each type; numbers given by the database start far from where it would start itself.
VALUES: dict[type[Any], object] = {
    sa.Boolean: True,
    sa.Integer: 41,
    sa.BigInteger: 2**40,
    sa.String: "x é 漢",
    sa.Text: 'a line\nand "another"',
    sa.Date: date(2026, 11, 25),
    Moment: datetime(2026, 11, 25, 12, 0, 0, 123456, tzinfo=UTC),
    sa.JSON: {"a": [1, None, "é"]},
}


def fill(store: Store) -> dict[str, dict[str, Any]]:
    """Return the one row that every table has now."""
    rows: dict[str, dict[str, Any]] = {}
    with store.engine.execution_options(**WRITES).begin() as connection:
        for table in metadata.sorted_tables:
            rows[table.name] = {column.name: _value(column, rows) for column in table.c}
            connection.execute(table.insert(), rows[table.name])
    return rows


def _value(column: sa.Column[Any], rows: dict[str, dict[str, Any]]) -> object:
    for key in column.foreign_keys:
        return rows[key.column.table.name][key.column.name]
    return VALUES[type(column.type)]


def read(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table."""
    with store.engine.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for table in metadata.sorted_tables
        }


@pytest.fixture
def other(database: str, new_database: Callable[[], str], tmp_path: Path) -> Iterator[Store]:
    """Yield an empty store on the database that `store` is not on."""
    with Store.open(tmp_path / "other", "" if database else new_database()) as opened:
        yield opened


def test_every_row_of_every_table_arrives_as_it_was(store: Store, other: Store) -> None:
    rows = fill(store)
    steps: list[tuple[str, int, int]] = []
    copied = copy(store, other, lambda *step: steps.append(step))
    assert read(other) == read(store) == {name: [row] for name, row in rows.items()}
    assert copied == dict.fromkeys(metadata.tables, 1)
    assert steps == [(table.name, 1, 1) for table in metadata.sorted_tables]


def test_many_documents_have_the_same_fingerprint_and_the_next_one_its_own_number(store: Store, other: Store) -> None:
    for n in range(12):
        put(store, document(f"pmid:{n:02}", text=f"Number {n}."))
    copy(store, other)
    assert (other.fingerprint(), other.stats()) == (store.fingerprint(), store.stats())
    put(other, document("spl:next"))
    with other.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.max(documents.c.seq))).scalar_one() == 13
    assert [split.document.key for split in other.current_split()][-1] == "spl:next"


def test_a_database_that_holds_something_is_left_as_it_is(store: Store, other: Store, open_store: OpenStore) -> None:
    put(store, document())
    put(other, document("pmid:1"))
    before = read(other)
    with pytest.raises(BadInput, match=r"has 1 rows in \w+: make a new, empty one"):
        copy(store, other)
    assert read(other) == before
    with pytest.raises(BadInput, match="empty one"):
        copy(store, open_store())


def test_a_copy_that_breaks_midway_leaves_nothing(store: Store, other: Store) -> None:
    put(store, document())

    def stop(table: str, done: int, total: int) -> None:
        if table == "documents":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(store, other, stop)
    assert not any(read(other).values())
