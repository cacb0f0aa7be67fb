"""Accounts as they are made and changed: names, roles, passwords, and that somebody can always change them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.engine import Connection

from corpus import accounts as rows
from corpus import sessions
from corpus.accounts import Account
from corpus.errors import BadInput, NotFound
from corpus.store import Store
from corpus.transactions import writing
from qa.accounts.names import canonical, is_name, require_name
from qa.accounts.passwords import Passwords, one_time, require_good
from qa.accounts.roles import Permission, Role, roles_with

FIRST_ADMIN = "admin"
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the moment."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Given:
    """An account with the one-time password that was made for it; the password is nowhere else."""

    account: Account
    password: str


class Accounts:
    """The accounts of a store. Threads may share it."""

    def __init__(self, store: Store, passwords: Passwords | None = None, now: Clock = utc_now) -> None:
        self._store = store
        self._passwords = passwords or Passwords()
        self._now = now

    def first(self) -> Given | None:
        """Return the one admin of a store without accounts, made now; None where there are accounts already."""
        if self.every():
            return None
        given = self._given(FIRST_ADMIN, Role.ADMIN)
        with writing(self._store.engine) as connection:
            if rows.every(connection):  # another process was quicker
                return None
            rows.add(connection, given.account)
        return given

    def add(self, name: str, role: Role) -> Given:
        """Return a new account with a one-time password. Raises BadInput."""
        given = self._given(require_name(name), role)
        with writing(self._store.engine) as connection:
            rows.add(connection, given.account)
        return given

    def every(self) -> tuple[Account, ...]:
        """Return all accounts, by name."""
        with self._store.engine.connect() as connection:
            return rows.every(connection)

    def get(self, name: str) -> Account:
        """Return an account. Raises NotFound."""
        with self._store.engine.connect() as connection:
            return _get(connection, name)

    def set_role(self, name: str, role: Role) -> None:
        """Give an account another role, from the next request on.

        Raises NotFound, and BadInput for the last admin.
        """
        with writing(self._store.engine) as connection:
            account = _get(connection, name)
            if role is not Role.ADMIN:
                _require_other_admin(connection, account)
            rows.change(connection, account.name, role=role.value)

    def disable(self, name: str) -> None:
        """End an account's sessions and let it do nothing more; its keys sleep too. Raises NotFound, BadInput."""
        with writing(self._store.engine) as connection:
            account = _get(connection, name)
            _require_other_admin(connection, account)
            rows.change(connection, account.name, disabled=self._now())
            sessions.end_all(connection, account.name)

    def enable(self, name: str) -> None:
        """Take `disable` back. Raises NotFound."""
        with writing(self._store.engine) as connection:
            rows.change(connection, _get(connection, name).name, disabled=None)

    def reset_password(self, name: str) -> Given:
        """Return an account with a new one-time password; its sessions end. Raises NotFound."""
        given = self._given(canonical(name), Role.READER)
        with writing(self._store.engine) as connection:
            account = _get(connection, name)
            rows.change(connection, account.name, password_hash=given.account.password_hash, must_change=True)
            sessions.end_all(connection, account.name)
            return Given(_get(connection, name), given.password)

    def change_password(self, name: str, old: str, new: str, *, keep_session: str = "") -> None:
        """Change a password by its owner; every other session of theirs ends.

        Raises BadInput where the old one is wrong, or the new one is easily guessed or the same.
        """
        account = self.get(name)
        if not self._passwords.verify(account.password_hash, old):
            raise BadInput("the password that you have now is another one: type it again")
        require_good(new, account.name)
        if self._passwords.verify(account.password_hash, new):
            raise BadInput("this is the password that you have now: choose another one")
        made = self._passwords.hash(new)
        with writing(self._store.engine) as connection:
            if _get(connection, name).password_hash != account.password_hash:
                raise BadInput("the password was changed meanwhile: sign in again")
            rows.change(connection, account.name, password_hash=made, must_change=False)
            sessions.end_all(connection, account.name, but=keep_session)

    def _given(self, name: str, role: Role) -> Given:
        password = one_time()
        account = Account(name, self._passwords.hash(password), True, role.value, self._now())
        return Given(account, password)


def approvers(connection: Connection) -> tuple[str, ...]:
    """Return the names of the accounts that may approve an answer today."""
    able = roles_with(Permission.APPROVE)
    return tuple(one.name for one in rows.every(connection) if one.disabled is None and one.role in able)


def _get(connection: Connection, name: str) -> Account:
    account = rows.find(connection, canonical(name)) if is_name(canonical(name)) else None
    if account is None:
        raise NotFound(f"there is no account {canonical(name)[:80]}: `curbside accounts list` shows those there are")
    return account


def _require_other_admin(connection: Connection, account: Account) -> None:
    admins = {one.name for one in rows.every(connection) if one.disabled is None and one.role == Role.ADMIN}
    if admins == {account.name}:
        raise BadInput(f"{account.name} is the only admin: make another account an admin first")
