"""The sign in every form that it came from a page of ours: made of the browser's own token, so bound to its session."""

import hashlib
import hmac

from corpus.errors import NotAllowed

FIELD = "csrf"
HEADER = "x-csrf-token"


def sign(token: str) -> str:
    """Return the sign for the forms of the browser that holds this token, 64 hex digits."""
    return hmac.new(token.encode(), b"a form of Curbside", hashlib.sha256).hexdigest()


def require(token: str, given: str) -> None:
    """Raise NotAllowed where what a form carries is not the sign of the browser that sends it."""
    if not token or not hmac.compare_digest(sign(token).encode(), given.encode("utf-8", "replace")):
        raise NotAllowed("this form is out of date, or was not sent by a page of this service: load the page again")
