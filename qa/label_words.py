"""Words that a label answers an aspect with, which the question does not use: looked for beside its own."""

from functools import lru_cache

from index.tokens import tokens
from qa.aspect import Aspect

_WORDS: dict[Aspect, str] = {
    Aspect.ABUSE: "abuse dependence addiction",
    Aspect.ADMINISTRATION: "administered taken swallow inject",
    Aspect.ADVERSE_REACTION: "adverse reactions reported",
    Aspect.BOXED_WARNING: "boxed warning",
    Aspect.CONTRAINDICATION: "contraindicated hypersensitivity",
    Aspect.DOSING: "recommended dose mg daily",
    Aspect.GERIATRIC: "geriatric elderly",
    Aspect.HEPATIC: "hepatic impairment",
    Aspect.INDICATION: "indicated treatment",
    Aspect.INGREDIENTS: "active inactive ingredients contains",
    Aspect.INTERACTION: "interaction concomitant coadministration",
    Aspect.LACTATION: "nursing milk lactation breastfeeding",
    Aspect.MECHANISM: "mechanism action effects",
    Aspect.MISSED_DOSE: "missed dose",
    Aspect.MONITORING: "monitor",
    Aspect.OVERDOSE: "overdose maximum antidote",
    Aspect.OVERVIEW: "indicated",
    Aspect.PEDIATRIC: "pediatric children",
    Aspect.PHARMACOKINETICS: "hours half-life peak plasma onset absorption elimination",
    Aspect.PREGNANCY: "pregnancy fetal",
    Aspect.RENAL: "renal impairment",
    Aspect.SEQUENCE: "duration days weeks",
    Aspect.STOPPING: "discontinuation withdrawal cessation gradually taper abrupt",
    Aspect.STORAGE: "store temperature refrigerate",
    Aspect.SUPPLY: "color shape size imprint tablets mg strength",
    Aspect.WARNING: "warning risk",
}


@lru_cache
def label_terms(aspect: Aspect) -> tuple[str, ...]:
    """Return the terms, as BM25 has them, that a label answers an aspect with; () where no words tell."""
    return tuple(dict.fromkeys(tokens(_WORDS.get(aspect, ""))))
