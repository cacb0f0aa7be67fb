"""Errors of the service: always `{"error": sentence}`, with the status that fits, whoever raised them."""

from collections.abc import Iterable
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
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


def add_errors(app: FastAPI) -> None:
    """Make every failure of the application one sentence of JSON."""
    app.add_exception_handler(CurbsideError, _foreseen)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


def problem(sentence: str, status: int) -> JSONResponse:
    """Return a sentence as the service gives errors."""
    return JSONResponse(Problem(error=sentence).model_dump(), status)


def _foreseen(request: Request, error: Exception) -> JSONResponse:
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    if status >= 500:
        _log.error("not answered", path=request.url.path, why=str(error))
    response = problem(str(error), status)
    if isinstance(error, NotSignedIn):
        response.headers["www-authenticate"] = "Bearer"
    if isinstance(error, TooSoon):
        response.headers["retry-after"] = str(error.wait_s)
    return response


def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return problem(_sentence(error.errors()), 422)


def _http(request: Request, error: Exception) -> JSONResponse:
    """Return what the framework itself refuses: an unknown path, a wrong method, a body that is no text."""
    assert isinstance(error, HTTPException)
    found = f"{request.method} {request.url.path}"
    said = {
        400: f'{found}: the body cannot be read as JSON in UTF-8: send an object such as {{"question": "…"}}',
        404: f"{found}: there is nothing at this path: /docs lists what there is",
        405: f"{found}: this path does not take {request.method}: /docs says what it takes",
    }
    response = problem(said.get(error.status_code, f"{found}: {error.detail}"), error.status_code)
    response.headers.update(error.headers or {})
    return response


def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    """Return that it is our fault; the server logs the traceback under the request's id."""
    name = structlog.contextvars.get_contextvars().get("request", "")
    sentence = f"a fault in Curbside itself kept this from being answered: see request {name} in its log"
    response = problem(sentence, 500)
    response.headers["connection"] = "close"  # the server closes it after a fault: a client must not use it again
    return response


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
