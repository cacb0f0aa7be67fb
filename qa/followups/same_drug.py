"""A follow-up that names no drug, completed with the drug of the turn before."""

# ruff: noqa: E501 (one pattern a line)

import re
from collections.abc import Sequence

from qa.constraints import constraints_of
from qa.ellipsis import asked_of_body, completed, stated
from qa.followups.turn import Turn, condition_of, focus, name_of
from qa.followups.wording import DEFINITE, LEAD, PREPOSITION, QUESTION, capital, small
from qa.references import resolved, speaks_of_event, speaks_of_study
from qa.synonyms import Concept

_OF = re.compile(
    r"\b(?:box|carton|pack|bottle|tablets?|pills?|capsules?|spray|syringe|pen|vial|solution|infusion|dose|dosage|side effects?|adverse \w+|effects?|mechanism|indications?|contraindications?|cost|price|half-life|results?|trials?|stud(?:y|ies)|evidence|benefits?|risks?|warnings?|label|ingredients?|injection)\s*$",
    re.IGNORECASE,
)
_AND_IF = re.compile(r"^\W*(?:and|but|so|or) if ", re.IGNORECASE)
_WHICH = re.compile(r"\bwhich\b", re.IGNORECASE)
_AT_RISK = re.compile(r"\bat (?:higher |increased |greater )?risk(?=\s*[?.!]|\s*$)", re.IGNORECASE)
# A verb whose object the drug is: "what should follow?".
_TAKES_OBJECT = re.compile(r"\b(?:follow|replace|precede|resemble|contain|come after|go with)$", re.IGNORECASE)
_SOMEBODYS = re.compile(r"^(?:his|her|their|my) (?=\w)", re.IGNORECASE)


def with_last_drug(question: str, concepts: Sequence[Concept], last: Turn) -> str:
    """Return a question that names no drug with the drug of the turn before in its place."""
    before = focus(last)
    names = [name_of(one) for one in before[:3]]
    drug = " and ".join(names)
    said = stated(question, drug, constraints_of(question, has_subject=True))
    short = said or completed(question, drug, last.standalone) or asked_of_body(question, drug, last.standalone)
    if short:
        return short
    condition = condition_of(last)
    if speaks_of_study(question):
        return resolved(question, f"the {drug} study" + (f" in {condition}" if condition else ""), plural=False)
    if condition and not concepts and (text := _of_condition(question, condition)) != question:
        return f"{resolved(text, names[0], plural=False).rstrip(' ?.!')} with {drug}?"
    if speaks_of_event(question):
        return _with_drug(question, drug, concepts)
    text = resolved(question, drug, plural=True) if len(names) > 1 else question
    if text == question:
        text = resolved(question, names[0], plural=False)
    if text != question:
        return _AND_IF.sub("What if ", text)
    if len(names) > 1 and _WHICH.search(question):
        return f"{question.rstrip(' ?.!')}, {' or '.join(names)}?"
    return _with_drug(question, drug, concepts)


def _of_condition(question: str, condition: str) -> str:
    """Return the question with "it", "the risk", "at risk" said of the condition; itself where nothing is."""
    if speaks_of_event(question):
        return resolved(question, condition, plural=False)
    text, count = DEFINITE.subn(lambda m: f"the {m[1]} of {condition}", question, count=1)
    return text if count else _AT_RISK.sub(f"at risk of {condition}", question, count=1)


def _with_drug(question: str, drug: str, concepts: Sequence[Concept]) -> str:
    """Return a question that nothing in it ties to the drug, with the drug put where it reads best."""
    lead = LEAD.match(question)
    rest = (question[lead.end() :] if lead else question).rstrip(" ?.!")
    if lead and lead["whatif"]:
        return f"What if {rest} with {drug}?"
    if PREPOSITION.match(rest):
        return f"What about {drug} {small(rest)}?"
    if lead and lead["about"] and concepts and rest.lower().startswith(concepts[0].surface.lower()):
        return f"What about {drug} in {rest}?"
    if lead and lead.end() and not QUESTION.match(rest):
        rest = _SOMEBODYS.sub("the ", rest)
        return f"What about {rest}{_joint(rest)} {drug}?"
    return f"{capital(rest)}{_joint(rest)} {drug}?"


def _joint(text: str) -> str:
    """Return what stands between a question and the drug that it leaves out: " of" a thing, nothing after a verb."""
    if _TAKES_OBJECT.search(text):
        return ""
    return " of" if _OF.search(text) else " with"
