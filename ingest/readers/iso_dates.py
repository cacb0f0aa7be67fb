"""PubMed's publication dates as ISO 8601, no more precise than printed."""

import re

from lxml import etree

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d|21\d\d)\b")
_YEAR_AND_MONTH = re.compile(rf"{_YEAR.pattern}\s+([A-Za-z]{{3}})[a-z]*\b(?:\s+(\d{{1,2}})\b(?!\s*[-–]))?")


def iso_date(date: etree._Element | None) -> str:
    """Return "2012-07-12", "2012-07", "2012" or "" for a PubDate, ArticleDate or ContributionDate.

    Seasons keep the year alone. Of a range ("1998 Dec-1999 Jan") it is the beginning.
    """
    if date is None:
        return ""
    printed = _text(date, "MedlineDate")
    return (
        from_printed(printed) if printed else from_parts(_text(date, "Year"), _text(date, "Month"), _text(date, "Day"))
    )


def from_parts(year: str, month: str, day: str) -> str:
    """Return the date that year, month ("07", "7", "Jul") and day say, as far as they say it."""
    if not _YEAR.fullmatch(year):
        return ""
    number = int(month) if month.isdecimal() else _MONTHS.get(month[:3].lower(), 0)
    if not 1 <= number <= 12:
        return year
    if not (day.isdecimal() and 1 <= int(day) <= 31):
        return f"{year}-{number:02d}"
    return f"{year}-{number:02d}-{int(day):02d}"


def from_printed(text: str) -> str:
    """Return the date at the beginning of a printed one: "2000 Spring" is "2000", "1998 Dec-1999 Jan" "1998-12"."""
    found = _YEAR_AND_MONTH.search(text)
    if found and found[2].lower() in _MONTHS:
        return from_parts(found[1], found[2], found[3] or "")
    year = _YEAR.search(text)
    return year[1] if year else ""


def year_of(iso: str) -> int | None:
    """Return the year of an ISO date, None where there is none."""
    return int(iso[:4]) if iso else None


def _text(date: etree._Element, name: str) -> str:
    return (date.findtext(name) or "").strip()
