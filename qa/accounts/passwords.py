"""Passwords: what may be one, and how it is kept: as an argon2id hash, renewed when the parameters change."""

import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from corpus.errors import BadInput

MIN_CHARS, MAX_CHARS, MIN_DISTINCT = 12, 256, 5
# Each hash takes tens of MiB: more at once than this would let a crowd at the door take the memory of the service.
AT_ONCE = 4
# No letters or digits that are mistaken for others when they are typed from a screen.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 5


class Passwords:
    """Makes and checks hashes. Threads may share it."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()  # argon2id with the parameters of RFC 9106 for little memory
        self._turns = threading.Semaphore(AT_ONCE)
        self._nobodys = ""

    def prepare(self) -> None:
        """Make the hash that stands in for that of an account that there is not, before anybody is at the door."""
        self._nobodys = self._nobodys or self.hash(one_time())

    def hash(self, password: str) -> str:
        """Return the hash to keep, with its salt and parameters in it."""
        with self._turns:
            return self._hasher.hash(_bytes(password))

    def verify(self, kept: str | None, password: str) -> bool:
        """Return whether it is the password; as slowly where there is no account (None) as where there is."""
        self.prepare()
        with self._turns:
            try:
                matches = self._hasher.verify(kept or self._nobodys, _bytes(password))
            except (VerificationError, InvalidHashError):
                return False
        return matches and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Return whether a hash was made with other parameters than are used today."""
        return self._hasher.check_needs_rehash(kept)


def require_good(password: str, name: str) -> None:
    """Raise BadInput for a password that is too easily guessed."""
    plain = _normal(password)
    if not MIN_CHARS <= len(plain) <= MAX_CHARS:
        raise BadInput(f"a password has {MIN_CHARS} to {MAX_CHARS} characters, found {len(plain)}")
    if len(set(plain)) < MIN_DISTINCT or name.casefold() in plain.casefold():
        raise BadInput(
            f"this password is too easily guessed: use at least {MIN_DISTINCT} different characters, "
            "and not the account's name"
        )


def one_time() -> str:
    """Return a random password to be typed once: groups of letters and digits, about 99 bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _normal(password: str) -> str:
    """Return one form of what may be typed in several: an accented letter as one character or as two."""
    return unicodedata.normalize("NFKC", password)


def _bytes(password: str) -> bytes:
    return _normal(password).encode("utf-8", "surrogatepass")
