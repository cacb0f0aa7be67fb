"""What changes something is taken from our own pages and from programs, never from another site's page.

A browser says where a request comes from: `Sec-Fetch-Site`, and before it was known `Origin`. A
program sends neither, and cannot be made to act by a page.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.wire import Problem

_SAFE = ("GET", "HEAD", "OPTIONS")
_OURS = ("same-origin", "none")


class SameOrigin:
    """Answers 403 where another site's page sends anything but a GET."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] in _SAFE or not is_foreign(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        error = "this was sent by a page of another site, and is not taken: open the page here and send it again"
        await JSONResponse(Problem(error=error).model_dump(), 403)(scope, receive, send)


def is_foreign(headers: Headers) -> bool:
    """Return whether a request comes from a page of another origin, by what its browser says."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in _OURS
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")
