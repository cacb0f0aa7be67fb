"""What every reader of FDA labels says the same way: where a label is found, and its dates."""

import re

LABEL_URL = "https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid="

_STAMP = re.compile(
    r"((?:19|20)\d\d)(?:(0[1-9]|1[0-2])(?:(0[1-9]|[12]\d|3[01])(?:\d{2,6}(?:\.\d+)?(?:[+-]\d{4})?)?)?)?"
)


def iso_date(stated: str) -> str:
    """Return a time stamp of HL7 as an ISO date: "20171107" is "2017-11-07", "201711" "2017-11"; "" for no date."""
    match = _STAMP.fullmatch(stated.strip())
    return "-".join(filter(None, match.groups())) if match else ""
