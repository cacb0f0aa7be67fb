"""What a turn of a conversation left behind, and what of it a follow-up can take up."""

import re
from dataclasses import dataclass

from qa.aspect import Scored
from qa.constraint import Constraint
from qa.drugs import DrugMention, Kind
from qa.synonyms import Concept

_ACCOMPANIES = re.compile(
    r"(?<!compared )(?<!compare )\b(?:with|on|while taking|taking|using|receiving)\s+(?:\w+\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn of a conversation left behind: all but the first two fields are in force after it.

    `studies` are trials by name. Where a question names a trial and no drug, the drugs are those of the turn before.
    """

    question: str
    standalone: str
    drugs: tuple[DrugMention, ...] = ()
    conditions: tuple[Concept, ...] = ()
    aspects: tuple[Scored, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    topic: str = ""
    studies: tuple[str, ...] = ()


def focus(turn: Turn) -> tuple[DrugMention, ...]:
    """Return the drugs a turn was about, each once: the first, and those set beside it as its equals.

    "Is A better than B", "A and B" are about both; "A with B", "A while taking B" are about A.
    """
    found: dict[tuple[str, ...], DrugMention] = {}
    for drug in turn.drugs:
        before = turn.standalone[max(0, drug.start - 30) : drug.start]
        if not found or not _ACCOMPANIES.search(before):
            found.setdefault(drug.bases, drug)
    return tuple(found.values())


def name_of(drug: DrugMention) -> str:
    """Return how a drug is named in a rewritten question: by its one ingredient, else as the reader named it."""
    return drug.names[0] if drug.kind is not Kind.CLASS and len(drug.names) == 1 else drug.label


def condition_of(last: Turn) -> str:
    """Return how the condition of the turn before is named: "the jaw" is its necrosis, "MI" stays as it was said."""
    if not last.conditions:
        return ""
    said, name = last.conditions[0].surface, last.conditions[0].id
    return name if said.lower() in name.split() and said.lower() != name else said
