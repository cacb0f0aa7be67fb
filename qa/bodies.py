"""Guideline bodies by the names that questions use: "What does ACR say…" is asked of one body's documents."""

import re
from functools import lru_cache

# Abbreviation (as written, in capitals) and the name that its documents state, both as commonly printed.
_BODIES = {
    "AACE": "American Association of Clinical Endocrinolog",
    "AAN": "American Academy of Neurology",
    "AAP": "American Academy of Pediatrics",
    "AASLD": "American Association for the Study of Liver Diseases",
    "ACC": "American College of Cardiology",
    "ACG": "American College of Gastroenterology",
    "ACOG": "American College of Obstetricians and Gynecologists",
    "ACP": "American College of Physicians",
    "ACR": "American College of Rheumatology",
    "ADA": "American Diabetes Association",
    "AGA": "American Gastroenterological Association",
    "AHA": "American Heart Association",
    "APA": "American Psychiatric Association",
    "ASCO": "American Society of Clinical Oncology",
    "ASH": "American Society of Hematology",
    "ATS": "American Thoracic Society",
    "AUA": "American Urological Association",
    "BHOF": "Bone Health and Osteoporosis Foundation",
    "BTS": "British Thoracic Society",
    "CDC": "Centers for Disease Control and Prevention",
    "EASL": "European Association for the Study of the Liver",
    "ECTS": "European Calcified Tissue Society",
    "ESC": "European Society of Cardiology",
    "EULAR": "European Alliance of Associations for Rheumatology",
    "GINA": "Global Initiative for Asthma",
    "GOLD": "Global Initiative for Chronic Obstructive Lung Disease",
    "IDSA": "Infectious Diseases Society of America",
    "IOF": "International Osteoporosis Foundation",
    "KDIGO": "Kidney Disease: Improving Global Outcomes",
    "KSBMR": "Korean Society for Bone and Mineral Research",
    "NCCN": "National Comprehensive Cancer Network",
    "NICE": "National Institute for Health and Care Excellence",
    "NOGG": "National Osteoporosis Guideline Group",
    "USPSTF": "Preventive Services Task Force",
    "WHO": "World Health Organization",
    "Endocrine Society": "Endocrine Society",
}
ABBREVIATIONS = frozenset(_BODIES)
_NAMED = re.compile(r"\b(?:" + "|".join(map(re.escape, _BODIES)) + r")\b")
_SPOKEN = re.compile(
    r"\b(?:(?:the )?(?i:"
    + "|".join(re.escape(full) + r"\w*" for full in sorted(_BODIES.values(), key=len, reverse=True))
    + ")|"
    + "|".join(map(re.escape, _BODIES))
    + r")\b"
)


@lru_cache(maxsize=4096)
def bodies_in(text: str) -> frozenset[str]:
    """Return the bodies that a text names, by abbreviation in capitals or by full name."""
    lower = text.lower()
    named = set(_NAMED.findall(text))
    return frozenset(named | {short for short, full in _BODIES.items() if full.lower() in lower})


@lru_cache(maxsize=4096)
def surfaces_in(text: str) -> tuple[str, ...]:
    """Return the names of bodies as they stand in a text, in order, with the article before a full name."""
    return tuple(m.group() for m in _SPOKEN.finditer(text))


def spelt_out(text: str) -> str:
    """Return the text with full names in place of abbreviations, as the bodies' own documents say them."""
    return _NAMED.sub(lambda m: _BODIES[m.group()], text)
