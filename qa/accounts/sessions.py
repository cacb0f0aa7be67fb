"""Sessions of browsers: a random token in a cookie, of which the store has only the hash."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.engine import Connection

from corpus import accounts, sessions
from corpus.sessions import Session
from corpus.store import Store
from corpus.transactions import writing
from qa.accounts.accounts import Clock, utc_now
from qa.accounts.names import hashed
from qa.accounts.roles import Identity, Role

LIFETIME = timedelta(days=7)
IDLE = timedelta(hours=12)
# How exactly it is known when a session was last used: not every request writes.
TOUCH_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that has just begun: the token for the cookie, and who it lets in."""

    token: str
    identity: Identity


class Sessions:
    """The sessions of a store. Threads may share it."""

    def __init__(self, store: Store, now: Clock = utc_now) -> None:
        self._store = store
        self._now = now

    def open(self, connection: Connection, name: str, *, instead_of: str = "") -> str:
        """Return the token of a new session; the one that the browser had before ends, so no token outlives a login."""
        token, now = secrets.token_urlsafe(32), self._now()
        sessions.prune(connection, now)
        if instead_of:
            sessions.end(connection, hashed(instead_of))
        sessions.add(connection, Session(hashed(token), name, now, now + LIFETIME, now))
        return token

    def begin(self, name: str) -> str:
        """Return the token of a new session of an account whose password was just given."""
        with writing(self._store.engine) as connection:
            return self.open(connection, name)

    def identity(self, token: str) -> Identity | None:
        """Return who a token lets in; None where it is unknown, too old, long unused, or of a disabled account."""
        now, token_hash = self._now(), hashed(token)
        with self._store.engine.connect() as connection:
            session = sessions.find(connection, token_hash)
            account = session and accounts.find(connection, session.account)
        if not session or not account or account.disabled or now >= min(session.expires, session.seen + IDLE):
            return None
        if now - session.seen > TOUCH_EVERY:
            with writing(self._store.engine) as connection:
                sessions.touch(connection, token_hash, now)
        return Identity.of(account.name, Role(account.role), session=token_hash, must_change=account.must_change)

    def end(self, token: str) -> None:
        """End the session of a token."""
        with writing(self._store.engine) as connection:
            sessions.end(connection, hashed(token))

    def end_all(self, name: str) -> int:
        """End every session of an account, and return how many there were."""
        with writing(self._store.engine) as connection:
            return sessions.end_all(connection, name)
