"""A line of log for every request: its id, path, status and time, and never what was asked.

A question may describe a patient. So the path is logged without its query and without the words of a question
in an answer's address, and no body at all.
"""

import re
import time
import uuid

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "x-request-id"
# /answers/<id>-<the question in words>
_WORDS = re.compile(r"^(/answers/[^/-]*)-[^/]*")
_SANE = re.compile(r"[A-Za-z0-9._-]{1,64}")
_log = structlog.get_logger()


class RequestLog:
    """Gives each request an id (its own `X-Request-ID` where it has a sane one), returns it, and logs the outcome."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = _name(scope)
        status = 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = name
            await send(message)

        # Bound for the rest of the request's own task, so that the server's traceback carries the id as well.
        structlog.contextvars.bind_contextvars(request=name)
        began = time.perf_counter()
        try:
            await self._app(scope, receive, noted)
        except Exception:
            status = status or 500
            raise
        finally:
            # Status 0: the client went away before there was an answer.
            took = round(1000 * (time.perf_counter() - began), 1)
            _log.info("request", method=scope["method"], path=shown_path(scope["path"]), status=status, ms=took)


def shown_path(path: str) -> str:
    """Return a path as it may be logged: of an answer's, its id and not the words of its question."""
    return _WORDS.sub(r"\1", path)


def _name(scope: Scope) -> str:
    given = dict(scope["headers"]).get(HEADER.encode(), b"").decode("latin-1")
    return given if _SANE.fullmatch(given) else uuid.uuid4().hex
