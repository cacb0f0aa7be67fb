"""What the service says of change: the history of a document, and the flags of a kept answer."""

from typing import Annotated, Any

from fastapi import FastAPI, Query

from corpus.flags import flags_of, standing_flags
from corpus.history import history_of
from corpus.store import Store
from qa.wire import Problem
from qa.wire_history import WireFlags, WireHistory

NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": Problem}}
SectionName = Annotated[
    str, Query(max_length=200, description='Only this section: its number ("5" means 5.1 too), LOINC code or title.')
]


def add_history(app: FastAPI, store: Store) -> None:
    """Add the history of documents and the flags of answers."""

    @app.get("/api/documents/{key:path}/history", summary="Every version of a document", responses=NOT_FOUND)
    def history(key: str, section: SectionName = "") -> WireHistory:
        """Give every version held, the earliest first, with the sections that changed since the one before it."""
        return WireHistory.of(history_of(store, key), section)

    @app.get("/api/answers/{answer_id}/flags", summary="Why an answer no longer stands", responses=NOT_FOUND)
    def flags(answer_id: str) -> WireFlags:
        """Give the reasons for which a kept answer no longer stands on what it cites; empty where it does."""
        store.answer(answer_id)
        return WireFlags.of(answer_id, flags_of(store, answer_id), standing_flags(store, answer_id))
