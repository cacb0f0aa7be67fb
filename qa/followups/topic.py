"""A follow-up about a topic that is no drug, and what a question names for itself."""

import re
from collections.abc import Sequence

from qa.followups.turn import Turn
from qa.followups.wording import CONTINUES, DEFINITE
from qa.references import before_reference, refers_back, resolved
from qa.synonyms import Concept
from qa.topics import topic_of

# What is asked of a topic without a word for it: "what are the main themes?", "are there any benefits?".
_OF_TOPIC = re.compile(
    r"^\W*(?:(?:what|who|which|where|when)(?:'s| is| are| was| were)? (?:the|some(?: of the)?) (?:\w+ ){0,2}\w+|"
    r"(?:are|is|were|was) there (?:any|other|some) (?:\w+ ){0,2}\w+|what (?:other|kinds?|types?) (?:\w+ ){0,3}\w+)\W*$",
    re.IGNORECASE,
)
_NAMES = re.compile(r"\b[A-Z]\w")
_AND = re.compile(r"\b(?:and|but|if|when|,)\s+\w+", re.IGNORECASE)


def about_topic(question: str, concepts: Sequence[Concept], last: Turn) -> tuple[str, bool]:
    """Return the question with the last topic in place of its pronoun, where no drug has been named."""
    follows = bool(CONTINUES.search(question) or refers_back(question))
    if not last.topic or names_it_itself(question):
        return question, follows
    for plural in (False, True):
        text = resolved(question, last.topic, plural=plural)
        if text != question:
            return text, True
    text, count = DEFINITE.subn(lambda m: f"the {m[1]} of {last.topic}", question, count=1)
    if count and not concepts:
        return text, True
    if _OF_TOPIC.search(question) and not _NAMES.search(question[1:]) and not concepts:
        return f"{question.rstrip(' ?.!')} of {last.topic}?", True
    return question, follows


def names_it_itself(question: str) -> bool:
    """Return whether a pronoun stands for what the same question names before: "what is X and why is it so"."""
    before = before_reference(question)
    return _AND.search(before) is not None and topic_of(before, ()) != ""
