"""Answers kept whole in the store, and read back equal to what was given."""

import json
from datetime import datetime

from pydantic import TypeAdapter

from corpus.answers import KeptAnswer, KeptCitation
from corpus.store import Store
from qa.answer import Answer

_ANSWER = TypeAdapter(Answer)


def to_json(answer: Answer) -> dict[str, object]:
    """Return the answer as JSON-ready values: the format of docs/answer-format.md."""
    whole: dict[str, object] = _ANSWER.dump_python(answer, mode="json")
    return whole


class AnswerKeeper:
    """Keeps answers in a store. Threads may share it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, answer: Answer) -> None:
        """Keep an answer whole, with the spans it rests on; the same one twice is kept once."""
        self._store.keep_answer(
            KeptAnswer(
                id=answer.id,
                hash=answer.hash,
                snapshot=answer.snapshot,
                created=datetime.fromisoformat(answer.created),
                question=answer.question,
                status=answer.status,
                json=json.dumps(to_json(answer), ensure_ascii=False),
                citations=tuple(
                    KeptCitation(c.n, c.version, c.section.id, c.start, c.end, c.quote) for c in answer.citations
                ),
            )
        )

    def kept(self, answer_id: str) -> Answer:
        """Return a kept answer. Raises NotFound."""
        return _ANSWER.validate_json(self._store.answer(answer_id).json)
