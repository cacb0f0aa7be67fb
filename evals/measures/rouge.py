"""ROUGE-2 and ROUGE-SU4 against ideal answers, as BioASQ's organisers report them: recall and F1 of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from evals.answer_text import claims_text
from evals.gold.base import GoldQuestion
from evals.measures.base import Figure, Share
from evals.outcome import Outcome
from evals.rouge import Overlap, rouge_2, rouge_su4

MAX_WORDS = 200  # the most that BioASQ allows an ideal answer

_NAMES = ("ROUGE-2 recall", "ROUGE-2 F1", "ROUGE-SU4 recall", "ROUGE-SU4 F1")


@dataclass(frozen=True, slots=True)
class Rouge:
    """Means over all questions with ideal answers; one that is refused or failed counts 0."""

    figures: tuple[Figure, ...] = tuple(
        Figure(
            name,
            f"mean {name} of the claims' first {MAX_WORDS} words with the ideal answer that they are nearest to, "
            "stemmed, stop words kept (ROUGE-1.5.5 -n 2 -m -2 4 -u); 0 to 1",
            falls_under=("passages swapped",),
        )
        for name in _NAMES
    )

    def shares(self, question: GoldQuestion, outcome: Outcome) -> Mapping[str, Share]:
        """Return the four overlaps; nothing for a question without ideal answers."""
        if not question.ideal:
            return {}
        two = four = Overlap(0.0, 0.0)
        if outcome.answer and not outcome.error:
            text = claims_text(outcome.answer, MAX_WORDS)
            two, four = rouge_2(text, question.ideal), rouge_su4(text, question.ideal)
        values = (two.recall, two.f1, four.recall, four.f1)
        return {name: Share(value) for name, value in zip(_NAMES, values, strict=True)}


MEASURE = Rouge()
