"""Times as a crontab writes them, five fields in UTC, in a form that APScheduler understands alike.

APScheduler counts the days of the week from Monday, a crontab from Sunday; and where both the day of the
month and the day of the week are given, it asks for both, a crontab for either. So days of the week are
written by name, and only one of the two may be given.
"""

import re

from apscheduler.triggers.cron import CronTrigger

DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_PART = re.compile(r"(?P<first>\w+|\*)(?:-(?P<last>\w+))?(?:/(?P<step>[1-9]\d?))?")


def crontab(text: str) -> str:
    """Return the schedule with its days of the week by name, "" for none. Raises ValueError that says what is wrong."""
    fields = text.split()
    if not fields:
        return ""
    if len(fields) != 5:
        raise ValueError(
            f"expected 5 fields (minute, hour, day of the month, month, day of the week), found {len(fields)}"
        )
    fields[4] = _by_name(fields[4].lower())
    if fields[2] != "*" and fields[4] != "*":
        raise ValueError("a day of the month and a day of the week: give one of the two, and * for the other")
    schedule = " ".join(fields)
    CronTrigger.from_crontab(schedule, timezone="UTC")
    return schedule


def _by_name(field: str) -> str:
    if field == "*":
        return field
    days = {day % 7 for part in field.split(",") for day in _days(part)}
    return ",".join(DAYS[day] for day in sorted(days))


def _days(part: str) -> range:
    """Return the days of one part of the field, 0 to 7; 7 is Sunday too."""
    match = _PART.fullmatch(part)
    if match is None:
        raise _no_day(part)
    step = int(match["step"] or 1)
    if match["first"] == "*":
        return range(0, 7, step)
    first = _day(match["first"])
    if match["last"] is None:
        return range(first, 7 if match["step"] else first + 1, step)
    last = _day(match["last"]) or 7  # a range ends with Sunday, it does not begin again with it
    if last < first:
        raise ValueError(f"{part!r} ends before it begins: write it as two, with a comma")
    return range(first, last + 1, step)


def _day(text: str) -> int:
    if text in DAYS:
        return DAYS.index(text)
    if text.isdigit() and int(text) <= 7:
        return int(text)
    raise _no_day(text)


def _no_day(text: str) -> ValueError:
    return ValueError(f"{text!r} is no day of the week: expected 0-7 (0 and 7 are Sunday) or {', '.join(DAYS)}")
