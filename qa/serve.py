"""The service: questions, conversations, search, kept answers and passages over HTTP."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Annotated, Any, Protocol

from fastapi import FastAPI, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import TypeAdapter
from sse_starlette import EventSourceResponse, ServerSentEvent

from corpus.document import SourceKind
from corpus.errors import BadInput, Busy, CurbsideError, NotFound, NotReady
from index.hit import Filters
from qa.answer import Answer
from qa.answerer import Answerer
from qa.wire import MAX_QUESTION_CHARS, Ask, Problem, WireHit, WirePassage, WireSection

MAX_BODY_BYTES = 1_000_000
_STATUS: tuple[tuple[type[CurbsideError], int], ...] = (
    (BadInput, 422),
    (NotFound, 404),
    (NotReady, 503),
    (Busy, 503),
    (CurbsideError, 500),
)
_ANSWER = TypeAdapter(Answer)


class Keeper(Protocol):
    """Where answers are kept."""

    def keep(self, answer: Answer) -> None:
        """Keep an answer whole."""

    def kept(self, answer_id: str) -> Answer:
        """Return a kept answer. Raises NotFound."""


def create_app(answerer: Answerer, keeper: Keeper) -> FastAPI:
    """Return the application over one answerer and one keeper of answers."""
    app = FastAPI(
        title="Curbside",
        summary="Cited answers from guidelines, FDA drug labels and research.",
        version="1",
        responses={422: {"model": Problem}},
    )
    app.middleware("http")(_refuse_large_bodies)
    app.add_exception_handler(CurbsideError, _problem)
    _add_questions(app, answerer, keeper)
    _add_sources(app, answerer)
    _add_health(app, answerer)
    return app


async def _refuse_large_bodies(request: Request, call_next: Callable[[Request], Any]) -> Any:
    """Refuse a body over MAX_BODY_BYTES before it is read."""
    length = request.headers.get("content-length", "")
    if (length.isdigit() and int(length) > MAX_BODY_BYTES) or (request.method == "POST" and not length):
        problem = Problem(
            error=f"expected a body with a stated length of at most {MAX_BODY_BYTES} bytes, found {length or 'none'}"
        )
        return JSONResponse(problem.model_dump(), status_code=413)
    return await call_next(request)


def _problem(request: Request, error: Exception) -> JSONResponse:
    """Return the error's own sentence with the status that fits its kind."""
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    return JSONResponse(Problem(error=str(error)).model_dump(), status_code=status)


def _add_questions(app: FastAPI, answerer: Answerer, keeper: Keeper) -> None:
    @app.post("/api/ask", summary="Answer one question")
    def ask(asked: Ask) -> Answer:
        answer = answerer.ask(asked.question, asked.history, audience=asked.audience)
        keeper.keep(answer)
        return answer

    @app.post("/api/chat", summary="Answer a question of a conversation as server-sent events")
    def chat(asked: Ask) -> EventSourceResponse:
        answer = answerer.ask(asked.question, asked.history, audience=asked.audience)
        keeper.keep(answer)
        return EventSourceResponse(_events(answer))

    @app.get("/api/answers/{answer_id}", summary="A kept answer, whole", responses={404: {"model": Problem}})
    def kept(answer_id: str) -> Answer:
        return keeper.kept(answer_id)


def _events(answer: Answer) -> Iterator[ServerSentEvent]:
    """Yield the answer in the order in which a page shows it; the fields put together are the plain answer.

    `start` has the fields that are neither lists nor the seal, `part` comes once per source kind,
    then `citations`, `refusal`, and `end` with hash and timing.
    """
    whole = _ANSWER.dump_python(answer, mode="json")
    apart = ("parts", "citations", "refusal", "hash", "timing_ms")
    yield _event("start", {name: value for name, value in whole.items() if name not in apart})
    for part in whole["parts"]:
        yield _event("part", part)
    yield _event("citations", whole["citations"])
    yield _event("refusal", whole["refusal"])
    yield _event("end", {"hash": whole["hash"], "timing_ms": whole["timing_ms"]})


def _event(name: str, data: object) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=name)


def _add_sources(app: FastAPI, answerer: Answerer) -> None:
    @app.get("/api/search", summary="The passages nearest to a question")
    def search(
        q: Annotated[str, Query(max_length=MAX_QUESTION_CHARS, description="What to look for.")],
        kind: SourceKind | None = None,
        k: Annotated[int, Query(ge=1, le=100)] = 10,
        drug: Annotated[list[str] | None, Query(description="Only documents about these drugs.")] = None,
        year_from: int | None = None,
        year_to: int | None = None,
    ) -> list[WireHit]:
        filters = Filters(drugs=frozenset(drug or ()), year_from=year_from, year_to=year_to)
        return [WireHit.of(hit) for hit in answerer.search(q, kind=kind, k=k, filters=filters)]

    @app.get("/api/passages/{passage_id}", summary="A passage in its section", responses={404: {"model": Problem}})
    def passage(passage_id: str, start: int | None = None, end: int | None = None) -> WirePassage:
        return _passage(answerer, passage_id, start, end)


def _passage(answerer: Answerer, passage_id: str, start: int | None, end: int | None) -> WirePassage:
    """Return the passage with the characters [start, end) of its section cited, its own where none are given."""
    snapshot = answerer.library().snapshot
    row = snapshot.row_of(passage_id)
    passage, section, document = snapshot.passage(row), snapshot.section_of(row), snapshot.document_of(row)
    first, last = passage.start if start is None else start, passage.end if end is None else end
    if not 0 <= first < last <= len(section.text):
        raise BadInput(f"expected 0 <= start < end <= {len(section.text)}, found start={first} end={last}")
    return WirePassage(
        passage=passage.id,
        document=document.key,
        version=document.id,
        kind=document.kind,
        title=document.title,
        body=document.body,
        url=document.url,
        date=document.effective or str(document.year or ""),
        integrity=document.integrity,
        notice=document.notice,
        digest_of=document.digest_of,
        licence=document.licence,
        identifiers=dict(document.identifiers),
        section=WireSection.of(section),
        text=section.text,
        start=first,
        end=last,
        quote=section.text[first:last],
    )


def _add_health(app: FastAPI, answerer: Answerer) -> None:
    @app.get("/", include_in_schema=False)
    def front() -> RedirectResponse:
        return RedirectResponse("/docs")

    @app.get("/healthz", summary="Whether the process is alive")
    def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz", summary="Whether questions can be answered", responses={503: {"model": Problem}})
    def readyz() -> dict[str, Any]:
        manifest = answerer.library().snapshot.manifest
        return {"status": "ready", "snapshot": manifest.id, "manifest": asdict(manifest)}
