"""Who reads: one of the audiences that are offered, chosen on the page and remembered in a cookie."""

from starlette.requests import HTTPConnection

from qa.audience import OFFERED, Audience

COOKIE = "audience"
REMEMBERED_S = 365 * 24 * 3600


def reader_of(request: HTTPConnection) -> Audience | None:
    """Return whom the cookie says, None where nobody has chosen or it holds something else."""
    chosen = request.cookies.get(COOKIE, "")
    return next((one for one in OFFERED if one == chosen), None)
