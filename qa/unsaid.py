"""A question without what it says of the patient, where the reader has taken that back."""

import re
from collections.abc import Collection, Sequence

from qa.constraint import Constraint, Trait
from qa.constraints import constraints_of
from qa.drugs import DrugMention

# The longest run of words that states a trait beyond those that name it.
LONGEST = 6
# Words that lead to what is stated, and say nothing once it is gone.
_LEAD = frozenset(
    "a an the my her his their with in on during for after while when if who whose that is are am was has have had and "
    "of she he they i i'm she's he's it currently also already among to taking receiving".split()
)
_PREPOSITIONS = frozenset("with in on during for after while when if among to".split())
_NOUNS = frozenset("woman women man men patient patients mother mothers lady ladies adult adults people person".split())
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*%?|[<>=≤≥]+")
# Words that a question can do without: what is left of one must say something besides.
_LITTLE = _LEAD | frozenset("what how about or so but then can could should would may does do be been take".split())


def still_said(constraints: Sequence[Constraint], without: Collection[str]) -> tuple[Constraint, ...]:
    """Return the constraints that have not been taken back; `without` are their texts, in any case."""
    gone = {text.casefold() for text in without}
    return tuple(one for one in constraints if one.text.casefold() not in gone)


def unsaid(question: str, without: Collection[str], mentions: Sequence[DrugMention] = ()) -> str:
    """Return the question without the words that state what is in `without`.

    A trait that the whole question is about is left in its words: "and if she is pregnant?".
    """
    stated = constraints_of(question, mentions)
    for one in stated:
        if still_said((one,), without):
            continue
        shorter = _without(question, one)
        if _says_something(shorter):
            question = shorter
    return question


def _without(question: str, constraint: Constraint) -> str:
    words = list(_WORD.finditer(question))
    run = _named(words, constraint) or _shortest(question, words, constraint)
    if run is None:
        return question
    first, last = run
    noun = words[last + 1].group().lower() if last + 1 < len(words) else ""
    is_adjective = noun in _NOUNS
    before = words[first - 1].group().lower() if first else ""
    if constraint.trait is Trait.SEX and before not in _PREPOSITIONS:
        plural = words[last].group().lower().endswith(("en", "s"))
        return question[: words[first].start()] + ("patients" if plural else "patient") + question[words[last].end() :]
    while not is_adjective and first and words[first - 1].group().lower() in _LEAD:
        first -= 1
    return _joined(question[: words[first].start()], question[words[last].end() :])


def _named(words: Sequence[re.Match[str]], constraint: Constraint) -> tuple[int, int] | None:
    """Return the first and last of the words that are the constraint's own, None where not all of them are there."""
    own = {m.group().lower() for m in _WORD.finditer(constraint.text)}
    found = [n for n, word in enumerate(words) if word.group().lower() in own]
    there = {words[n].group().lower() for n in found}
    return (found[0], found[-1]) if there == own and found[-1] - found[0] < len(own) + LONGEST else None


def _shortest(question: str, words: Sequence[re.Match[str]], constraint: Constraint) -> tuple[int, int] | None:
    """Return the first and last word of the shortest run without which the trait is not stated."""
    for length in range(1, min(LONGEST, len(words)) + 1):
        for first in range(len(words) - length + 1):
            last = first + length - 1
            if words[first].group().lower() in _LEAD:
                continue
            left = question[: words[first].start()] + question[words[last].end() :]
            if all(one.slot != constraint.slot for one in constraints_of(left)):
                return first, last
    return None


def _joined(before: str, after: str) -> str:
    text = f"{before.rstrip(' ,')} {after.lstrip()}".strip(" ,.;")
    text = re.sub(r"\s+([?.!,;])", r"\1", text)
    return text[:1].upper() + text[1:]


def _says_something(text: str) -> bool:
    return sum(m.group().lower() not in _LITTLE for m in _WORD.finditer(text)) > 0
