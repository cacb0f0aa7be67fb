"""Which sections of a drug label answer which aspect, in order of priority."""

# ruff: noqa: E501 (one row a line)

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from qa.aspect import Aspect
from qa.label_slots import CODES, Slot, slots

_RENAL = r"renal|kidney|dialysis|nephro"
_HEPATIC = r"hepatic|liver|hepato"
_STOP = r"discontinu|cessation|withdrawal|taper|stopping|interruption|abrupt"
# What patient information answers under a question of its own ("What is X?", "What is X used for?").
_WHAT_IS = r"what (?:is|are) (?!the\b)[^?]+\?"
_MONITOR = r"monitor|laborator|test|examin|prior to initi|before initi|evaluat|assess|patient selection"


@dataclass(frozen=True, slots=True)
class SectionKey:
    """A place in a label that answers an aspect, 0 < weight ≤ 1. Where `title` is given, a regular
    expression in lower case, it must occur in one of the section's headings too."""

    slot: Slot
    weight: float
    title: str = ""
    codes: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", CODES[self.slot])


def _keys(*rows: tuple[Slot, float] | tuple[Slot, float, str]) -> tuple[SectionKey, ...]:
    return tuple(SectionKey(*row) for row in rows)


S = Slot
_SECTIONS: dict[Aspect, tuple[SectionKey, ...]] = {
    Aspect.INDICATION: _keys((S.INDICATIONS, 1.0), (S.GUIDE, 0.9, _WHAT_IS), (S.GUIDE, 0.4, r"what (?:is|are)\b|uses")),
    Aspect.DOSING: _keys((S.DOSAGE, 1.0), (S.FORMS, 0.55), (S.SUPPLY, 0.45), (S.PHARMACOLOGY, 0.25, "dose"), (S.GUIDE, 0.7, r"how should (?:i|you) (?:take|use)\b.*\?"), (S.GUIDE, 0.3, "take|use|dose")),
    Aspect.ADMINISTRATION: _keys((S.DOSAGE, 1.0), (S.COUNSELING, 0.7), (S.GUIDE, 0.95, r"how (?:should|do|is|are)\b.* (?:take|use|inject|give|given|apply)\b.*\?"), (S.GUIDE, 0.6), (S.WARNINGS, 0.3, "administ|infusion|inject"), (S.DESCRIPTION, 0.2), (S.PRECAUTIONS, 0.3), (S.PHARMACOKINETICS, 0.25, "food|absorption")),
    Aspect.MISSED_DOSE: _keys((S.DOSAGE, 1.0, "miss|delay|late|interrupt"), (S.GUIDE, 0.95, r"\bmiss\b.*\?"), (S.DOSAGE, 0.85), (S.COUNSELING, 0.7), (S.GUIDE, 0.7)),
    Aspect.CONTRAINDICATION: _keys((S.CONTRAINDICATIONS, 1.0), (S.GUIDE, 0.9, r"\bwho should not\b.*\?"), (S.BOXED, 0.8), (S.ASK_DOCTOR, 0.6), (S.WARNINGS, 0.55), (S.PRECAUTIONS, 0.45), (S.STOP_USE, 0.3)),
    Aspect.BOXED_WARNING: _keys((S.BOXED, 1.0), (S.WARNINGS, 0.5)),
    Aspect.WARNING: _keys((S.BOXED, 1.0), (S.WARNINGS, 0.95), (S.PRECAUTIONS, 0.8), (S.CONTRAINDICATIONS, 0.55), (S.WHEN_USING, 0.6), (S.STOP_USE, 0.6), (S.ASK_DOCTOR, 0.6), (S.ADVERSE, 0.5), (S.COUNSELING, 0.3)),
    Aspect.ADVERSE_REACTION: _keys((S.ADVERSE, 1.0), (S.BOXED, 0.7), (S.WARNINGS, 0.75), (S.PRECAUTIONS, 0.5), (S.WHEN_USING, 0.7), (S.STOP_USE, 0.7), (S.COUNSELING, 0.4), (S.GUIDE, 0.95, r"side effects?\b.*\?"), (S.GUIDE, 0.55, "side effect|possible|what should i avoid|information")),
    Aspect.INTERACTION: _keys((S.INTERACTIONS, 1.0), (S.CONTRAINDICATIONS, 0.7), (S.BOXED, 0.65, "interaction|concomitant"), (S.WARNINGS, 0.6), (S.DOSAGE, 0.6, "concomitant|coadminist|co-administ|interaction|taking|combination|inhibitor|inducer"), (S.PRECAUTIONS, 0.55), (S.ASK_DOCTOR, 0.7), (S.PHARMACOKINETICS, 0.4), (S.DISPLAY, 0.1), (S.DOSAGE, 0.3), (S.COUNSELING, 0.3)),
    Aspect.POPULATION: _keys((S.POPULATIONS, 1.0), (S.INDICATIONS, 0.7), (S.DOSAGE, 0.5), (S.WARNINGS, 0.4), (S.ASK_DOCTOR, 0.5), (S.PRECAUTIONS, 0.4), (S.PHARMACOKINETICS, 0.4, "population|race|sex|gender|age")),
    Aspect.PREGNANCY: _keys((S.PREGNANCY, 1.0), (S.BOXED, 0.9, "fetal|pregnan"), (S.REPRODUCTIVE, 0.7), (S.WARNINGS, 0.75, "fetal|pregnan|embryo|neonat"), (S.CONTRAINDICATIONS, 0.7), (S.POPULATIONS, 0.5), (S.INDICATIONS, 0.35), (S.PRECAUTIONS, 0.35), (S.WARNINGS, 0.3), (S.NONCLINICAL, 0.25)),
    Aspect.LACTATION: _keys((S.LACTATION, 1.0), (S.PREGNANCY, 0.6, "breast|nurs"), (S.POPULATIONS, 0.5), (S.PRECAUTIONS, 0.5), (S.CONTRAINDICATIONS, 0.5), (S.WARNINGS, 0.4), (S.PHARMACOKINETICS, 0.2), (S.PHARMACOLOGY, 0.15)),
    Aspect.FERTILITY: _keys((S.REPRODUCTIVE, 1.0), (S.NONCLINICAL, 0.8), (S.WARNINGS, 0.7, "reproduct|fertil|embryo"), (S.POPULATIONS, 0.5), (S.PREGNANCY, 0.5)),
    Aspect.PEDIATRIC: _keys((S.PEDIATRIC, 1.0), (S.DOSAGE, 0.8, "pediatric|paediatric|child|adolesc|infant"), (S.INDICATIONS, 0.7), (S.BOXED, 0.5), (S.DOSAGE, 0.6), (S.CONTRAINDICATIONS, 0.5), (S.WARNINGS, 0.5, "pediatric|child|growth"), (S.ADVERSE, 0.3, "pediatric"), (S.POPULATIONS, 0.4), (S.STUDIES, 0.2, "pediatric")),
    Aspect.GERIATRIC: _keys((S.GERIATRIC, 1.0), (S.DOSAGE, 0.7, "geriatric|elderly|older|special population"), (S.WARNINGS, 0.6, "elderly|dementia|older|geriatric|special population"), (S.BOXED, 0.5, "elderly|dementia"), (S.PHARMACOKINETICS, 0.4, "geriatric|elderly|age"), (S.DOSAGE, 0.4), (S.PRECAUTIONS, 0.4), (S.POPULATIONS, 0.4)),
    Aspect.RENAL: _keys((S.RENAL, 1.0), (S.DOSAGE, 0.95, _RENAL), (S.WARNINGS, 0.85, _RENAL), (S.BOXED, 0.8, _RENAL), (S.CONTRAINDICATIONS, 0.6), (S.PHARMACOKINETICS, 0.55, _RENAL), (S.DOSAGE, 0.5), (S.WARNINGS, 0.45), (S.POPULATIONS, 0.45), (S.PRECAUTIONS, 0.4), (S.ASK_DOCTOR, 0.5), (S.PHARMACOKINETICS, 0.35), (S.BOXED, 0.3)),
    Aspect.HEPATIC: _keys((S.HEPATIC, 1.0), (S.DOSAGE, 0.95, _HEPATIC), (S.WARNINGS, 0.85, _HEPATIC), (S.BOXED, 0.8, _HEPATIC), (S.CONTRAINDICATIONS, 0.7), (S.PHARMACOKINETICS, 0.55, _HEPATIC), (S.RENAL, 0.5, _HEPATIC), (S.DOSAGE, 0.5), (S.WARNINGS, 0.45), (S.POPULATIONS, 0.45), (S.PRECAUTIONS, 0.4), (S.ASK_DOCTOR, 0.5), (S.PHARMACOKINETICS, 0.35)),
    Aspect.MONITORING: _keys((S.DOSAGE, 1.0, _MONITOR), (S.WARNINGS, 0.9, _MONITOR), (S.TESTS, 0.95), (S.WARNINGS, 0.75), (S.PRECAUTIONS, 0.7), (S.DOSAGE, 0.6), (S.BOXED, 0.6), (S.PHARMACODYNAMICS, 0.2), (S.POPULATIONS, 0.35)),
    Aspect.SEQUENCE: _keys((S.INDICATIONS, 1.0, "limitation|duration|important"), (S.DOSAGE, 0.95, "duration|switch|transition|conver|follow|sequen|discontinu|recommended"), (S.INDICATIONS, 0.8), (S.DOSAGE, 0.8), (S.WARNINGS, 0.7, _STOP), (S.PHARMACODYNAMICS, 0.4), (S.STUDIES, 0.4), (S.WARNINGS, 0.35)),
    Aspect.STOPPING: _keys((S.DOSAGE, 1.0, _STOP), (S.WARNINGS, 0.98, _STOP + "|following|after"), (S.BOXED, 0.8), (S.DOSAGE, 0.8), (S.WARNINGS, 0.75), (S.ABUSE, 0.6), (S.PRECAUTIONS, 0.55), (S.PHARMACODYNAMICS, 0.4), (S.COUNSELING, 0.4), (S.GUIDE, 0.3), (S.ADVERSE, 0.3)),
    Aspect.MECHANISM: _keys((S.MECHANISM, 1.0), (S.PHARMACOLOGY, 0.9), (S.PHARMACODYNAMICS, 0.7), (S.DESCRIPTION, 0.4)),
    Aspect.PHARMACOKINETICS: _keys((S.PHARMACOKINETICS, 1.0), (S.PHARMACOLOGY, 0.85), (S.PHARMACODYNAMICS, 0.6), (S.MECHANISM, 0.2), (S.STUDIES, 0.15), (S.LACTATION, 0.2)),
    Aspect.EFFICACY: _keys((S.STUDIES, 1.0), (S.PHARMACODYNAMICS, 0.4), (S.PHARMACOLOGY, 0.35), (S.INDICATIONS, 0.3)),
    Aspect.TRIALS: _keys((S.STUDIES, 1.0), (S.ADVERSE, 0.4, "trial|clinical stud"), (S.PHARMACODYNAMICS, 0.2)),
    Aspect.COMPARISON: _keys((S.STUDIES, 0.8), (S.INDICATIONS, 0.5), (S.DESCRIPTION, 0.4), (S.MECHANISM, 0.35), (S.ADVERSE, 0.35)),
    Aspect.OVERDOSE: _keys((S.OVERDOSAGE, 1.0), (S.GUIDE, 0.9, r"\b(?:too much|overdose)\b.*\?"), (S.BOXED, 0.4), (S.WARNINGS, 0.45, "overdos|toxicity|maximum"), (S.DOSAGE, 0.4), (S.WARNINGS, 0.3)),
    Aspect.STORAGE: _keys((S.STORAGE, 1.0), (S.SUPPLY, 0.95), (S.GUIDE, 0.95, r"\bstored?\b.*\?"), (S.GUIDE, 0.5, "stor|information"), (S.DISPLAY, 0.4), (S.DOSAGE, 0.3, "stor|prepar")),
    Aspect.SUPPLY: _keys((S.FORMS, 1.0), (S.SUPPLY, 0.95), (S.PRODUCT, 0.9), (S.DESCRIPTION, 0.6), (S.DISPLAY, 0.4), (S.ACTIVE, 0.4), (S.DOSAGE, 0.2)),
    Aspect.INGREDIENTS: _keys((S.DESCRIPTION, 1.0), (S.ACTIVE, 1.0), (S.INACTIVE, 0.95), (S.PRODUCT, 0.95), (S.DISPLAY, 0.5), (S.FORMS, 0.5), (S.SUPPLY, 0.45), (S.GUIDE, 0.95, r"\bingredients?\b.*\?"), (S.GUIDE, 0.5, "ingredient|what is"), (S.CONTRAINDICATIONS, 0.2)),
    Aspect.ABUSE: _keys((S.ABUSE, 1.0), (S.BOXED, 0.8, "abuse|addict|misuse|depend"), (S.WARNINGS, 0.7, "abuse|addict|misuse|depend"), (S.WARNINGS, 0.3)),
    Aspect.PATIENT_INFORMATION: _keys((S.COUNSELING, 1.0), (S.GUIDE, 0.95), (S.PRECAUTIONS, 0.4, "information")),
    Aspect.NONCLINICAL: _keys((S.NONCLINICAL, 1.0), (S.WARNINGS, 0.5, "carcino|malignan|osteosarcoma|tumor"), (S.PRECAUTIONS, 0.3)),
    Aspect.OVERVIEW: _keys((S.INDICATIONS, 1.0), (S.BOXED, 0.95), (S.DOSAGE, 0.85), (S.CONTRAINDICATIONS, 0.8), (S.ADVERSE, 0.7), (S.DESCRIPTION, 0.65), (S.WARNINGS, 0.6), (S.MECHANISM, 0.55), (S.PHARMACOLOGY, 0.5), (S.GUIDE, 0.9, _WHAT_IS), (S.GUIDE, 0.4, r"what (?:is|are)\b|information")),
    Aspect.COST: (),
}  # fmt: skip


def sections_for(aspect: Aspect) -> tuple[SectionKey, ...]:
    """Return where a label answers the aspect, best first; empty where labels never do (cost)."""
    return tuple(sorted(_SECTIONS[aspect], key=lambda key: -key.weight))


@lru_cache(maxsize=65_536)
def weight(aspect: Aspect, code: str, number: str, heading: Sequence[str]) -> float:
    """Return how well a label section answers an aspect, 0 (never) to 1, by where it stands and what it is called.

    `heading` is the section's path of titles as a tuple (`titles_of`). A subsection counts a little less for what it
    lies under than the section itself: its own title may lead elsewhere.
    """
    places = slots(code, number, heading)
    titles = " / ".join(heading).lower()
    best = 0.0
    for key in _SECTIONS[aspect]:
        if key.slot in places and (not key.title or re.search(key.title, titles)):
            depth = places.index(key.slot)
            best = max(best, key.weight * (0.97 if depth and not key.title else 1.0))
    return best
