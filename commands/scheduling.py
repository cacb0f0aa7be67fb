"""Refreshes at the times that collections name: while a command stays, or inside the service."""

import secrets
import threading
from collections.abc import Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import structlog

from commands.begun import begin_refresh
from corpus.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from commands.settings import Settings
    from ingest.collection import Collection

# A run whose time came while another one ran, or while the machine slept, is caught up with for so long.
LATE_S = 6 * 3600


def watch_collections(settings: "Settings", chosen: "Sequence[Collection]", notes: "Console") -> None:
    """Stay, and refresh each collection at its times. Raises BadInput where none has any."""
    with scheduled(settings, chosen) as times:
        for line in times:
            notes.print(line)
        threading.Event().wait()


@contextmanager
def scheduled(settings: "Settings", chosen: "Sequence[Collection]") -> "Iterator[list[str]]":
    """Refresh the collections at their times during the block; yields a line for each with its next time.

    Each refresh is a process of its own, and one waits for the other. Raises BadInput where no collection
    names a time.
    """
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers.cron import CronTrigger

    timed = [one for one in chosen if one.schedule]
    if not timed:
        raise BadInput('no collection names a time: give one a line such as schedule = "30 3 * * 1" (UTC)')
    scheduler: Any = BackgroundScheduler(timezone="UTC")
    for one in timed:
        scheduler.add_job(
            _refresh,
            CronTrigger.from_crontab(one.schedule, timezone="UTC"),
            args=[str(one.path)],
            id=one.name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=LATE_S,
        )
    scheduler.start()
    try:
        yield [f"{job.id}: next at {job.next_run_time:%Y-%m-%d %H:%M} UTC" for job in scheduler.get_jobs()]
    finally:
        scheduler.shutdown(wait=False)


def _refresh(collection: str) -> None:
    """Run one refresh to its end; the log says how it went."""
    log = structlog.get_logger().bind(collection=collection)
    status, why = begin_refresh(collection, [], "schedule", secrets.token_hex(8)).wait()
    if status == 0:
        log.info("refreshed")
    else:
        log.warning("refresh did not come through whole", status=status, why=why)
