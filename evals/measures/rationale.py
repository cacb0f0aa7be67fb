"""Rationale: the sentences chosen in the right abstracts against those that people marked, counted over all claims."""

from collections.abc import Mapping

from evals.gold.base import GoldQuestion
from evals.measures.base import Figure, Share
from evals.outcome import Outcome

PRECISION, RECALL, F1 = "rationale precision", "rationale recall", "rationale F1"
_COUNTED = "over all claims and their abstracts with marked sentences; the union of a claim's marked groups is gold"


class Rationale:
    """SciFact's sentence selection given the right abstracts, micro-averaged."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return precision, recall and F1, each 0 to 1."""
        definitions = {
            PRECISION: f"sentences chosen that are marked / sentences chosen, {_COUNTED}; 0 to 1",
            RECALL: f"sentences chosen that are marked / sentences marked, {_COUNTED}; 0 to 1",
            F1: f"2 · chosen and marked / (chosen + marked), {_COUNTED}; 0 to 1",
        }
        return tuple(Figure(name, said, falls_under=("passages swapped",)) for name, said in definitions.items())

    def shares(self, question: GoldQuestion, outcome: Outcome) -> Mapping[str, Share]:
        """Return what a claim's abstracts add; nothing where no sentence is marked, misses alone where it failed."""
        if not question.rationale:
            return {}
        found = {} if outcome.error else {document: set(numbers) for document, numbers in outcome.chosen.items()}
        right = sum(len(found.get(document, set()) & set(numbers)) for document, numbers in question.rationale.items())
        chosen = sum(map(len, found.values()))
        marked = sum(len(set(numbers)) for numbers in question.rationale.values())
        return {
            PRECISION: Share(right, chosen),
            RECALL: Share(right, marked),
            F1: Share(2 * right, chosen + marked),
        }


MEASURE = Rationale()
