"""Doors over an empty store, with a clock that is moved by hand and hashes that are quick to make."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from corpus.store import Store
from qa.accounts.doors import Doors
from qa.accounts.passwords import Passwords


@dataclass
class HandClock:
    """A clock that stands until it is moved."""

    now: datetime = field(default=datetime(2026, 11, 25, 12, tzinfo=UTC))

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now

    def pass_s(self, seconds: float) -> None:
        """Move on."""
        self.now += timedelta(seconds=seconds)


def quick() -> Passwords:
    """Return passwords whose hashes take a millisecond."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def clock() -> HandClock:
    """Return a clock that is moved by hand."""
    return HandClock()


@pytest.fixture
def doors(store: Store, clock: HandClock) -> Doors:
    """Return the doors over the store."""
    return Doors.of(store, passwords=quick(), now=clock)
