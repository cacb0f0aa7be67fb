"""A service over PostgreSQL: its answers are kept there, and it outlives a database that goes away for a while."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from qa.answerer import Answerer
from qa.keep import AnswerKeeper
from qa.serve import create_app
from tests.index.corpora import WordEncoder
from tests.postgres import store_in
from tests.postgres_server import Server, name_of
from tests.serving import serving
from tests.small_home import CONTRAINDICATIONS


@pytest.fixture
def url(new_database: Callable[[], str]) -> str:
    """Return the address of a migrated database."""
    return new_database()


@pytest.fixture
def client(own_home: Path, url: str) -> Iterator[httpx.Client]:
    """Yield a client of a service whose store is there."""
    answerer = Answerer(own_home, encoder=WordEncoder())
    with store_in(own_home, url) as store, serving(create_app(answerer, AnswerKeeper(store), store)) as running:
        yield running


def ask(client: httpx.Client) -> httpx.Response:
    return client.post("/api/ask", json={"question": CONTRAINDICATIONS})


def test_an_answer_is_kept_and_read_back(client: httpx.Client) -> None:
    answer = ask(client).json()
    assert client.get(f"/api/answers/{answer['id']}").json() == answer


def test_a_database_that_goes_away_is_said_so_and_its_return_is_noticed(
    client: httpx.Client, url: str, postgres: Server
) -> None:
    answer = ask(client).json()
    name = name_of(url)
    postgres.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    postgres.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    for refused in (ask(client), client.get(f"/api/answers/{answer['id']}")):
        assert refused.status_code == 503
        assert f"the database {name} at " in refused.json()["error"]
        assert str(sa.make_url(url).password) not in refused.text
    assert client.get("/api/search", params={"q": CONTRAINDICATIONS}).status_code == 200
    postgres.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert client.get(f"/api/answers/{answer['id']}").json() == answer
    assert ask(client).status_code == 200
