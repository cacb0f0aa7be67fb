"""Transactions that write to a store's database: one at a time, each whole, or nothing of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError

from corpus.database import WRITES
from corpus.errors import Busy


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection in a transaction that no other writer's overlaps; an error inside undoes all of it.

    Raises Busy where the database takes nothing now.
    """
    try:
        with engine.execution_options(**WRITES).begin() as connection:
            yield connection
    except OperationalError as error:
        raise Busy(
            f"nothing can be written ({error.orig}): make room on the disk that the store is on, see that it may be "
            "written to, and try again; what was held before is held"
        ) from error
