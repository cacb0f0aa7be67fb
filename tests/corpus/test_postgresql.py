"""What PostgreSQL alone can do to a store: other users, other orders, waits, lost connections, truncation."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy as sa

from corpus.database import WRITES, open_database
from corpus.errors import Busy, NotReady
from corpus.postgresql import make_engine
from corpus.schema import NAME, metadata
from corpus.store import Store
from tests.corpus.making import document, put
from tests.postgres_server import Server, name_of

SECRET = "not-the-password"


@pytest.fixture
def url(new_database: Callable[[], str]) -> str:
    """Return the address of an empty store."""
    return new_database()


@pytest.fixture
def held(url: str, tmp_path: Path) -> Iterator[Store]:
    """Return an open, empty store on PostgreSQL."""
    with Store.open(tmp_path, url) as store:
        yield store


def test_keys_and_names_are_compared_byte_by_byte_whatever_the_servers_language(held: Store) -> None:
    wanted = {
        (table.name, column.name) for table in metadata.sorted_tables for column in table.c if column.type is NAME
    }
    query = "SELECT table_name, column_name FROM information_schema.columns WHERE collation_name = 'C'"
    with held.engine.connect() as connection:
        found = {(row[0], row[1]) for row in connection.execute(sa.text(query)) if row[0] in metadata.tables}
    assert ("documents", "key") in wanted
    assert found == wanted


def test_what_never_changes_is_not_emptied_either(held: Store) -> None:
    put(held, document())
    for table in ("sections", "integrity_changes", "answers", "documents", "answer_flags"):
        with (
            pytest.raises(sa.exc.IntegrityError, match="never removed"),
            held.engine.execution_options(**WRITES).begin() as connection,
        ):
            connection.exec_driver_sql(f"TRUNCATE {table} CASCADE")
    assert held.stats().versions == 1


def test_a_reader_sees_one_moment_and_waits_for_no_writer(held: Store) -> None:
    put(held, document("pmid:1"))
    count = sa.text("SELECT count(*) FROM documents")
    with held.engine.connect() as reader, held.engine.execution_options(**WRITES).begin() as writer:
        before = reader.execute(count).scalar_one()
        writer.exec_driver_sql("UPDATE publications SET notice = 'x'")
        assert held.get("pmid:1").notice == ""
        writer.commit()
        put(held, document("pmid:2"))
        assert (before, reader.execute(count).scalar_one()) == (1, 1)
    assert held.stats().versions == 2


def test_what_did_not_say_that_it_writes_cannot(held: Store) -> None:
    put(held, document())
    with pytest.raises(sa.exc.InternalError, match="read-only"), held.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE publications SET notice = 'x'")


def test_a_writer_waits_for_the_one_before_it_and_sees_what_it_wrote(held: Store) -> None:
    put(held, document("pmid:1"))
    begun, go_on = Event(), Event()
    notice = sa.text("SELECT notice FROM publications")

    def first() -> None:
        with held.engine.execution_options(**WRITES).begin() as connection:
            connection.exec_driver_sql("UPDATE publications SET notice = 'first'")
            begun.set()
            assert go_on.wait(20)

    def second() -> str:
        with held.engine.execution_options(**WRITES).begin() as connection:
            return str(connection.execute(notice).scalar_one())

    with ThreadPoolExecutor(2) as threads:
        one = threads.submit(first)
        assert begun.wait(20)
        two = threads.submit(second)
        with held.engine.connect() as watcher:
            waits = sa.text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            while watcher.execute(waits).scalar_one() == 0:
                assert not two.done()
        go_on.set()
        one.result(20)
        assert two.result(20) == "first"


def test_a_writer_that_waits_too_long_is_told_so(held: Store, url: str) -> None:
    impatient = make_engine(sa.make_url(url), wait_ms=30).execution_options(**WRITES)
    with (
        held.engine.execution_options(**WRITES).begin() as connection,
        pytest.raises(Busy, match="writing to it all the while; try again"),
    ):
        connection.exec_driver_sql("UPDATE publications SET notice = 'x'")
        with impatient.begin():
            pass
    with impatient.begin() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar_one() == 1
    impatient.dispose()


def test_a_connection_that_is_lost_midway_is_busy_and_the_next_one_is_new(
    held: Store, url: str, postgres: Server
) -> None:
    put(held, document())
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name_of(url)}'"
    with pytest.raises(Busy, match=r"was lost .*: try again"), held.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
        postgres.run(cut)
        connection.exec_driver_sql("SELECT 1")
    postgres.run(cut)
    assert held.stats().versions == 1


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"password": SECRET}, "password authentication failed"),
        ({"database": "none"}, 'database "none" does not exist'),
        ({"query": {"host": "/nowhere"}}, "/nowhere"),
        ({"host": "127.0.0.1", "port": 1, "query": {}}, "127.0.0.1"),
        ({"host": "no-such-host.invalid", "query": {}}, "no-such-host.invalid"),
    ],
)
def test_a_database_that_cannot_be_opened_is_named_with_the_remedy_and_without_the_password(
    url: str, tmp_path: Path, change: dict[str, object], what: str
) -> None:
    wrong = sa.make_url(url).set(**change)  # type: ignore[arg-type]
    with pytest.raises(NotReady, match="start the server, or correct the setting database") as refused:
        Store.open(tmp_path, wrong.render_as_string(hide_password=False))
    said = str(refused.value)
    assert what in said
    assert "\n" not in said
    for secret in (SECRET, sa.make_url(url).password):
        assert str(secret) not in said


def test_a_user_that_may_not_make_tables_is_told_to_own_the_database(postgres: Server, tmp_path: Path) -> None:
    empty = postgres.new_database()
    postgres.run(f"CREATE ROLE reader LOGIN PASSWORD '{SECRET}'")
    with ExitStack() as stack:
        stack.callback(postgres.run, "DROP ROLE reader")
        stack.callback(postgres.drop, empty)
        address = sa.make_url(empty).set(username="reader", password=SECRET)
        with pytest.raises(NotReady, match=r"permission denied for schema public.*make the user its owner"):
            open_database(tmp_path / "corpus.db", address.render_as_string(hide_password=False))


def test_one_migration_that_fails_leaves_nothing(postgres: Server, tmp_path: Path) -> None:
    empty = postgres.new_database()
    with postgres.connect(name_of(empty)) as connection:
        connection.execute("CREATE TABLE answer_reads (mine int)")
    with pytest.raises(sa.exc.ProgrammingError, match="answer_reads"):
        Store.open(tmp_path, empty)
    with postgres.connect(name_of(empty)) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert found == [("answer_reads",)]
    postgres.drop(empty)
