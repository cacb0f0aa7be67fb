"""One ingest at a time, and one refresh: the lock that a second one waits for, and who holds it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import Busy


@contextmanager
def ingest_lock(home: Path, timeout_s: float, on_wait: Callable[[str], None]) -> Iterator[None]:
    """Hold a data folder's ingest lock for the block.

    Where another process holds it, `on_wait` hears so once, naming its pid. Raises Busy after
    `timeout_s`. A process that is killed lets go of the lock.
    """
    with _held(home, "ingest", f"ingesting into {home}", timeout_s, on_wait):
        yield


@contextmanager
def refresh_lock(home: Path, timeout_s: float, on_wait: Callable[[str], None]) -> Iterator[None]:
    """Hold a data folder's lock of refreshes for the block; otherwise as `ingest_lock`."""
    with _held(home, "refresh", f"refreshing {home}", timeout_s, on_wait):
        yield


def is_refreshing(home: Path) -> bool:
    """Return whether some process holds the lock of refreshes now."""
    lock = FileLock(home / "refresh.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


@contextmanager
def _held(home: Path, name: str, doing: str, timeout_s: float, on_wait: Callable[[str], None]) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    lock, holder = FileLock(home / f"{name}.lock"), home / f"{name}.pid"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        on_wait(f"{_who(holder)} is {doing}: waiting up to {timeout_s:g} s for it to end")
        try:
            lock.acquire(timeout=timeout_s, poll_interval=0.1)
        except Timeout:
            raise Busy(
                f"{_who(holder)} is still {doing} after {timeout_s:g} s: "
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
