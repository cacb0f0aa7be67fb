"""Crontab times: what they mean on a calendar, and what is refused."""

from datetime import UTC, datetime

import pytest
from apscheduler.triggers.cron import CronTrigger

from ingest.schedule import crontab

WEDNESDAY = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "next_time"),
    [
        ("30 3 * * 1", "Mon 30 Nov 03:30"),
        ("30 3 * * mon", "Mon 30 Nov 03:30"),
        ("30 3 * * 0", "Sun 29 Nov 03:30"),
        ("30 3 * * 7", "Sun 29 Nov 03:30"),
        ("0 6 * * 1-5", "Thu 26 Nov 06:00"),
        ("0 6 * * 6-7", "Sat 28 Nov 06:00"),
        ("0 6 * * SAT-SUN", "Sat 28 Nov 06:00"),
        ("0 6 1 * *", "Tue 01 Dec 06:00"),
        ("*/15 * * * *", "Wed 25 Nov 12:00"),
        ("0 0 * * */2", "Thu 26 Nov 00:00"),
    ],
)
def test_a_time_is_the_one_that_cron_means(written: str, next_time: str) -> None:
    trigger = CronTrigger.from_crontab(crontab(written), timezone="UTC")
    assert trigger.get_next_fire_time(None, WEDNESDAY).strftime("%a %d %b %H:%M") == next_time


def test_no_schedule_is_none() -> None:
    assert crontab("") == crontab("  ") == ""


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("30 3 * *", "expected 5 fields .*, found 4"),
        ("weekly", "expected 5 fields .*, found 1"),
        ("30 25 * * *", "25"),
        ("30 3 * * 8", "'8' is no day of the week: expected 0-7"),
        ("30 3 * * someday", "'someday' is no day of the week"),
        ("30 3 * * fri-mon", "ends before it begins"),
        ("30 3 1 * 1", "give one of the two"),
    ],
)
def test_what_is_no_time_is_refused(written: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        crontab(written)
