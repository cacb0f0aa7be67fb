"""What a label says of itself in coded form."""

import pytest

from ingest.readers.label_facts import iso_date


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("20171107", "2017-11-07"),
        ("201711", "2017-11"),
        ("2017", "2017"),
        ("20171107103000-0500", "2017-11-07"),
        ("20171399", ""),
        ("20170041", ""),
        ("November", ""),
        ("", ""),
    ],
)
def test_a_time_stamp_is_a_date_as_far_as_it_says(stated: str, date: str) -> None:
    assert iso_date(stated) == date
