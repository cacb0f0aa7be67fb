"""One ingest at a time: the lock that a second one waits for, and who holds it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import Busy

LOCK = "ingest.lock"
HOLDER = "ingest.pid"


@contextmanager
def ingest_lock(home: Path, timeout_s: float, on_wait: Callable[[str], None]) -> Iterator[None]:
    """Hold a data folder's ingest lock for the block.

    Where another process holds it, `on_wait` hears so once, naming its pid. Raises Busy after
    `timeout_s`. A process that is killed lets go of the lock.
    """
    home.mkdir(parents=True, exist_ok=True)
    lock, holder = FileLock(home / LOCK), home / HOLDER
    try:
        lock.acquire(timeout=0)
    except Timeout:
        on_wait(f"{_who(holder)} is ingesting into {home}: waiting up to {timeout_s:g} s for it to end")
        try:
            lock.acquire(timeout=timeout_s, poll_interval=0.1)
        except Timeout:
            raise Busy(
                f"{_who(holder)} is still ingesting into {home} after {timeout_s:g} s: "
                "try again when it has ended, or wait longer (setting lock_timeout_s)"
            ) from None
    try:
        holder.write_text(str(os.getpid()))
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _who(holder: Path) -> str:
    try:
        return f"process {int(holder.read_text())}"
    except (OSError, ValueError):  # it has the lock, but has not written its number yet
        return "another process"
