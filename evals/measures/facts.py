"""Facts: how many of those that an answer must state are stated, and how many of those that it must not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.answer_text import said
from evals.gold.base import GoldQuestion
from evals.matcher import Matcher, matcher
from evals.matcher_features import Said
from evals.measures.base import Figure, Share
from evals.outcome import Outcome
from index.encoders.base import Encoder
from index.snapshot import Snapshot

REQUIRED, OPTIONAL, FORBIDDEN = "required facts", "optional facts", "forbidden facts"


@dataclass(frozen=True)
class Facts:
    """Shares of facts that the matcher finds in all the words of an answer: claims, headings, notice and refusal.

    Facts are counted, not questions. A question that failed states none, and counts as saying what it must not.
    """

    matcher: Matcher | None = None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return the figures."""
        return (
            Figure(
                REQUIRED,
                "of the facts that the answers must state, the share that they state, as the matcher decides; 0 to 1",
                falls_under=("passages swapped",),
            ),
            Figure(OPTIONAL, "the same for facts that are good to have; 0 to 1", is_shown=False),
            Figure(
                FORBIDDEN,
                "of the statements that the answers must not make, the share that they make, as the matcher decides "
                "strictly: every word met, nothing denied; 0 to 1",
                better="lower",
            ),
        )

    def prepared(self, encoder: Encoder, snapshot: Snapshot | None) -> "Facts":
        """Return the measure with the matcher, which knows the drugs of a snapshot by all their names."""
        return Facts(matcher(encoder, snapshot))

    def shares(self, question: GoldQuestion, outcome: Outcome) -> Mapping[str, Share]:
        """Return facts stated over facts listed. Raises ValueError before the measure was prepared."""
        listed = {REQUIRED: question.required, OPTIONAL: question.optional, FORBIDDEN: question.forbidden}
        failed = bool(outcome.error) or outcome.answer is None
        text = () if failed or outcome.answer is None else said(outcome.answer)
        found = {}
        for name, facts in listed.items():
            if facts:
                bad = len(facts) if name == FORBIDDEN else 0
                stated = bad if failed else self._stated(facts, text, question, strict=name == FORBIDDEN)
                found[name] = Share(stated, len(facts))
        return found

    def _stated(self, facts: Sequence[str], text: Sequence[Said], question: GoldQuestion, *, strict: bool) -> int:
        if self.matcher is None:
            raise ValueError("facts are measured with a matcher: call prepared(encoder, snapshot) first")
        asked = question.standalone or question.text
        return sum(self.matcher.states(fact, text, asked, strict=strict).stated for fact in facts)


MEASURE = Facts()
