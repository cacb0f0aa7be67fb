"""Judging the matcher: how it agrees with people, and whether that is enough for what is measured with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evals.agreement import agreement, mean_kappa
from evals.intervals import Estimate
from evals.judged import Judged, expertqa, held_back, kqa, notes
from evals.matcher import Matcher, shipped
from evals.matcher_fit import decided_apart
from evals.matcher_words import aliases
from evals.measures import citations, facts
from index.encoders.base import Encoder

# "Substantial" in the words of Landis and Koch 1977 (doi:10.2307/2529310), and what three physicians reach among
# themselves less a sixth. It was set before anything was measured.
WANTED_KAPPA = 0.6
# For what must not be said a false alarm is the worse mistake; how much is missed, recall tells.
WANTED_PRECISION = 0.9


ABOUT_KQA = (
    "statements against answers, by the majority of three physicians; each question decided by a model fitted to the "
    "others, the weights of words and the rules apart"
)
ABOUT_EXPERTQA = "claims against their evidence, by the expert who asked; never fitted to"
ABOUT_NOTES = (
    "terse notes against answers over the starter corpus, by one developer; the rules about figures were written with "
    "them at hand"
)
ABOUT_HELD = "as above, but written when the rules were final; nothing was changed after them"
ABOUT_STRICT = "all notes, decided as forbidden facts are: what must not be said is taken for said only when sure"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How the matcher agrees with people over one set of judged pairs.

    `stated` of the n pairs were judged stated. `people` is the kappa of people among themselves, the ceiling, where
    several judged. `about` says who judged, and whether the matcher had seen the pairs. `figures` are those that rest
    on this, by name.
    """

    name: str
    about: str
    n: int
    stated: int
    precision: Estimate
    recall: Estimate
    kappa: Estimate
    people: Estimate | None = None
    figures: tuple[str, ...] = ()
    wanted: float = WANTED_KAPPA
    is_strict: bool = False

    @property
    def is_trusted(self) -> bool:
        """Return whether kappa (precision, where the matcher was strict) reaches what is wanted."""
        return (self.precision if self.is_strict else self.kappa).value >= self.wanted

    @property
    def limit(self) -> str:
        """Return what to note beside the figures that rest on this, "" where the matcher is trusted."""
        if self.is_trusted:
            return ""
        what, found = ("precision", self.precision) if self.is_strict else ("kappa", self.kappa)
        return f"matcher's {what} on {self.name} {found.show(2)}, wanted {self.wanted:.2f}"

    @property
    def said(self) -> str:
        """Return the judgement as a line of a report."""
        ceiling = f"; people among themselves {self.people.show(2)}" if self.people else ""
        return (
            f"Matcher judged on {self.name} ({self.about}): n {self.n}, precision {self.precision.show(2)}, recall "
            f"{self.recall.show(2)}, kappa {self.kappa.show(2)}{ceiling}; "
            f"{'precision' if self.is_strict else 'kappa'} wanted {self.wanted:.2f}."
        )


def judgements(shared: Path, encoder: Encoder) -> tuple[Judgement, ...]:
    """Return the matcher judged on each set. Raises FileNotFoundError where the shared data is not there."""
    known = aliases()
    matcher = Matcher(encoder, known=known)
    physicians, experts, noted = kqa(shared), expertqa(shared), notes(shared)
    apart = decided_apart(physicians, encoder, known, dict(shipped().words))
    people = mean_kappa(list(zip(*(one.by for one in physicians), strict=True)), [one.asked for one in physicians])
    first = judgement("K-QA", ABOUT_KQA, physicians, apart)
    unseen = held_back()
    strict = judgement(
        "notes, strictly", ABOUT_STRICT, [*noted, *unseen], decided(matcher, [*noted, *unseen], strict=True)
    )
    return (
        replace(first, people=people, figures=(facts.REQUIRED, facts.OPTIONAL)),
        replace(
            judgement("ExpertQA", ABOUT_EXPERTQA, experts, decided(matcher, experts)),
            figures=(citations.PRECISION, citations.RECALL),
        ),
        judgement("notes", ABOUT_NOTES, noted, decided(matcher, noted)),
        judgement("notes, held back", ABOUT_HELD, unseen, decided(matcher, unseen)),
        replace(strict, figures=(facts.FORBIDDEN,), wanted=WANTED_PRECISION, is_strict=True),
    )


def limits(found: Sequence[Judgement]) -> dict[str, str]:
    """Return, by the name of each figure that rests on a matcher not trusted, what to note beside it."""
    return {name: one.limit for one in found for name in one.figures if one.limit}


def decided(matcher: Matcher, judged: Sequence[Judged], *, strict: bool = False) -> list[bool]:
    """Return whether the matcher takes each pair's fact for stated."""
    return [matcher.states(one.fact, one.text, one.asked, strict=strict).stated for one in judged]


def judgement(name: str, about: str, judged: Sequence[Judged], found: Sequence[bool]) -> Judgement:
    """Return the judgement of what was decided for judged pairs, intervals over their questions."""
    right = [one.stated for one in judged]
    alike = agreement(right, found, [one.asked for one in judged])
    return Judgement(name, about, len(judged), sum(right), alike.precision, alike.recall, alike.kappa)
