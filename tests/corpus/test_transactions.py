"""Transactions that write: whole or nothing, and Busy in words where the database takes nothing."""

import pytest
import sqlalchemy as sa

from corpus.errors import Busy
from corpus.schema import publications
from corpus.store import Store
from corpus.transactions import writing

ROW = {"key": "pmid:1", "integrity": "current", "notice": "n" * 20_000}


def held(store: Store) -> int:
    with store.engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(publications)).scalar_one()


def test_an_error_inside_undoes_all_of_it(store: Store) -> None:
    with pytest.raises(KeyError, match="inside"), store.writing() as connection:
        connection.execute(publications.insert(), ROW)
        raise KeyError("inside")
    assert held(store) == 0
    with writing(store.engine) as connection:
        connection.execute(publications.insert(), ROW)
    assert held(store) == 1


@pytest.mark.parametrize(
    ("pragma", "said"),
    [("query_only=ON", "readonly"), ("max_page_count=1", "full")],  # never fewer pages than there are: none is free
    ids=["read-only", "full"],
)
def test_a_store_that_takes_nothing_is_said_so(
    pragma: str, said: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Store.open(tmp_path_factory.mktemp("takes_nothing")) as store:
        store.engine.dispose()
        sa.event.listen(store.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA {pragma}"))
        with pytest.raises(Busy, match=f"{said}.*make room on the disk .* try again"), store.writing() as connection:
            connection.execute(publications.insert(), ROW)
        assert held(store) == 0
