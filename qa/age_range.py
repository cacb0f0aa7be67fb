"""Whether a sentence is said of people of another age than the one asked about."""

import re
from collections.abc import Iterable

from qa.constraint import Constraint, Trait

_RANGE = re.compile(r"\b(\d{1,3}) ?(?:to|-|–|through) ?(\d{1,3}) ?y(?:rs?|ears?)\b", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:(\d{1,3}) years?(?: of age)? (?:and|or) (?:older|over|above)|(?:older than|over) (\d{1,3}) years)\b",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"\b(?:(\d{1,3}) years?(?: of age)? (?:and|or) (?:younger|under)|(?:younger than|under|below) (\d{1,3}) years)\b",
    re.IGNORECASE,
)
OLDEST = 200.0


def age_of(constraints: Iterable[Constraint]) -> float | None:
    """Return the age of the patient in years, None where none is stated as one figure."""
    exact = [one.value for one in constraints if one.trait is Trait.AGE and one.is_exact and one.unit == "years"]
    return exact[-1] if exact else None


def is_of_another_age(text: str, age: float | None) -> bool:
    """Return whether a text names ages in years and the age is in none of them; False where no age is known."""
    if age is None:
        return False
    spans = [(float(m[1]), float(m[2])) for m in _RANGE.finditer(text)]
    spans += [(float(m[1] or m[2]), OLDEST) for m in _FROM.finditer(text)]
    spans += [(0.0, float(m[1] or m[2])) for m in _UP_TO.finditer(text)]
    return bool(spans) and not any(low <= age <= high for low, high in spans)
