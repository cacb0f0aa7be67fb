"""Keys of programs as rows: a hash of each, the part of it that may be shown, whose it is; revoked, never removed."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.errors import NotFound
from corpus.schema import api_keys


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One key; `role` bounds what it may do, `label` says in its owner's words what it is for."""

    prefix: str
    key_hash: str
    account: str
    role: str
    label: str
    created: datetime
    used: datetime | None = None
    revoked: datetime | None = None


def add(connection: Connection, key: ApiKey) -> None:
    """Store a key."""
    names = ("prefix", "key_hash", "account", "role", "label", "created", "used", "revoked")
    connection.execute(api_keys.insert(), {name: getattr(key, name) for name in names})


def find(connection: Connection, key_hash: str) -> ApiKey | None:
    """Return the key of that hash, revoked or not, None where there is none."""
    row = connection.execute(sa.select(api_keys).where(api_keys.c.key_hash == key_hash)).one_or_none()
    return None if row is None else ApiKey(*row)


def of_account(connection: Connection, account: str | None = None) -> tuple[ApiKey, ...]:
    """Return the keys of an account, or of all, the newest first."""
    query = sa.select(api_keys).order_by(api_keys.c.created.desc(), api_keys.c.prefix)
    if account is not None:
        query = query.where(api_keys.c.account == account)
    return tuple(ApiKey(*row) for row in connection.execute(query))


def touch(connection: Connection, prefix: str, now: datetime) -> None:
    """Write down that a key was used."""
    connection.execute(api_keys.update().where(api_keys.c.prefix == prefix).values(used=now))


def revoke(connection: Connection, prefix: str, now: datetime, *, account: str | None = None) -> None:
    """Make a key worthless for good; where an account is given, only one of its own. Raises NotFound."""
    this = api_keys.c.prefix == prefix
    if account is not None:
        this = sa.and_(this, api_keys.c.account == account)
    moment = sa.func.coalesce(api_keys.c.revoked, now, type_=api_keys.c.revoked.type)
    if not connection.execute(api_keys.update().where(this).values(revoked=moment)).rowcount:
        raise NotFound(f"there is no key that begins with {prefix}: `curbside accounts key list` shows those there are")
