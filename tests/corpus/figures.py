"""Figures in a text, in one spelling, so that a digest can be compared with the facts it rests on."""

import re

IDENTIFIER = re.compile(r"\b10\.\d{4,9}/[^\s;,\"]+[^\s;,.)\"]|\bNCT\d{8}\b|\bPMC\d+\b")

_NUMBER = re.compile(
    r"(?<![A-Za-z\d_.])(?<![A-Z]-)(?:(?<![^\s(\[<>=])-)?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)?(?:(?<!\.)\.\d+|(?<=\d))(?:\s?%|\s+per\s?cent\b)?"
)
_OPEN_RANGE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?) ?(?:to|and|or|-|–) ?(?=\d+(?:\.\d+)?%)")
_TIME = re.compile(r"\b\d+(?:\.\d+)?(?:-| )(?:week|month|year)s?\b|\b(?:week|month|year) \d+\b", re.IGNORECASE)
_WORDS = {
    name: str(number)
    for number, name in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)
}
_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.IGNORECASE)


def figures(text: str) -> list[str]:
    """Return the figures of a text in order: "16", "3321", "0.5%", "-2.5", "0.003".

    Thousands separators and plus signs are dropped, a decimal point gets its zero, a minus sign
    counts only where no letter or digit stands before it, and "two" to "twelve" are figures. All
    else stays as printed: "7.0" is not "7", and "5%" is not "5". Names with digits (DAS28, FIT-1,
    g/cm2, DOIs, NCT and PMC numbers) are not figures.
    """
    plain = IDENTIFIER.sub(" ", text.replace("−", "-").replace("\N{NO-BREAK SPACE}", " "))
    plain = _WORD.sub(lambda word: _WORDS[word[0].lower()], plain)
    return [_normal(number[0]) for number in _NUMBER.finditer(plain)]


def stated(*texts: str) -> frozenset[str]:
    """Return the figures that facts state; "30 to 55%" states 30 and 30% alike."""
    found = {figure for text in texts for figure in figures(text)}
    return frozenset(found | {f"{first[1]}%" for text in texts for first in _OPEN_RANGE.finditer(text)})


def durations(text: str) -> frozenset[str]:
    """Return the figures that tell a time ("24 months", "month 12", "18-month")."""
    return frozenset(figures(" ; ".join(match[0] for match in _TIME.finditer(text))))


def _normal(number: str) -> str:
    value = re.sub(r"\s?(%|per\s?cent)$", "%", number).replace(",", "")
    return re.sub(r"^(-?)\.", r"\g<1>0.", value)
