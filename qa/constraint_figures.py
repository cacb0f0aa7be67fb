"""Figures that a question states of the patient: kidney and liver function, age, weight."""

# ruff: noqa: E501 (one pattern a line)

import re

from qa.constraint import Comparator, Constraint, Trait

_COMPARE = (
    (re.compile(r"<=|≤|at most|up to|or less|or below|or lower"), Comparator.AT_MOST),
    (re.compile(r">=|≥|at least|or more|or above|or higher|and over|or older|and older|\+"), Comparator.AT_LEAST),
    (re.compile(r"<|below|under|less than|lower than|younger than"), Comparator.BELOW),
    (re.compile(r">|above|over|more than|greater than|older than"), Comparator.ABOVE),
)
_NUMBER = r"(?P<value>\d{1,3}(?:\.\d+)?)"
_SIGN = r"(?P<sign>\s*(?:is|was|of|=|:|<=|>=|<|>|≤|≥|at|around|about|below|under|less than|above|over|more than|at least|at most|lower than|greater than|\s)*\s*)"
_KIDNEY = re.compile(
    rf"\b(?P<what>e?gfr|crcl|creatinine clearance|clcr){_SIGN}{_NUMBER}(?:\s*(?:-|–|to)\s*(?P<upper>\d{{1,3}}))?"
    r"(?P<unit>\s*ml\s*/\s*min(?:\s*/\s*1\.73\s*m\s*(?:2|²))?)?",
    re.IGNORECASE,
)
# "eGFR is 25", "an eGFR of 25": said again, it is "with eGFR 25".
_FILLS = re.compile(r"\b(?:is|was|of|at)\b(?! least| most)")
_STAGE = re.compile(
    r"\b(?:ckd|chronic kidney disease)(?: stage)?\s*(?:g)?([1-5][ab]?)\b|\bstage ([1-5][ab]?) (?:ckd|(?:chronic )?kidney disease)",
    re.IGNORECASE,
)
_CHILD_PUGH = re.compile(r"\bchild[ -]?pugh(?: class)?\s*([abc])\b", re.IGNORECASE)
_AGE = re.compile(
    r"\b(?P<value>\d{1,3}(?:\.\d+)?)[ -]?(?P<unit>years?|yrs?|yo|y/o|months?|weeks?|days?)(?:[ -]?(?:old|of age)|(?<=yo)|(?<=y/o))\b"
    r"|\b(?:aged?|age of|i am|i'm|she is|he is|who is|patient is|is aged|(?:wo)?man of|patient of)\s+(?P<value2>\d{1,3})\b(?!\s*(?:mg|mcg|kg|ml|%|weeks|months))"
    r"|\b(?P<group>children|adolescents|patients|adults|people|kids|women|men|infants|those|anyone)?\s*(?:aged\s*)?"
    r"(?P<bound>under|below|younger than|over|above|older than)\s+(?:the age of\s+|age\s+)?(?P<value3>\d{1,3})\b"
    r"(?!\s*(?:mg|mcg|kg|ml|%|g\b|iu|units|doses|weeks of|months of|hours|minutes|h\b))(?:\s*(?P<unit3>years?|months?))?",
    re.IGNORECASE,
)
_WEIGHT = re.compile(
    r"\b(?:weigh(?:s|ing)?|weight(?: of| is)?|bodyweight)?\s*(?P<value>\d{1,3}(?:\.\d+)?)\s*(?P<unit>kg|kilos?|kilograms?|lbs?|pounds)\b(?!\s*/)",
    re.IGNORECASE,
)


def figures(text: str) -> list[Constraint]:
    found = []
    taken: list[range] = []
    for m in _KIDNEY.finditer(text):
        what = "eGFR" if "gfr" in m["what"].lower() else "CrCl"
        upper = float(m["upper"]) if m["upper"] else None
        words, sign = " ".join(_FILLS.sub(" ", m.group()).split()), comparator(m["sign"])
        found.append(Constraint(Trait.KIDNEY, words, what, sign, float(m["value"]), "mL/min", upper))
        taken.append(range(*m.span()))
    for m in _STAGE.finditer(text):
        stage = (m[1] or m[2]).lower()
        found.append(Constraint(Trait.KIDNEY, f"CKD stage {stage}", "stage", Comparator.IS, float(stage[0]), ""))
    for m in _CHILD_PUGH.finditer(text):
        found.append(Constraint(Trait.LIVER, f"Child-Pugh {m[1].upper()}", f"Child-Pugh {m[1].upper()}"))
    for m in _AGE.finditer(text):
        value = m["value"] or m["value2"] or m["value3"]
        unit = (m["unit"] or m["unit3"] or "years").lower().rstrip("s")
        unit = {"yr": "year", "yo": "year", "y/o": "year"}.get(unit, unit) + "s"
        if (unit == "years" and float(value) > 120) or any(m.start() in span for span in taken):
            continue
        words = " ".join(m.group().split())
        sign = comparator(m["bound"] or "")
        found.append(Constraint(Trait.AGE, words, "", sign, float(value), unit))
    for m in _WEIGHT.finditer(text):
        unit = "kg" if m["unit"].lower().startswith("k") else "lb"
        found.append(Constraint(Trait.WEIGHT, " ".join(m.group().split()), "", Comparator.IS, float(m["value"]), unit))
    return found


def comparator(words: str) -> Comparator:
    """Return the comparator that a phrase states ("at least", "<"), IS where it states none."""
    for pattern, meaning in _COMPARE:
        if pattern.search(words.lower()):
            return meaning
    return Comparator.IS
