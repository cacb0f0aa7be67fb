"""An error as its reader wants it: a page for a browser, a sentence of JSON for a program."""

from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from qa.serve_errors import Shown
from qa.web.headers import SECURITY
from qa.web.site import PRIVATE, Site

_TITLES = {
    401: "Sign in first",
    403: "Not allowed",
    404: "Nothing here",
    405: "Not this way",
    409: "Somebody else was quicker",
    413: "Too much at once",
    422: "This cannot be used as it stands",
    429: "Too many attempts",
    503: "Not ready",
}
_FOR_PROGRAMS = ("/api", "/openapi.json", "/healthz", "/readyz", "/static")


def error_pages(site: Site) -> Shown:
    """Return what makes a page of (request, sentence, status), None where a browser does not ask for one."""

    def shown(request: Request, sentence: str, status: int) -> Response | None:
        wants_page = "text/html" in request.headers.get("accept", "")
        if not wants_page or request.url.path.startswith(_FOR_PROGRAMS):
            return None
        if status == 401 and request.method == "GET" and site.login:
            back = quote(request.url.path, safe="/")
            return RedirectResponse(f"{site.login}?next={back}", 303, PRIVATE)
        title = _TITLES.get(status, "Something went wrong here")
        response = site.page(request, "error.html", status=status, title=title, sentence=sentence)
        # A fault of ours is answered outside the application, where no middleware adds them.
        response.headers.update(SECURITY)
        return response

    return shown
