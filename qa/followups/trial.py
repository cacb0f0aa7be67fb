"""A question about a trial: one that names it, and one that goes on about the trial of the turn before."""

# ruff: noqa: E501 (one pattern a line)

import re
from collections.abc import Sequence

from qa.aspect import Aspect, Scored
from qa.bodies import bodies_in
from qa.followups.wording import LEAD, PREPOSITION, QUESTION, small
from qa.references import refers_back
from qa.synonyms import Concept
from qa.trials import studies_in

# "It" that is a trial: "how many women were in it", "was the trial blinded".
_THE_TRIAL = re.compile(
    r"(?<=\bin )(?:it|that|this)(?=\W*$)|\b(?:the|that|this) (?:trial|study)\b(?! of)|"
    r"(?<=\bwas )(?:it|that|this)(?= (?:blinded|randomi[sz]ed|stopped|powered|placebo|open|funded|published|retracted|large|long))|"
    r"(?<=\bdid )(?:it|that|this)(?= (?:last|enrol\w*|include|exclude|run|find|show|report|recruit)\b)",
    re.IGNORECASE,
)
# Aspects that are asked of a drug, and not of what one trial found.
_OF_THE_DRUG = frozenset(
    {
        Aspect.DOSING,
        Aspect.ADMINISTRATION,
        Aspect.MISSED_DOSE,
        Aspect.STORAGE,
        Aspect.SUPPLY,
        Aspect.INGREDIENTS,
        Aspect.INDICATION,
        Aspect.CONTRAINDICATION,
        Aspect.INTERACTION,
        Aspect.MONITORING,
        Aspect.MECHANISM,
        Aspect.PHARMACOKINETICS,
        Aspect.PREGNANCY,
        Aspect.LACTATION,
        Aspect.COST,
    }
)


def asks_of_trial(question: str, concepts: Sequence[Concept], aspects: Sequence[Scored]) -> bool:
    """Return whether a question asks by its name what a trial found; it needs no drug then."""
    named = studies_in(question, (concept.surface for concept in concepts))
    found = bool(aspects) and aspects[0].aspect in (Aspect.TRIALS, Aspect.EFFICACY)
    return bool(named) and found and not refers_back(question)


def of_trial(question: str, aspects: Sequence[Scored], trial: str) -> str | None:
    """Return a question that goes on about the trial of the turn before, None where it turns to the drug itself."""
    if bodies_in(question) or any(scored.aspect in _OF_THE_DRUG for scored in aspects[:1]):
        return None
    if _THE_TRIAL.search(question):
        return _THE_TRIAL.sub(lambda _: trial, question, count=1)
    lead = LEAD.match(question)
    if lead and lead.end() and not refers_back(question[lead.end() :]):
        rest = question[lead.end() :].rstrip(" ?.!")
        if rest and not QUESTION.match(rest) and not PREPOSITION.match(rest):
            return f"What about {small(rest)} in {trial}?"
    return None
