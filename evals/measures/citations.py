"""Citations: whether they resolve, quote exactly, and support what they stand behind, each and together.

Support follows ALCE (Gao et al. 2023, arXiv:2305.14627): recall is the share of sentences that their citations support
together; precision the share of citations that support their claim alone, or without which the others do not. A
sentence that stands word for word in a quote is supported; of others the matcher decides. ALCE counts a citation of a
claim without recall as wrong, and so does this.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.gold.base import GoldQuestion
from evals.judged import sentences
from evals.matcher import Matcher, matcher
from evals.matcher_features import plain
from evals.measures.base import Figure, Sabotage, Share
from evals.outcome import Outcome
from index.encoders.base import Encoder
from index.snapshot import Snapshot
from qa.answer import Citation, Claim
from qa.check import Stored, faults

RESOLVABLE, EXACT = "citations resolvable", "citations exact"
PRECISION, RECALL = "citation precision", "citation recall"
_SPACE = re.compile(r"\s+")
_SPOILT: tuple[Sabotage, ...] = ("citations shuffled", "numbers altered")


@dataclass(frozen=True)
class Citations:
    """Counts citations and sentences, not questions. A refusal cites nothing and says nothing of any figure.

    `stored` is the snapshot that was asked, None where it is not at hand: then the first two figures are left out.
    """

    matcher: Matcher | None = None
    stored: Stored | None = None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return the figures."""
        return (
            Figure(
                RESOLVABLE, "share of citations whose passage the snapshot holds, in that version and section; 0 to 1"
            ),
            Figure(
                EXACT,
                "share of citations whose quote equals the stored characters that it names; 0 to 1",
                falls_under=_SPOILT,
            ),
            Figure(
                PRECISION,
                "share of citations that support their claim alone or are needed for it (ALCE); 0 to 1",
                falls_under=_SPOILT,
            ),
            Figure(
                RECALL,
                "share of the claims' sentences that their citations' quotes support together (ALCE); 0 to 1",
                falls_under=_SPOILT,
            ),
        )

    def prepared(self, encoder: Encoder, snapshot: Snapshot | None) -> "Citations":
        """Return the measure with the matcher and the snapshot that was asked."""
        return Citations(matcher(encoder, snapshot), snapshot)

    def shares(self, question: GoldQuestion, outcome: Outcome) -> Mapping[str, Share]:
        """Return right ones over all. Raises ValueError before the measure was prepared."""
        if outcome.error:
            return {name: Share(0.0) for name in (PRECISION, RECALL, *((RESOLVABLE, EXACT) if self.stored else ()))}
        claims = outcome.answer.claims() if outcome.answer else []
        if outcome.answer is None or not claims:
            return {}
        held = {citation.n: citation for citation in outcome.answer.citations}
        found = self._stored_shares(outcome.answer.citations)
        supported, said, right, cited = 0, 0, 0, 0
        for claim in claims:
            parts = sentences(claim.text)
            good = [self._supports([held[n].quote for n in claim.citations if n in held], part) for part in parts]
            supported, said = supported + sum(good), said + len(parts)
            cited += len(claim.citations)
            right += sum(self._is_right(n, claim, held) for n in claim.citations) if all(good) else 0
        return {**found, PRECISION: Share(right, cited), RECALL: Share(supported, said)}

    def _stored_shares(self, citations: Sequence[Citation]) -> dict[str, Share]:
        if self.stored is None or not citations:
            return {}
        wrong = [faults(citation, self.stored) for citation in citations]
        missed = sum(any("names" in fault for fault in one) for one in wrong)
        return {
            RESOLVABLE: Share(len(wrong) - missed, len(wrong)),
            EXACT: Share(sum(not one for one in wrong), len(wrong)),
        }

    def _is_right(self, n: int, claim: Claim, held: Mapping[int, Citation]) -> bool:
        """Return whether a citation supports its claim alone, or without it the others do not.

        Where all hold the claim word for word and without this one do not, it is needed, whatever the matcher thinks.
        """
        if n not in held:
            return False
        quotes = [held[m].quote for m in claim.citations if m in held]
        rest = [held[m].quote for m in claim.citations if m != n and m in held]
        needed = _holds(quotes, claim.text) and not _holds(rest, claim.text)
        return needed or self._supports([held[n].quote], claim.text) or not self._supports(rest, claim.text)

    def _supports(self, quotes: Sequence[str], text: str) -> bool:
        """Return whether quotes together say a text, word for word or as the matcher decides."""
        if not quotes:
            return False
        if _holds(quotes, text):
            return True
        if self.matcher is None:
            raise ValueError("citations are measured with a matcher: call prepared(encoder, snapshot) first")
        return self.matcher.states(text, plain([one for quote in quotes for one in sentences(quote)])).stated


def _holds(quotes: Sequence[str], text: str) -> bool:
    return _plain(text) in _plain(" ".join(quotes))


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


MEASURE = Citations()
