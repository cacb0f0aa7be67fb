"""The service: questions, conversations, search, kept answers and passages over HTTP."""

import json
from collections.abc import AsyncIterator
from typing import Any, Protocol

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from sse_starlette import EventSourceResponse, ServerSentEvent

from corpus.records import PassagePlace
from qa.answer import Answer
from qa.answer_json import to_json
from qa.answerer import Answerer
from qa.serve_body import BodyLimit
from qa.serve_errors import add_errors
from qa.serve_log import RequestLog
from qa.serve_schema import described
from qa.serve_sources import add_health, add_sources
from qa.wire import Ask, Problem

# A client that takes nothing for this long is let go; its answer is kept and can be fetched by its id.
SEND_TIMEOUT_S = 30.0
NOT_READY: dict[int | str, dict[str, Any]] = {
    503: {"model": Problem, "description": "Nothing is published, or what is published does not fit."}
}
_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
        "description": "The events `start`, `part` (one per source kind), `citations`, `refusal`, `end`; "
        "their data are JSON and put together are the answer of `POST /api/ask`.",
    }
}


class Keeper(Protocol):
    """Where answers are kept, and what they cite."""

    def keep(self, answer: Answer) -> None:
        """Keep an answer whole."""

    def kept(self, answer_id: str) -> Answer:
        """Return a kept answer. Raises NotFound."""

    def place(self, passage_id: str) -> PassagePlace:
        """Return a passage as it was stored, whichever snapshot has it. Raises NotFound."""


def create_app(answerer: Answerer, keeper: Keeper) -> FastAPI:
    """Return the application over one answerer and one keeper of answers."""
    app = FastAPI(
        title="Curbside",
        summary="Cited answers from guidelines, FDA drug labels and research.",
        version="1",
        responses={422: {"model": Problem, "description": "What was asked cannot be used; the sentence says why."}},
    )
    add_errors(app)
    _add_questions(app, answerer, keeper)
    add_sources(app, answerer, keeper.place)
    add_health(app, answerer)
    app.openapi = described(app)  # type: ignore[method-assign]
    app.add_middleware(BodyLimit)
    app.add_middleware(RequestLog)
    return app


def _add_questions(app: FastAPI, answerer: Answerer, keeper: Keeper) -> None:
    def answered(asked: Ask) -> Answer:
        answer = answerer.ask(asked.question, asked.history, audience=asked.audience)
        keeper.keep(answer)
        return answer

    @app.post("/api/ask", summary="Answer one question", responses=NOT_READY)
    def ask(asked: Ask) -> Answer:
        return answered(asked)

    @app.post(
        "/api/chat",
        summary="Answer a question of a conversation as server-sent events",
        response_class=EventSourceResponse,
        responses={**_EVENTS, **NOT_READY},
    )
    async def chat(asked: Ask) -> EventSourceResponse:
        # Composed, checked and kept before the first byte leaves: whoever reads slowly or goes away holds nothing up.
        answer = await run_in_threadpool(answered, asked)
        return EventSourceResponse(_events(answer), send_timeout=SEND_TIMEOUT_S)

    @app.get(
        "/api/answers/{answer_id}", summary="A kept answer, whole, as it was given", responses={404: {"model": Problem}}
    )
    def kept(answer_id: str) -> Answer:
        return keeper.kept(answer_id)


async def _events(answer: Answer) -> AsyncIterator[ServerSentEvent]:
    """Yield the answer in the order in which a page shows it; the fields put together are the plain answer.

    `start` has the fields that are neither lists nor the seal, `part` comes once per source kind,
    then `citations`, `refusal`, and `end` with hash and timing.
    """
    whole: dict[str, Any] = to_json(answer)
    apart = ("parts", "citations", "refusal", "hash", "timing_ms")
    yield _event("start", {name: value for name, value in whole.items() if name not in apart})
    for part in whole["parts"]:
        yield _event("part", part)
    yield _event("citations", whole["citations"])
    yield _event("refusal", whole["refusal"])
    yield _event("end", {"hash": whole["hash"], "timing_ms": whole["timing_ms"]})


def _event(name: str, data: object) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=name)
