"""Attempts to sign in as rows, so that too many of them can be slowed down, also by several processes at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.schema import login_attempts

KEEP_FAILURES = timedelta(days=1)
KEEP_SUCCESSES = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: when, for which name (hashed), from which network address, and whether it succeeded."""

    at: datetime
    account_hash: str
    address: str
    succeeded: bool = False


def record(connection: Connection, attempt: Attempt) -> int:
    """Store an attempt, remove those too old to matter, and return its number."""
    for succeeded, keep in ((False, KEEP_FAILURES), (True, KEEP_SUCCESSES)):
        old = sa.and_(login_attempts.c.at < attempt.at - keep, login_attempts.c.succeeded.is_(succeeded))
        connection.execute(login_attempts.delete().where(old))
    values = {name: getattr(attempt, name) for name in ("at", "account_hash", "address", "succeeded")}
    done = connection.execute(login_attempts.insert().values(values))
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])


def succeed(connection: Connection, number: int) -> None:
    """Write down that an attempt succeeded."""
    connection.execute(login_attempts.update().where(login_attempts.c.seq == number).values(succeeded=True))


def recent(connection: Connection, account_hash: str, address: str, since: datetime) -> tuple[Attempt, ...]:
    """Return the attempts for that account or from that address since a moment, in order."""
    table = login_attempts.c
    columns = sa.select(table.at, table.account_hash, table.address, table.succeeded)
    query = columns.where(table.at >= since, sa.or_(table.account_hash == account_hash, table.address == address))
    return tuple(Attempt(*row) for row in connection.execute(query.order_by(table.seq)))


def is_known(connection: Connection, account_hash: str, address: str) -> bool:
    """Return whether that account has signed in from that address lately."""
    table = login_attempts.c
    these = sa.and_(table.account_hash == account_hash, table.address == address, table.succeeded)
    return connection.execute(sa.select(table.seq).where(these).limit(1)).first() is not None
