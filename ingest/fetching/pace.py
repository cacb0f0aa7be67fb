"""How often a host is asked: no more than its own rules say, whoever in the process asks."""

import threading
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

PER_SECOND: Mapping[str, float] = {
    "api.fda.gov": 4.0,  # 240 a minute: https://open.fda.gov/apis/authentication/
    "eutils.ncbi.nlm.nih.gov": 3.0,  # without a key, 10 with one: NCBI, A General Introduction to the E-utilities
    "dailymed.nlm.nih.gov": 3.0,
    "www.ebi.ac.uk": 5.0,
    "pmc-oa-opendata.s3.amazonaws.com": 10.0,
}
STRANGER = 1.0  # a host that no rule is known of
OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


class Pace:
    """Lets a request to a host pass no sooner than its rate allows; threads may share it.

    `per_second` by host name goes before the known rules. A server on this very machine is not waited for,
    unless it is named.
    """

    def __init__(
        self,
        per_second: Mapping[str, float] | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._per_second = {**PER_SECOND, **(per_second or {})}
        self._now, self._sleep = now, sleep
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, url: str) -> None:
        """Return when the host of the address may be asked."""
        host = urlsplit(url).hostname or ""
        rate = self._per_second.get(host, None if host in OWN_MACHINE else STRANGER)
        if rate is None:
            return
        with self._lock:
            now = self._now()
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + 1 / rate
        if turn > now:
            self._sleep(turn - now)
