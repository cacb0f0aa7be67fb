"""The aspect of a drug or a condition that a question asks about: several are possible, the likeliest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Aspect(StrEnum):
    """What can be asked about a drug. Ties are settled in this order: the narrower aspect first."""

    BOXED_WARNING = "boxed warning"
    MISSED_DOSE = "missed dose"
    OVERDOSE = "overdose"
    PREGNANCY = "pregnancy"
    LACTATION = "lactation"
    FERTILITY = "fertility"
    RENAL = "renal impairment"
    HEPATIC = "hepatic impairment"
    PEDIATRIC = "pediatric use"
    GERIATRIC = "geriatric use"
    POPULATION = "population"
    SEQUENCE = "sequence"
    STOPPING = "stopping"
    CONTRAINDICATION = "contraindication"
    INTERACTION = "interaction"
    MONITORING = "monitoring"
    STORAGE = "storage"
    SUPPLY = "how supplied"
    INGREDIENTS = "ingredients"
    ABUSE = "abuse and dependence"
    MECHANISM = "mechanism"
    PHARMACOKINETICS = "pharmacokinetics"
    COMPARISON = "comparison"
    NONCLINICAL = "nonclinical toxicology"
    ADMINISTRATION = "administration"
    DOSING = "dosing"
    WARNING = "warning"
    ADVERSE_REACTION = "adverse reaction"
    TRIALS = "trial results"
    EFFICACY = "efficacy"
    INDICATION = "indication"
    PATIENT_INFORMATION = "patient information"
    COST = "cost"
    OVERVIEW = "overview"


ORDER = {aspect: rank for rank, aspect in enumerate(Aspect)}
POPULATIONS = frozenset(
    {
        Aspect.PREGNANCY,
        Aspect.LACTATION,
        Aspect.RENAL,
        Aspect.HEPATIC,
        Aspect.PEDIATRIC,
        Aspect.GERIATRIC,
        Aspect.POPULATION,
    }
)


@dataclass(frozen=True, slots=True)
class Scored:
    """An aspect with its score: 1 and more is a plain statement of it, less is a hint."""

    aspect: Aspect
    score: float


def rank(scores: Iterable[Scored]) -> tuple[Scored, ...]:
    """Return the aspects, each once with its scores added, best first, ties in the order of `Aspect`."""
    total: dict[Aspect, float] = {}
    for scored in scores:
        total[scored.aspect] = total.get(scored.aspect, 0.0) + scored.score
    found = [Scored(aspect, round(score, 3)) for aspect, score in total.items() if score > 0]
    return tuple(sorted(found, key=lambda scored: (-scored.score, ORDER[scored.aspect])))
