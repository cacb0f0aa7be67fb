"""The words of an answer: sentence by sentence with their headings, as a reader meets them."""

from collections.abc import Iterator

from evals.judged import sentences
from evals.matcher_features import Said
from qa.answer import Answer


def said(answer: Answer) -> tuple[Said, ...]:
    """Return all that an answer says, in reading order: notice, refusal, each claim under its heading and context."""
    return tuple(_said(answer))


def claims_text(answer: Answer, max_words: int) -> str:
    """Return the words of the claims alone, in reading order, the first `max_words` of them."""
    return " ".join(" ".join(claim.text for claim in answer.claims()).split()[:max_words])


def _said(answer: Answer) -> Iterator[Said]:
    refused = (answer.refusal.reason, *answer.refusal.missing) if answer.refusal else ()
    around = [(text, "") for text in (answer.notice, *refused)]
    for part in answer.parts:
        for block in part.blocks:
            for claim in block.claims:
                around.append((claim.text, ". ".join(filter(None, (block.heading, claim.context)))))
    for group, (text, heading) in enumerate(around):
        yield from (Said(sentence, heading, group) for sentence in sentences(text))
