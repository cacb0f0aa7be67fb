"""Sabotage: outcomes spoilt on purpose, so that a measure that does not notice is found out.

Each function returns as many outcomes in the same order, the originals untouched; the same seed spoils the same way.
An outcome that failed stays as it is. Where there is something to spoil, something changes.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from evals.intervals import SEED
from evals.measures.base import Sabotage
from evals.numbers_altered import in_claims, in_quotes
from evals.outcome import Outcome
from qa.answer import Answer, Citation, Claim, Part

Spoil = Callable[[Sequence[Outcome], int], list[Outcome]]


def sabotaged(name: Sabotage, outcomes: Sequence[Outcome], seed: int = SEED) -> list[Outcome]:
    """Return the outcomes spoilt in the way of that name."""
    return SABOTAGES[name](outcomes, seed)


def shuffle_citations(outcomes: Sequence[Outcome], seed: int = SEED) -> list[Outcome]:
    """Return answers whose claims cite what another claim cites, from places that another answer's citations hold.

    Claims of one answer exchange their citations; an answer whose claims all cite the same gets the quotes of another
    answer. Then each citation keeps its quote and gets document, section and characters from another answer; where no
    other can give them, its characters move on by one. So neither support nor exactness is left as it was.
    """
    spoilt = list(outcomes)
    cited = [place for place, one in enumerate(outcomes) if not one.error and one.answer and one.answer.citations]
    answers = {place: one for place in cited if (one := outcomes[place].answer)}
    order = Random(seed).sample(cited, len(cited))
    for turn, place in enumerate(order):
        others = [answers[order[(turn + step) % len(order)]].citations for step in range(1, len(order))]
        spoilt[place] = replace(outcomes[place], answer=_shuffled(answers[place], others))
    return spoilt


def swap_passages(outcomes: Sequence[Outcome], seed: int = SEED) -> list[Outcome]:
    """Return outcomes that hold all that was found for another question, its answer too.

    Questions hand on in a circle, so that none keeps its own; if the one before found the same documents, the nearest
    before that which did not is taken.
    """
    spoilt = list(outcomes)
    whole = [place for place, one in enumerate(outcomes) if not one.error]
    order = Random(seed).sample(whole, len(whole))
    for turn, place in enumerate(order):
        mine = outcomes[place]
        others = [outcomes[order[turn - step]] for step in range(1, len(order))]
        found = next((one for one in others if _found(one) != _found(mine)), None)
        if found is None:
            continue  # nothing to exchange: all found the same
        asked = mine.answer.question if mine.answer else mine.question
        answer = found.answer and replace(found.answer, question=asked)
        spoilt[place] = replace(found, question=mine.question, answer=answer, ms=mine.ms)
    return spoilt


def alter_numbers(outcomes: Sequence[Outcome], seed: int = SEED) -> list[Outcome]:
    """Return answers in whose claims and quotes every number is another, in the quotes another than in the claims."""
    return [
        replace(one, answer=_altered(one.answer)) if one.answer is not None and not one.error else one
        for one in outcomes
    ]


SABOTAGES: dict[Sabotage, Spoil] = {
    "citations shuffled": shuffle_citations,
    "passages swapped": swap_passages,
    "numbers altered": alter_numbers,
}


def _found(outcome: Outcome) -> object:
    answer = outcome.answer
    said = (answer.status, [claim.text for claim in answer.claims()]) if answer else None
    return (outcome.run[:1], outcome.passages[:1], dict(outcome.runs), dict(outcome.chosen), said)


def _shuffled(answer: Answer, others: Sequence[Sequence[Citation]]) -> Answer:
    """Return the answer with other citations; `others` are those of the other answers, the nearest donor first."""
    own = {citation.quote for citation in answer.citations}
    near = next((one for one in others if own.isdisjoint(citation.quote for citation in one)), ())
    far = next((one for one in reversed(others) if own.isdisjoint(citation.quote for citation in one)), ())
    sets = list(dict.fromkeys((claim.citations, claim.quoted) for claim in answer.claims()))
    quotes = answer.citations
    if len(sets) > 1:
        after = dict(zip(sets, sets[1:] + sets[:1], strict=True))
        answer = _with_claims(answer, lambda claim: _citing(claim, after[claim.citations, claim.quoted]))
    elif near:
        quotes = tuple(near[place % len(near)] for place in range(len(quotes)))
    places = far or answer.citations[1:] + answer.citations[:1]
    citations = []
    for place, (own_one, quote) in enumerate(zip(answer.citations, quotes, strict=True)):
        at = places[place % len(places)]
        if at.quote == quote.quote:  # the place would be the quote's own
            at = replace(at, start=at.start + 1, end=at.end + 1)
        citations.append(replace(at, n=own_one.n, quote=quote.quote))
    return replace(answer, citations=tuple(citations))


def _citing(claim: Claim, cited: tuple[tuple[int, ...], tuple[int, ...]]) -> Claim:
    return replace(claim, citations=cited[0], quoted=cited[1])


def _altered(answer: Answer) -> Answer:
    answer = _with_claims(answer, lambda claim: replace(claim, text=in_claims(claim.text)))
    citations = tuple(replace(one, quote=in_quotes(one.quote)) for one in answer.citations)
    return replace(answer, citations=citations)


def _with_claims(answer: Answer, change: Callable[[Claim], Claim]) -> Answer:
    """Return the answer with every claim changed."""

    def part(one: Part) -> Part:
        blocks = (replace(block, claims=tuple(map(change, block.claims))) for block in one.blocks)
        return replace(one, blocks=tuple(blocks))

    return replace(answer, parts=tuple(map(part, answer.parts)))
