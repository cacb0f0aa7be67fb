"""What a question says has happened to the patient, how long ago, and what they are allergic to."""

# ruff: noqa: E501 (one pattern a line)

import re

from qa.constraint import Comparator, Constraint, Trait

_EVENT = re.compile(
    r"\b(?:had|has had|have had|having had|suffered|after|history of|with|following|prior|previous|recent|since|survived)\s+"
    r"(?:(?:an?|the|my|her|his|their|previous|prior|recent|acute|past)\s+)*"
    r"(?P<what>heart attack|myocardial infarction|MI|stroke|TIA|transient ischemic attack|pulmonary embolism|DVT|blood clot|"
    r"hip fracture|vertebral fracture|fracture|gastric bypass|bariatric surgery|organ transplant|kidney transplant|"
    r"liver transplant|transplant|seizure|breast cancer|cancer|osteosarcoma|radiation therapy|radiotherapy|gi bleed|"
    r"tooth extraction|dental extraction|hypocalcemia|low calcium)\b"
    r"(?P<when>\s+(?:\w+\s+){0,3}?(?:ago|last (?:year|month|week)|this (?:year|month|week)|within the (?:past|last|preceding) (?:\w+ )?(?:days?|weeks?|months?|years?)|in the (?:past|last|preceding) (?:\w+ )?(?:days?|weeks?|months?|years?)))?",
)
_AGO = re.compile(
    r"(\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|last|past)\s+(days?|weeks?|months?|years?)"
)
_WORDS = {
    w: float(n) for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1.0, "an": 1.0, "last": 1.0, "past": 1.0}
_ALLERGY = re.compile(r"\b(?:allerg(?:ic|y) (?:to|reaction to)|allergies to|anaphylaxis (?:to|from|after))\s+(?P<what>[\w-]+(?: (?:drugs?|antibiotics?|allergy))?)|\b(?P<what2>[\w-]+) allergy\b", re.IGNORECASE)  # fmt: skip
_NOT_ALLERGENS = frozenset({"seasonal", "an", "the", "any", "drug", "food", "severe", "known", "is", "it", "what"})


def events(text: str) -> list[Constraint]:
    found = []
    for m in _EVENT.finditer(text):
        when = " ".join((m["when"] or "").split())
        ago = _AGO.search(when)
        value = None if ago is None else _WORDS.get(ago[1]) or (float(ago[1]) if ago[1].isdigit() else None)
        unit = "" if ago is None else ago[2].rstrip("s") + "s"
        sign = Comparator.AT_MOST if when.startswith(("within", "in the")) else Comparator.IS
        found.append(Constraint(Trait.EVENT, f"{m['what']} {when}".strip(), m["what"], sign, value, unit))
    return found


def allergies(text: str) -> list[Constraint]:
    found = []
    for m in _ALLERGY.finditer(text):
        what = (m["what"] or m["what2"]).lower()
        if what not in _NOT_ALLERGENS:
            found.append(Constraint(Trait.ALLERGY, f"{what} allergy", what))
    return found
