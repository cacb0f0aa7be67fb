"""What a question says about the patient: to be kept in mind for every later turn of the conversation."""

# ruff: noqa: E501 (one pattern a line)

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.constraint import Constraint, Trait, merged
from qa.constraint_events import allergies, events
from qa.constraint_figures import figures
from qa.constraint_flags import flags
from qa.drugs import DrugMention

_TAKES = re.compile(
    r"\b(?:(?:who is|who are|is|are|am|i'm|she's|he's|patients?|already|currently|also|while|when|if|woman|man|mother|father) (?:\w+ )?(?:on|taking|receiving|treated with|takes?)|(?:while|when) (?:on|taking|using)|(?:also|already) (?:take|takes)|(?:on|with) concomitant|together with|co-?administered with|in combination with)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_FEMALE = frozenset({Trait.PREGNANT, Trait.BREASTFEEDING, Trait.MENOPAUSE})
_PERSONAL = re.compile(
    r"\b(?:i|i'm|i am|me|my|she|he|her|his|him|myself|this (?:patient|woman|man|lady|child)|an? (?:[\w-]+ ){0,3}?(?:patient|woman|man|lady|"
    r"girl|boy|child|infant|baby|mother|father|person)|\d+[ -]?(?:year|yr|month)s?[ -]?old|the patient)\b",
    re.IGNORECASE,
)


def constraints_of(
    text: str, mentions: Sequence[DrugMention] = (), *, has_subject: bool = False
) -> tuple[Constraint, ...]:
    """Return what the text states about the patient, each trait once, in the order of `Trait`.

    "On warfarin" is a trait only beside the drug that is asked about: another one in the text, or
    one that the conversation is about already (`has_subject`).
    """
    found = [*flags(text), *figures(text), *events(text), *allergies(text)]
    if len(mentions) > 1 or has_subject:
        found += _other_drugs(text, mentions)
    traits = {one.trait for one in found}
    sexes = {one.what for one in found if one.trait is Trait.SEX}
    if len(sexes) > 1 or ("female" in sexes and traits & _FEMALE):
        found = [one for one in found if one.trait is not Trait.SEX]
    everybody = _PERSONAL.search(text) is not None
    found = [replace(one, personal=True) if everybody or one.is_exact else one for one in found]
    return merged((), found)


def _other_drugs(text: str, mentions: Sequence[DrugMention]) -> list[Constraint]:
    """Return the drugs that the patient is said to take besides the one asked about."""
    return [
        Constraint(Trait.TAKES, mention.label, " + ".join(mention.bases))
        for mention in mentions
        if _TAKES.search(text[max(0, mention.start - 60) : mention.start])
    ]
