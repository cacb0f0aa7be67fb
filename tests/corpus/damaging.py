"""Changes to what can never be changed, as damage or a hand on the database would make them."""

import sqlite3
from contextlib import closing

import sqlalchemy as sa

from corpus.database import WRITES
from corpus.store import Store


def go_around(store: Store, statement: str, **values: str) -> None:
    """Run a statement with every guard of the database off: triggers and foreign keys. It must change something."""
    if store.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(store.engine.url.database))) as raw, raw:
            for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                raw.execute(f"DROP TRIGGER {trigger}")
            assert raw.execute(statement, values).rowcount > 0
    else:
        with store.engine.execution_options(**WRITES).begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            assert connection.execute(sa.text(statement), values).rowcount > 0
