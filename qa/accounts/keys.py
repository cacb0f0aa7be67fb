"""Keys of programs: shown once when made, kept as a hash; a key can do no more than its owner."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from corpus import accounts, api_keys
from corpus.api_keys import ApiKey
from corpus.errors import BadInput, NotAllowed, NotFound
from corpus.store import Store
from corpus.transactions import writing
from qa.accounts.accounts import Clock, utc_now
from qa.accounts.names import canonical, hashed
from qa.accounts.roles import PERMISSIONS, Identity, Role

SCHEME = "cs"
MAX_LABEL_CHARS = 80
TOUCH_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that has just been made; `secret` is the whole of it, and nowhere else."""

    secret: str
    key: ApiKey


class Keys:
    """The keys of a store. Threads may share it."""

    def __init__(self, store: Store, now: Clock = utc_now) -> None:
        self._store = store
        self._now = now

    def add(self, name: str, role: Role, label: str) -> NewKey:
        """Return a new key of an account. Raises NotFound, BadInput, and NotAllowed for a role beyond its owner's."""
        label = " ".join(label.split())
        if not 0 < len(label) <= MAX_LABEL_CHARS or not label.isprintable():
            raise BadInput(f"say in 1 to {MAX_LABEL_CHARS} characters what the key is for, found {len(label)}")
        prefix = f"{SCHEME}_{secrets.token_hex(4)}"
        secret = f"{prefix}_{secrets.token_urlsafe(32)}"
        with writing(self._store.engine) as connection:
            owner = accounts.find(connection, canonical(name))
            if owner is None or owner.disabled:
                raise NotFound(f"there is no account {canonical(name)[:80]} that is not disabled")
            if not PERMISSIONS[role] <= PERMISSIONS[Role(owner.role)]:
                raise NotAllowed(f"{owner.name} is {owner.role}: a key of theirs cannot be {role.value}")
            key = ApiKey(prefix, hashed(secret), owner.name, role.value, label, self._now())
            api_keys.add(connection, key)
        return NewKey(secret, key)

    def of_account(self, name: str | None = None) -> tuple[ApiKey, ...]:
        """Return the keys of an account, or of all, the newest first."""
        with self._store.engine.connect() as connection:
            return api_keys.of_account(connection, None if name is None else canonical(name))

    def revoke(self, prefix: str, *, of: str | None = None) -> None:
        """Make a key worthless for good; where `of` names an account, only one of its own. Raises NotFound."""
        if not prefix.isprintable():
            raise NotFound("there is no key that begins with that")
        with writing(self._store.engine) as connection:
            api_keys.revoke(connection, prefix.strip(), self._now(), account=of)

    def identity(self, secret: str) -> Identity | None:
        """Return who a key lets in, and with what: what both its own role and its owner's role of today include."""
        now = self._now()
        with self._store.engine.connect() as connection:
            key = api_keys.find(connection, hashed(secret))
            owner = key and accounts.find(connection, key.account)
        if not key or not owner or key.revoked or owner.disabled or owner.must_change:
            return None
        if key.used is None or now - key.used > TOUCH_EVERY:
            with writing(self._store.engine) as connection:
                api_keys.touch(connection, key.prefix, now)
        role = Role(key.role)
        return Identity(owner.name, role, PERMISSIONS[role] & PERMISSIONS[Role(owner.role)])
