"""What an approval is bound to: the answer's text, the very characters that it cites, and the disclaimer."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from corpus.document import digest
from corpus.reviews import CitedNow
from qa.answer import Answer, content_hash
from qa.disclaimer import DISCLAIMER, DISCLAIMER_LEAD

_WORDS = {
    "question": "the question reads otherwise",
    "text": "its text changed",
    "spans": "the characters that it cites changed",
    "disclaimer": "the disclaimer changed",
}


@dataclass(frozen=True, slots=True)
class Bound:
    """SHA-256 of each thing that a reviewer has seen, so that it can be said which of them changed."""

    question: str
    text: str
    spans: str
    disclaimer: str

    @property
    def hash(self) -> str:
        """Return the one hash over all of them."""
        return digest(asdict(self))

    def changes_since(self, before: Mapping[str, str]) -> list[str]:
        """Return in words what is other than it was; `before` are the fields of an earlier one."""
        return [words for name, words in _WORDS.items() if before.get(name) != getattr(self, name)]


def bound(answer: Answer, cited: Iterable[CitedNow], disclaimer: str = f"{DISCLAIMER_LEAD} {DISCLAIMER}") -> Bound:
    """Return what an approval of this answer binds, worked out from what is shown and held, never from a kept hash."""
    return Bound(
        question=digest([answer.question, answer.standalone, answer.audience]),
        text=content_hash(answer),
        spans=digest([[c.n, c.document_id, c.section_id, c.start, c.end, c.characters] for c in cited]),
        disclaimer=digest(disclaimer),
    )
