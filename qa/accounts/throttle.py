"""How long the next attempt to sign in has to wait: the more have failed, the longer, never for good.

Three counts are kept over the last WINDOW. Of one account from one address: here a person mistypes, and here one
password after another is tried; the wait doubles. Of one address, whatever the account: here one password is tried on
many. Of one account from all addresses: here many machines try; this wait stays short and spares every address that
the account has signed in from, so that nobody is kept out of an account by others who fail.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from corpus.logins import Attempt

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Rule:
    """So many failures are free; then the wait is 1 s, 2 s, 4 s, up to `most_s`."""

    free: int
    most_s: int

    def wait_s(self, failures: Sequence[datetime], now: datetime) -> int:
        """Return for how many more seconds to wait after these failures, in order; 0 for none."""
        if len(failures) < self.free:
            return 0
        wait = min(self.most_s, 2 ** min(len(failures) - self.free, 30))
        return max(0, math.ceil((failures[-1] + timedelta(seconds=wait) - now).total_seconds()))


PAIR = Rule(free=3, most_s=300)
ADDRESS = Rule(free=20, most_s=300)
ACCOUNT = Rule(free=20, most_s=10)


def wait_s(attempts: Sequence[Attempt], account_hash: str, address: str, now: datetime, *, known: bool) -> int:
    """Return for how many seconds an attempt for that account from that address has to wait.

    `attempts` are those of the last WINDOW for either, in order; `known` says that the account has signed in from
    there before.
    """
    pair: list[datetime] = []
    of_address: list[datetime] = []
    of_account: list[datetime] = []
    for attempt in attempts:
        here, mine = attempt.address == address, attempt.account_hash == account_hash
        if attempt.succeeded:
            pair = [] if here and mine else pair
            continue
        pair += [attempt.at] * (here and mine)
        of_address += [attempt.at] * here
        of_account += [attempt.at] * mine
    waits = [PAIR.wait_s(pair, now), ADDRESS.wait_s(of_address, now)]
    return max(waits if known else [*waits, ACCOUNT.wait_s(of_account, now)])
