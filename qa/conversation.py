"""A follow-up made to stand on its own, by rules over what the conversation has been about."""

# ruff: noqa: E501 (one pattern a line)

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.aspect import Scored
from qa.bodies import bodies_in
from qa.constraint import Trait
from qa.constraints import constraints_of
from qa.drugs import DrugMention
from qa.followups.own_drug import asked_again, with_own_drug
from qa.followups.same_drug import with_last_drug
from qa.followups.topic import about_topic, names_it_itself
from qa.followups.trial import asks_of_trial, of_trial
from qa.followups.turn import Turn, focus
from qa.followups.wording import CONTINUES, WORD
from qa.references import refers_back
from qa.synonyms import Concept, Topic

_NEW_TOPIC = re.compile(r"\b(?:unrelated|(?:different|another|new|separate|other) (?:question|topic|subject|matter|drug|patient)|chang(?:e|ing) (?:the )?(?:subject|topic)|switch(?:ing)? (?:topics|gears|to another topic)|start over|forget (?:that|about|it)|moving on|on another note|by the way)\b", re.IGNORECASE)  # fmt: skip
_WHOLE = re.compile(r"^\W*(?:what|who)(?:'s|’s| is| are| was| were| causes?)\b|^\W*(?:tell me about|define|explain|describe)\b|\b(?:what|which) (?:treatments?|drugs?|medications?|therapies|options?|causes?)\b|\bhow (?:is|are|do you|to|should) .{0,40}\b(?:diagnosed?|treat(?:ed)?|screen(?:ed)?|defined?|prevent(?:ed)?|manage[d]?)\b", re.IGNORECASE)  # fmt: skip
# What is said of a drug that the talk is about, without a word that asks for an aspect.
_OF_DRUGS = re.compile(
    r"\b(?:stop(?:s|ped|ping)?|afterwards?|tablets?|pills?|capsules?|spray|syringe|pen|vial|injections?|infusions?|dose|"
    r"label|lie down|sit up|upright|swallow|generic|brand|approved|prescrib\w+|trial|stud(?:y|ies))\b",
    re.IGNORECASE,
)
SHORT = 3


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A question's standalone form.

    `core` is the question with what it leans on written out, `text` has what was said of the patient
    as well. `follows`: it leans on the turn before, so that what was said of the patient still holds.
    `repeats`: it is the question before, asked about another drug.
    """

    core: str
    text: str
    follows: bool
    repeats: bool = False


def stand_alone(
    question: str,
    mentions: Sequence[DrugMention],
    concepts: Sequence[Concept],
    aspects: Sequence[Scored],
    history: Sequence[Turn],
) -> Rewrite:
    """Return the question with what it takes from the last turn written out; itself where it takes nothing."""
    if not history or _NEW_TOPIC.search(question):
        return Rewrite(question, question, follows=False)
    last = history[-1]
    if mentions:
        if (again := asked_again(question, mentions, last)) is not None:
            return Rewrite(again, _said_again(again, question, last), follows=True, repeats=True)
        core, follows = with_own_drug(question, mentions, last)
    elif asks_of_trial(question, concepts, aspects):
        return Rewrite(question, question, follows=True)
    elif last.studies and (again := of_trial(question, aspects, last.studies[-1])) is not None:
        return Rewrite(again, again, follows=True)
    elif not focus(last):
        core, follows = about_topic(question, concepts, last)
    elif _follows(question, concepts, aspects):
        core, follows = with_last_drug(question, concepts, last), True
    else:
        core, follows = question, False
    return Rewrite(core, _said_again(core, question, last) if follows else core, follows)


def goes_on(question: str) -> bool:
    """Return whether a question that asks for no aspect goes on with the last one: "and in women?", "in men?"."""
    return CONTINUES.search(question) is not None or len(WORD.findall(question)) <= SHORT


def _follows(question: str, concepts: Sequence[Concept], aspects: Sequence[Scored]) -> bool:
    """Return whether a question that names no drug is about the drug of the turn before."""
    if names_it_itself(question):
        return False
    if CONTINUES.search(question) or refers_back(question) or bodies_in(question):
        return True
    if _WHOLE.search(question) and any(c.topic is Topic.CONDITION for c in concepts):
        return False
    return bool(aspects) or len(WORD.findall(question)) <= SHORT or _OF_DRUGS.search(question) is not None


def _said_again(core: str, question: str, last: Turn) -> str:
    """Return the core with what was said of one particular patient, where it is not said anew."""
    lower = core.lower()
    anew = {constraint.slot for constraint in constraints_of(question)}
    again = [
        c.phrase
        for c in last.constraints
        if c.personal and c.trait is not Trait.TAKES and c.slot not in anew and c.text.lower() not in lower
    ]
    return f"{core.rstrip(' ?.!')} {' '.join(again)}?" if again else core
