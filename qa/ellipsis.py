"""Questions so short that only the conversation completes them: "And then?", "How long?", "She is pregnant."."""

# ruff: noqa: E501 (one pattern a line)

import re
from collections.abc import Sequence

from qa.bodies import surfaces_in
from qa.constraint import Constraint

_LEAD = r"^\W*(?:(?:and|but|so|ok|okay|well|then)\b[\s,]*)*"
_COUNT = (
    r"(?:the |a |an )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|first|last|final|full|single)?"
)
_SPELL = r"(?:day|week|month|year|dose|injection|infusion|course|cycle|treatment|therapy)s?"
_NEXT = re.compile(rf"{_LEAD}(?:then|next|afterwards?|after (?:that|it|this)|what (?:then|next)|what (?:comes|happens|should come) (?:then|next|after(?:wards?)?(?: that)?))\W*$", re.IGNORECASE)  # fmt: skip
_AFTER = re.compile(rf"{_LEAD}(?:what (?:about |happens |comes )?)?(?P<rest>(?:after|beyond|past) {_COUNT} ?{_SPELL}(?: of (?:it|treatment|therapy|this))?)\W*$", re.IGNORECASE)  # fmt: skip
_HOW = re.compile(rf"{_LEAD}(?:for )?how (?P<how>long|often|much|many (?:doses|injections|months|years))\W*$", re.IGNORECASE)  # fmt: skip
_WHOM = re.compile(rf"{_LEAD}(?:(?:for|in|to) (?:whom|who|which (?:patients?|people|women))|who(?: for)?)\W*$", re.IGNORECASE)  # fmt: skip
_STATES = re.compile(
    r"^\W*(?:she|he|they|her|his|their|my|the|this|our|i|i'm|it is|it's|we have|there is|suppose|assume|say|now)\b[^?]*$",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"\b(?:it|this|that|them|these|those|for|in|about|on|with|after|when|if)\b", re.IGNORECASE)
_BARE_BODY = re.compile(
    r"^\W*(?:(?:and|but|or|so|what about|how about|then|the|does|what does|say|says)\b\W*)*$", re.IGNORECASE
)


def completed(question: str, drug: str, before: str) -> str | None:
    """Return a question of a few words about the drug of the talk in full; None where it is not such a one.

    Where the question `before` was asked of a guideline body, "For whom?" is asked of that body too.
    """
    if _NEXT.match(question):
        return f"What should follow {drug}?"
    if m := _AFTER.match(question):
        return f"What should follow {drug} {m['rest'].lower()}?"
    if m := _HOW.match(question):
        return f"What is the dose of {drug}?" if m["how"] == "much" else f"How {m['how']} should {drug} be given?"
    if _WHOM.match(question):
        bodies = surfaces_in(before)
        return f"Who should be given {drug}" + (f", according to {bodies[-1]}?" if bodies else "?")
    return None


def stated(question: str, drug: str, constraints: Sequence[Constraint]) -> str | None:
    """Return what a statement about the patient asks ("She is pregnant."), None where it is a question or states nothing."""
    if not constraints or not _STATES.match(question):
        return None
    return f"What about {drug} {' '.join(one.phrase for one in constraints)}?"


def asked_of_body(question: str, drug: str, before: str) -> str | None:
    """Return a question that names a guideline body and no drug in full, None where it names none or has its own object.

    "And ACP?" is the question before, asked of another body.
    """
    own = surfaces_in(question)
    if not own:
        return None
    rest = question.replace(own[0], "", 1)
    if _BARE_BODY.match(rest):
        last = surfaces_in(before)
        return before.replace(last[-1], own[0]) if last else f"What does {own[0]} say about {drug}?"
    return None if _OBJECT.search(question) else f"{question.rstrip(' ?.!')} about {drug}?"
