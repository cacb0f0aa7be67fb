"""What a question wanted and what it got, in the words in which a report shows them."""

from collections.abc import Iterator

from evals.gold.base import GoldQuestion
from evals.outcome import FoundPassage, Outcome
from evals.report import Got, GotClaim
from qa.answer import Answer, Citation

DOCUMENTS = 5
PASSAGES = 3
CLAIMS = 6
CHARS = 400


def wanted(question: GoldQuestion) -> tuple[str, ...]:
    """Return what a right answer is known to be, a line for each thing."""
    return tuple(_wanted(question))


def _wanted(question: GoldQuestion) -> Iterator[str]:
    if not question.answerable:
        yield "no answer: the sources do not hold one"
    if question.expects:
        yield f"status: {question.expects}"
    if question.standalone:
        yield f"standalone: {question.standalone}"
    for key, grade in sorted(question.relevant.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"document: {key}" + (f" (grade {grade})" if grade != 1 else "")
    for place in question.places:
        yield "section: " + " ".join(one for one in (place.document, place.number, place.title) if one)
    for key, numbers in question.rationale.items():
        yield f"sentences of {key}: {', '.join(map(str, numbers))}"
    yield from (f"must say: {_cut(fact)}" for fact in question.required)
    yield from (f"must not say: {_cut(fact)}" for fact in question.forbidden)


def got(outcome: Outcome) -> Got:
    """Return the first of what was found, and what was said, each text cut to 400 characters."""
    answer = outcome.answer
    refusal = answer.refusal if answer else None
    return Got(
        status=str(answer.status) if answer else "",
        reason=(refusal.reason if refusal else answer.notice if answer else "")[:CHARS],
        standalone=outcome.standalone,
        documents=outcome.run[:DOCUMENTS],
        passages=tuple(_passage(one) for one in outcome.passages[:PASSAGES]),
        claims=tuple(_claims(answer)) if answer else (),
    )


def _passage(found: FoundPassage) -> str:
    return " ".join(one for one in (found.document, found.number, found.title) if one)


def _claims(answer: Answer) -> Iterator[GotClaim]:
    citations = {one.n: one for one in answer.citations}
    for claim in answer.claims()[:CLAIMS]:
        cited = tuple(_cited(citations[n]) for n in claim.citations[:2] if n in citations)
        yield GotClaim(text=_cut(claim.text), cited=cited)


def _cited(citation: Citation) -> str:
    section = " ".join(one for one in (citation.section.number, citation.section.title) if one)
    return f"{citation.document}, {section or 'no section'}: “{_cut(citation.quote)}”"


def _cut(text: str) -> str:
    return text if len(text) <= CHARS else text[: CHARS - 1] + "…"
