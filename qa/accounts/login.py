"""Signing in: a name and a password against a session; slowed down where many fail, and silent on what was wrong."""

from sqlalchemy.engine import Connection

from corpus import accounts, logins
from corpus.accounts import Account
from corpus.errors import NotSignedIn, TooSoon
from corpus.logins import Attempt
from corpus.store import Store
from corpus.transactions import writing
from qa.accounts.accounts import Clock, utc_now
from qa.accounts.names import canonical, hashed, is_name, network
from qa.accounts.passwords import Passwords
from qa.accounts.roles import Identity, Role
from qa.accounts.sessions import Opened, Sessions
from qa.accounts.throttle import WINDOW, wait_s

WRONG = "the name or the password is wrong"


class Login:
    """Lets people in. Threads may share it."""

    def __init__(self, store: Store, sessions: Sessions, passwords: Passwords, now: Clock = utc_now) -> None:
        self._store = store
        self._sessions = sessions
        self._passwords = passwords
        self._now = now
        passwords.prepare()

    def __call__(self, name: str, password: str, address: str, *, token: str = "") -> Opened:
        """Return a new session; `token` is the one that the browser had before.

        Raises TooSoon, and NotSignedIn with the same words and after the same time for a name that there is not, a
        wrong password and a disabled account.
        """
        name, address = canonical(name), network(address)
        number = self._counted(hashed(name), address)
        with self._store.engine.connect() as connection:
            account = accounts.find(connection, name) if is_name(name) else None
        if not self._passwords.verify(account.password_hash if account else None, password) or account is None:
            raise NotSignedIn(WRONG)
        renewed = self._passwords.hash(password) if self._passwords.is_outdated(account.password_hash) else ""
        with writing(self._store.engine) as connection:
            _require_same(connection, account)
            logins.succeed(connection, number)
            if renewed:
                accounts.change(connection, name, password_hash=renewed)
            opened = self._sessions.open(connection, name, instead_of=token)
        identity = Identity.of(name, Role(account.role), session=hashed(opened), must_change=account.must_change)
        return Opened(opened, identity)

    def _counted(self, account_hash: str, address: str) -> int:
        """Return the number of an attempt that may be made, counted as failed until it succeeds.

        Counted before the password is looked at: many attempts at once wait as many one after the other do.
        """
        now = self._now()
        with writing(self._store.engine) as connection:
            attempts = logins.recent(connection, account_hash, address, now - WINDOW)
            known = logins.is_known(connection, account_hash, address)
            wait = wait_s(attempts, account_hash, address, now, known=known)
            if wait:
                raise TooSoon(f"too many attempts to sign in: wait {wait} s, then try again", wait)
            return logins.record(connection, Attempt(now, account_hash, address))


def _require_same(connection: Connection, account: Account) -> None:
    """Raise NotSignedIn where the account was disabled, or its password changed, since it was read."""
    found = accounts.find(connection, account.name)
    if found is None or found.disabled or found.password_hash != account.password_hash:
        raise NotSignedIn(WRONG)
