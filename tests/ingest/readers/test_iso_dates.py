"""PubMed's dates, as precise as printed."""

import pytest
from lxml import etree

from ingest.readers.iso_dates import from_parts, iso_date, year_of


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<Year>2012</Year><Month>Jul</Month><Day>12</Day>", "2012-07-12"),
        ("<Year>2001</Year><Month>11</Month>", "2001-11"),
        ("<Year>1990</Year><Season>Spring</Season>", "1990"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "1998-12"),
        ("<MedlineDate>2000 Spring</MedlineDate>", "2000"),
        ("<MedlineDate>1976-1977</MedlineDate>", "1976"),
        ("<MedlineDate>2003 Jul 5-12</MedlineDate>", "2003-07"),
        ("<MedlineDate>Winter</MedlineDate>", ""),
        ("<Year>20012</Year>", ""),
        ("<Year>2001</Year><Month>13</Month>", "2001"),
    ],
)
def test_a_date_is_as_precise_as_printed(inside: str, expected: str) -> None:
    assert iso_date(etree.fromstring(f"<PubDate>{inside}</PubDate>")) == expected


def test_no_date_is_no_date() -> None:
    assert iso_date(None) == ""
    assert year_of("") is None
    assert year_of("2012-07") == 2012
    assert from_parts("2012", "7", "32") == "2012-07"
