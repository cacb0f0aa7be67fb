"""Answers kept whole in the store, and read back equal to what was given."""

import json
from datetime import datetime
from typing import Protocol

from corpus.answers import KeptAnswer, KeptCitation
from corpus.records import PassagePlace
from corpus.store import Store
from qa.answer import Answer
from qa.answer_json import from_json, to_json


class Keeper(Protocol):
    """Where answers are kept, and what they cite."""

    def keep(self, answer: Answer) -> None:
        """Keep an answer whole."""

    def kept(self, answer_id: str) -> Answer:
        """Return a kept answer. Raises NotFound."""

    def place(self, passage_id: str) -> PassagePlace:
        """Return a passage as it was stored, whichever snapshot has it. Raises NotFound."""


def kept_of(answer: Answer) -> KeptAnswer:
    """Return the answer as the store keeps it."""
    return KeptAnswer(
        id=answer.id,
        hash=answer.hash,
        snapshot=answer.snapshot,
        created=datetime.fromisoformat(answer.created),
        question=answer.question,
        status=answer.status,
        json=json.dumps(to_json(answer), ensure_ascii=False),
        citations=tuple(KeptCitation(c.n, c.version, c.section.id, c.start, c.end, c.quote) for c in answer.citations),
        conflicts=len(answer.conflicts),
    )


class AnswerKeeper:
    """Keeps answers in a store. Threads may share it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, answer: Answer) -> None:
        """Keep an answer whole, with the spans it rests on; the same one twice is kept once.

        Raises Inconsistent where a quote is not what the store holds, and Busy where the store
        takes nothing: an answer that cannot be kept is not given.
        """
        self._store.keep_answer(kept_of(answer))

    def kept(self, answer_id: str) -> Answer:
        """Return a kept answer. Raises NotFound."""
        return from_json(self._store.answer(answer_id).json)

    def place(self, passage_id: str) -> PassagePlace:
        """Return where a passage stands in what is stored, whichever snapshot it was cited from. Raises NotFound."""
        return self._store.passage(passage_id)
