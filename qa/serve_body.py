"""The limit on a request's body, counted while it is read: a stated length is not needed, nor believed."""

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.wire import MAX_BODY_BYTES, Problem

_NO_BODY = ("GET", "HEAD", "OPTIONS")


class BodyLimit:
    """Hands a request on once its body is read, and answers 413 as soon as it is over MAX_BODY_BYTES."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] in _NO_BODY:
            await self._app(scope, receive, send)
            return
        body = bytearray()
        more = _stated(scope) <= MAX_BODY_BYTES
        too_large = not more
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            too_large = len(body) > MAX_BODY_BYTES
            more = message.get("more_body", False) and not too_large
        if too_large:
            error = f"found a body of more than {MAX_BODY_BYTES:,} bytes, expected at most that: send one question"
            headers = {"connection": "close"}
            await JSONResponse(Problem(error=error).model_dump(), 413, headers)(scope, receive, send)
            return
        await self._app(scope, _replayed(bytes(body), receive), send)


def _stated(scope: Scope) -> int:
    """Return the length that the headers state, 0 where they state none."""
    stated = dict(scope["headers"]).get(b"content-length", b"")
    return int(stated) if stated.isdigit() and len(stated) < 20 else 0


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body once, then what the connection says."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return first.pop() if first else await receive()

    return replay
