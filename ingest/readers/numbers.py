"""The publisher's number before a title: "5.1 Hypocalcemia"."""

import re

from ingest.readers.plain import plain

# "5.1 Title", "12.3. Title", "1. TITLE"; a figure without any dot only before a capital: "2 DOSAGE".
_NUMBERED = re.compile(
    r"""( [1-9]\d? (?:\.\d{1,2})+ (?: \.?\s+ | \. | (?=[A-Z]) ) | [1-9]\d? \.\s* | [1-9]\d? \s+ (?=[^\Wa-z\d_]) )
        (?=[^\W\d_]|[("“]) (.+)""",
    re.VERBOSE,
)
# What makes the figure before it a quantity. Words that are titles too ("2.1 Patients") count only in small letters.
_MEASURED = re.compile(
    r"""(?: (?i: to|of|or|and|x|mg|mcg|µg|μg|g|kg|ml|l|iu|units?|mm|cm|mmol|meq|times?|doses?|tablets?|capsules?|vials?
        | minutes?|hours?|hrs?|days?|weeks?|months?|years? ) | patients|volunteers|subjects )\b""",
    re.VERBOSE,
)


def split_number(title: str) -> tuple[str, str]:
    """Return the number and the title: "5.1 Hypocalcemia" → ("5.1", "Hypocalcemia"); ("", title) without one.

    "1.  INDICATIONS" and "2 DOSAGE" give "1" and "2"; "12 months of treatment" and "5 mg Tablets" stay whole.
    """
    title = plain(title)
    match = _NUMBERED.fullmatch(title)
    if match is None or _MEASURED.match(match[2]):
        return "", title
    return match[1].rstrip(". "), match[2]
