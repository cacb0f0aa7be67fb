"""A trait that is stated of a patient or a group, and how a later statement takes the place of an earlier one."""

# ruff: noqa: E501 (one pattern a line)

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Trait(StrEnum):
    """What is stated of a patient or a group of patients."""

    PREGNANT = "pregnant"
    BREASTFEEDING = "breastfeeding"
    SEX = "sex"
    AGE = "age"
    WEIGHT = "weight"
    KIDNEY = "kidney function"
    DIALYSIS = "dialysis"
    LIVER = "liver function"
    MENOPAUSE = "menopause"
    EVENT = "event"
    ALLERGY = "allergy"
    TAKES = "also takes"


class Comparator(StrEnum):
    """How a value bounds what it is stated of."""

    IS = "="
    BELOW = "<"
    AT_MOST = "≤"
    ABOVE = ">"
    AT_LEAST = "≥"


@dataclass(frozen=True, slots=True)
class Constraint:
    """One stated trait. `text` are the words that state it, fit to be said again after "in" or "with".

    `what` names the thing (the sex, the event, the allergen, the other drug, "eGFR" or "CrCl"), "" where
    the trait says it all. `value` with `unit` is the figure stated, None where there is none; `upper`
    the end of a stated range ("eGFR 15 to 29"). For an event it is how long ago. `personal`: stated of
    somebody ("my mother", "a man", "she"), not of a group ("in men", "patients with CKD").
    """

    trait: Trait
    text: str
    what: str = ""
    comparator: Comparator = Comparator.IS
    value: float | None = None
    unit: str = ""
    upper: float | None = None
    personal: bool = False

    @property
    def phrase(self) -> str:
        """Return the trait as it is said again behind a question: "in women", "with eGFR 25", "aged under 12 years"."""
        if self.trait is Trait.AGE:
            bound = {Comparator.BELOW: "under ", Comparator.ABOVE: "over "}.get(self.comparator, "")
            return f"aged {bound}{self.value:g} {self.unit}"
        return f"{_JOINT[self.trait]} {self.text}".strip()

    @property
    def is_exact(self) -> bool:
        """Return whether it is one figure of kidney function or age, which is one person's: "eGFR 25", not "eGFR < 30"."""
        figure = self.value is not None and self.upper is None and self.comparator is Comparator.IS
        return figure and (self.what in ("eGFR", "CrCl") or self.trait is Trait.AGE)

    @property
    def slot(self) -> tuple[Trait, str]:
        """Return what a later statement of the same kind replaces."""
        return self.trait, self.what if self.trait in (Trait.EVENT, Trait.ALLERGY, Trait.TAKES) else ""


_JOINT = {
    Trait.PREGNANT: "in",
    Trait.BREASTFEEDING: "while",
    Trait.SEX: "in",
    Trait.WEIGHT: "",
    Trait.KIDNEY: "with",
    Trait.DIALYSIS: "on",
    Trait.LIVER: "with",
    Trait.MENOPAUSE: "in",
    Trait.EVENT: "after",
    Trait.ALLERGY: "with",
    Trait.TAKES: "with",
}


def merged(before: Iterable[Constraint], now: Iterable[Constraint]) -> tuple[Constraint, ...]:
    """Return both, a later statement in place of an earlier one about the same thing, in the order of `Trait`."""
    kept: dict[tuple[Trait, str], Constraint] = {}
    for constraint in (*before, *now):
        kept[constraint.slot] = constraint
    order = {trait: n for n, trait in enumerate(Trait)}
    return tuple(sorted(kept.values(), key=lambda one: (order[one.trait], one.what)))
