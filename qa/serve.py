"""The service: questions, conversations, search, kept answers and passages over HTTP."""

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.concurrency import run_in_threadpool
from sse_starlette import EventSourceResponse, ServerSentEvent

from corpus.store import Store
from corpus.transactions import writing
from corpus.turns import Turn, keep_turn
from qa.accounts.doors import Doors, requires
from qa.accounts.gate import gate
from qa.accounts.roles import Permission
from qa.answer import Answer
from qa.answer_json import to_json
from qa.answerer import Answerer
from qa.keep import Keeper
from qa.review.desk import ReviewDesk
from qa.serve_body import BodyLimit
from qa.serve_errors import add_errors
from qa.serve_history import add_history
from qa.serve_log import RequestLog
from qa.serve_refresh import Refreshes, add_refreshes
from qa.serve_review import add_reviews
from qa.serve_schema import described
from qa.serve_sources import add_health, add_sources
from qa.web.add import add_pages, with_nav
from qa.web.errors import error_pages
from qa.web.headers import SecurityHeaders
from qa.web.origin import SameOrigin
from qa.web.reviewed import Reviewed, account_of
from qa.web.site import Site, uncounted
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


def create_app(
    answerer: Answerer,
    keeper: Keeper,
    store: Store,
    refreshes: Refreshes | None = None,
    *,
    doors: Doors | None = None,
    read: Callable[[str], None] = uncounted,
    require_login: bool = False,
    show_recent: bool = True,
) -> FastAPI:
    """Return the application, API and pages, over one answerer, one keeper of answers and the store.

    `refreshes`, where they are given, can be begun and seen over HTTP. `doors` are where people and programs sign in;
    with `require_login` nobody else reads or asks. `read` is told the id of each answer whose page is read.
    With `show_recent` everybody sees on the start page what was asked lately.
    """
    desk = ReviewDesk(store, answerer)
    login = "/login" if doors else ""
    states = Reviewed(desk)
    shell = Site(
        answerer,
        keeper,
        store,
        states,
        account_of=account_of,
        login=login,
        read=read,
        show_recent=show_recent,
        refreshes=refreshes,
    )
    site = with_nav(shell)
    app = FastAPI(
        title="Curbside",
        summary="Cited answers from guidelines, FDA drug labels and research.",
        version="1",
        docs_url=None,  # these would load scripts from a public server; qa/web/pages/docs.py is ours
        redoc_url=None,
        responses={422: {"model": Problem, "description": "What was asked cannot be used; the sentence says why."}},
        dependencies=[Depends(gate)] if require_login else [],
    )
    if doors is not None:
        doors.install(app)
    add_errors(app, error_pages(site))
    _add_questions(app, answerer, keeper, store)
    add_sources(app, answerer, keeper.place)
    add_history(app, store)
    add_reviews(app, desk)
    add_health(app, answerer)
    if refreshes is not None:
        add_refreshes(app, refreshes, requires(Permission.REFRESH))
    add_pages(app, site)
    app.openapi = described(app)  # type: ignore[method-assign]
    app.add_middleware(SameOrigin)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestLog)
    return app


def _add_questions(app: FastAPI, answerer: Answerer, keeper: Keeper, store: Store) -> None:
    def answered(asked: Ask) -> Answer:
        answer = answerer.ask(asked.question, asked.history, audience=asked.audience, without=asked.without)
        keeper.keep(answer)
        if asked.history or asked.without:
            # So that its page, and what is asked on there, know what was asked before.
            with writing(store.engine) as connection:
                keep_turn(connection, Turn(answer.id, "", tuple(asked.history), tuple(asked.without)))
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
