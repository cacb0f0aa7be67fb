"""Errors of the service: always `{"error": sentence}`, with the status that fits, whoever raised them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from corpus.errors import (
    BadInput,
    Busy,
    CurbsideError,
    IndexMismatch,
    NotAllowed,
    NotFound,
    NotReady,
    NotSignedIn,
    Overtaken,
    TooSoon,
)
from qa.serve_log import shown_path
from qa.wire import Problem

_STATUS: tuple[tuple[type[CurbsideError], int], ...] = (
    (BadInput, 422),
    (NotFound, 404),
    (NotSignedIn, 401),
    (NotAllowed, 403),
    (Overtaken, 409),
    (NotReady, 503),
    (TooSoon, 429),
    (Busy, 503),
    (IndexMismatch, 503),
    (CurbsideError, 500),
)
_MAX_FAULTS, _MAX_FOUND = 5, 60
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Failure:
    """What is said of a request that failed."""

    sentence: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)


# (request, sentence, status) → a page for a browser that wants one, None for a program.
Shown = Callable[[Request, str, int], Response | None]


def add_errors(app: FastAPI, shown: Shown) -> None:
    """Make every failure of the application one sentence: of JSON, or on a page where `shown` makes one."""

    def handler(said: Callable[[Request, Exception], Failure]) -> Callable[[Request, Exception], Response]:
        def handle(request: Request, error: Exception) -> Response:
            failure = said(request, error)
            page = shown(request, failure.sentence, failure.status)
            response = page or problem(failure.sentence, failure.status)
            response.headers.update(failure.headers)
            return response

        return handle

    app.add_exception_handler(CurbsideError, handler(_foreseen))
    app.add_exception_handler(RequestValidationError, handler(_invalid))
    app.add_exception_handler(HTTPException, handler(_http))
    app.add_exception_handler(Exception, handler(_unforeseen))


def problem(sentence: str, status: int) -> JSONResponse:
    """Return a sentence as the service gives errors."""
    return JSONResponse(Problem(error=sentence).model_dump(), status)


def _foreseen(request: Request, error: Exception) -> Failure:
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    if status >= 500:
        _log.error("not answered", path=shown_path(request.url.path), why=str(error))
    return Failure(str(error), status, _headers(error))


def _headers(error: Exception) -> Mapping[str, str]:
    """Return what a client needs to know beside the sentence: how to say who it is, and how long to wait."""
    if isinstance(error, NotSignedIn):
        return {"www-authenticate": "Bearer"}
    return {"retry-after": str(error.wait_s)} if isinstance(error, TooSoon) else {}


def _invalid(request: Request, error: Exception) -> Failure:
    assert isinstance(error, RequestValidationError)
    return Failure(_sentence(error.errors()), 422)


def _http(request: Request, error: Exception) -> Failure:
    """Return what the framework itself refuses: an unknown path, a wrong method, a body that is no text."""
    assert isinstance(error, HTTPException)
    found = f"{request.method} {request.url.path}"
    said = {
        400: f'{found}: the body cannot be read as JSON in UTF-8: send an object such as {{"question": "…"}}',
        404: f"{found}: there is nothing at this path: /docs lists what there is",
        405: f"{found}: this path does not take {request.method}: /docs says what it takes",
    }
    return Failure(said.get(error.status_code, f"{found}: {error.detail}"), error.status_code, error.headers or {})


def _unforeseen(request: Request, error: Exception) -> Failure:
    """Return that it is our fault; the server logs the traceback under the request's id."""
    name = structlog.contextvars.get_contextvars().get("request", "")
    sentence = f"a fault in Curbside itself kept this from being answered: see request {name} in its log"
    # The server closes the connection after a fault: a client must not use it again.
    return Failure(sentence, 500, {"connection": "close"})


def _sentence(faults: Iterable[dict[str, Any]]) -> str:
    """Return what is wrong with a request: each field, what was expected of it and what was found."""
    said = [_fault(fault) for fault in faults]
    more = f"; and {len(said) - _MAX_FAULTS} more" if len(said) > _MAX_FAULTS else ""
    return "; ".join(said[:_MAX_FAULTS]) + more


def _fault(fault: dict[str, Any]) -> str:
    where = ".".join(str(step) for step in fault["loc"][1:])
    kind, found = fault["type"], fault.get("input")
    if kind == "json_invalid":
        return f"the body is not valid JSON ({fault['ctx']['error']} at character {where})"
    if not where:
        shown = "nothing" if found is None else _shown(found)
        return f"expected a JSON object as body, with `Content-Type: application/json`, found {shown}"
    if kind == "missing":
        return f"{where}: expected, and not given"
    if kind == "extra_forbidden":
        return f"{where}: not a field that is known here"
    return f"{where}: {fault['msg'][:1].lower()}{fault['msg'][1:]}, found {_shown(found)}"


def _shown(found: object) -> str:
    text = ascii(found) if isinstance(found, bytes) else repr(found)
    text = text if len(text) <= _MAX_FOUND else text[:_MAX_FOUND] + "…"
    return text.encode("utf-8", "backslashreplace").decode()
