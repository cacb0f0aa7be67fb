"""Sessions of browsers as rows: the hash of a token, whose it is, and until when."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.schema import sessions


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in of one browser; `seen` is when it was last used, to within a few minutes."""

    token_hash: str
    account: str
    created: datetime
    expires: datetime
    seen: datetime


def add(connection: Connection, session: Session) -> None:
    """Store a session."""
    names = ("token_hash", "account", "created", "expires", "seen")
    connection.execute(sessions.insert(), {name: getattr(session, name) for name in names})


def find(connection: Connection, token_hash: str) -> Session | None:
    """Return the session of a token, None where there is none."""
    row = connection.execute(sa.select(sessions).where(sessions.c.token_hash == token_hash)).one_or_none()
    return None if row is None else Session(*row)


def touch(connection: Connection, token_hash: str, now: datetime) -> None:
    """Write down that a session was used."""
    connection.execute(sessions.update().where(sessions.c.token_hash == token_hash).values(seen=now))


def end(connection: Connection, token_hash: str) -> None:
    """Remove one session; one that is not there is ended already."""
    connection.execute(sessions.delete().where(sessions.c.token_hash == token_hash))


def end_all(connection: Connection, account: str, *, but: str = "") -> int:
    """Remove an account's sessions but the one named, and return how many they were."""
    mine = sa.and_(sessions.c.account == account, sessions.c.token_hash != but)
    return connection.execute(sessions.delete().where(mine)).rowcount


def prune(connection: Connection, now: datetime) -> None:
    """Remove what has expired."""
    connection.execute(sessions.delete().where(sessions.c.expires <= now))
