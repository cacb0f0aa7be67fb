"""What the store does on PostgreSQL alone: its address, its transactions, its failures in words, its self-check."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, ExceptionContext

from corpus.errors import BadInput, Busy, CurbsideError, NotReady
from corpus.schema import metadata

WAIT_MS = 30_000
# Any number, as long as nothing else in the same database takes the same lock: the letters of "curbside".
WRITERS = int.from_bytes(b"curbside")
DRIVER = "postgresql+psycopg"
# Given to the driver where the address says nothing else: a server that is gone is noticed, not waited for.
PATIENCE = {"connect_timeout": "10", "tcp_user_timeout": "30000", "application_name": "curbside"}
# Prepared statements belong to a connection, and a pool in front of the server may give each transaction another.
_UNPREPARED = {"prepare_threshold": None}
_BUSY = {
    "55P03": "another process has been writing to it all the while",
    "40P01": "another process held what this one needed",
    "53300": "it has no connection free",
    "57P03": "it is starting or stopping",
}
_BEGIN = sa.text("SELECT set_config('lock_timeout', :wait, true), pg_advisory_xact_lock(:writers)")


def make_engine(url: sa.URL, *, wait_ms: int = WAIT_MS) -> Engine:
    """Return an engine on a server; nothing is connected to yet.

    A transaction that writes waits `wait_ms` for the one before it, as on SQLite, and is then refused as Busy; one
    that reads sees one moment of the store and never waits. Raises NotReady without the driver.
    """
    url = url.set(drivername=DRIVER)
    url = url.update_query_dict({name: value for name, value in PATIENCE.items() if name not in url.query})
    try:
        engine = sa.create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=_UNPREPARED)
    except ModuleNotFoundError as error:
        raise NotReady(f"{error.name} is not installed: run `pip install 'curbside[postgresql]'`") from None
    sa.event.listen(engine, "begin", partial(_on_begin, wait_ms=wait_ms))
    sa.event.listen(engine, "handle_error", _on_error)
    return engine


def parse(address: str) -> sa.URL:
    """Return the parts of an address. Raises BadInput, which does not repeat it: it may hold a password."""
    form = "postgresql://user:password@host:5432/name"
    try:
        url = sa.make_url(address.replace("postgres://", "postgresql://", 1))
    except (sa.exc.ArgumentError, ValueError):
        raise BadInput(f"the setting database is no address of a database: expected {form}") from None
    if url.get_backend_name() not in ("postgresql", "sqlite"):
        raise BadInput(f"the setting database names {url.get_backend_name()}: expected {form}, or nothing for SQLite")
    return url


def named(url: sa.URL) -> str:
    """Return a database's name and where it is, for people: no user, no password."""
    return f"{url.database} at {url.host or url.query.get('host', 'this machine')}"


def problems(connection: Connection) -> Iterator[str]:
    """Yield the rows that point nowhere: the server keeps them out, unless its triggers were off at a restore."""
    for table in metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            for row in connection.execute(_orphans(table, key)):
                which, parent = ", ".join(map(str, row)), key.referred_table.name
                yield f"row {which} of {table.name} points to a row of {parent} that is not there"


def _orphans(table: sa.Table, key: sa.ForeignKeyConstraint) -> sa.Select[Any]:
    pairs = [(element.parent, element.column) for element in key.elements]
    joined = table.outerjoin(key.referred_table, sa.and_(*(child == parent for child, parent in pairs)))
    dangling = sa.and_(pairs[0][1].is_(None), *(child.is_not(None) for child, _ in pairs))
    return sa.select(*table.primary_key.columns).select_from(joined).where(dangling)


def _on_begin(connection: Connection, *, wait_ms: int) -> None:
    """Set what the transaction may do before its first statement; a writer then takes the writers' one lock.

    A writer sees what was committed before each of its statements, so that it goes on from where the one that it
    waited for ended: under REPEATABLE READ it would see what was there before the wait.
    """
    from psycopg import IsolationLevel

    writes = connection.get_execution_options().get("writes", False)
    raw: Any = connection.connection.dbapi_connection
    raw.isolation_level = IsolationLevel.READ_COMMITTED if writes else IsolationLevel.REPEATABLE_READ
    raw.read_only = not writes
    if writes:
        connection.execute(_BEGIN, {"wait": str(wait_ms), "writers": WRITERS})


def _on_error(context: ExceptionContext) -> None:
    """Raise the error of ours that says what to do, where the failure is one that was foreseen."""
    if context.is_pre_ping:
        return
    error = context.original_exception
    where = named(context.engine.url) if context.engine is not None else "on PostgreSQL"
    state = getattr(error, "sqlstate", None)
    found: CurbsideError | None = None
    if state in _BUSY:
        found = Busy(f"the database {where} is busy: {_BUSY[state]}; try again in a while")
    elif state == "42501":
        found = NotReady(f"the database {where} lets its user do too little ({_line(error)}): make the user its owner")
    elif context.connection is None:
        found = NotReady(
            f"the database {where} cannot be opened ({_line(error)}): "
            "start the server, or correct the setting database (CURBSIDE_DATABASE)"
        )
    elif context.is_disconnect:
        found = Busy(f"the connection to the database {where} was lost ({_line(error)}): try again")
    if found is not None:
        raise found from error


def _line(error: BaseException) -> str:
    """Return a message of the server on one line."""
    return " ".join(str(error).split())
