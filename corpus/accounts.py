"""Accounts as rows: a name, the hash of a password, a role; an account is disabled, never removed."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.errors import BadInput, NotFound
from corpus.schema import accounts


@dataclass(frozen=True, slots=True)
class Account:
    """One account. `must_change`: its password was given to it, and has to be changed before anything else."""

    name: str
    password_hash: str
    must_change: bool
    role: str
    created: datetime
    disabled: datetime | None = None


def add(connection: Connection, account: Account) -> None:
    """Store a new account. Raises BadInput where the name is taken."""
    if find(connection, account.name) is not None:
        raise BadInput(f"there is an account {account.name} already: choose another name")
    names = ("name", "password_hash", "must_change", "role", "created", "disabled")
    connection.execute(accounts.insert(), {name: getattr(account, name) for name in names})


def find(connection: Connection, name: str) -> Account | None:
    """Return the account of that name, None where there is none."""
    row = connection.execute(sa.select(accounts).where(accounts.c.name == name)).one_or_none()
    return None if row is None else Account(*row)


def every(connection: Connection) -> tuple[Account, ...]:
    """Return all accounts, by name."""
    return tuple(Account(*row) for row in connection.execute(sa.select(accounts).order_by(accounts.c.name)))


def change(connection: Connection, name: str, **values: object) -> None:
    """Set columns of an account. Raises NotFound."""
    done = connection.execute(accounts.update().where(accounts.c.name == name).values(**values))
    if not done.rowcount:
        raise NotFound(f"there is no account {name}: `curbside accounts list` shows those there are")
