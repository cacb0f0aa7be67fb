"""Where the setting `require_login` is on, nobody reads or asks who has not signed in."""

from fastapi import Request

from corpus.errors import NotAllowed, NotSignedIn
from qa.accounts.doors import whoever
from qa.accounts.roles import Permission

# What is needed to sign in, to change a one-time password, and to supervise the process.
_OPEN = ("/login", "/logout", "/account", "/healthz", "/readyz")


def gate(request: Request) -> None:
    """Let nobody through who may not read; a dependency of the whole application. Raises NotSignedIn, NotAllowed."""
    path = request.url.path
    if path in _OPEN or path.startswith(("/static/", "/account/")):
        return
    identity = whoever(request)
    if identity is None:
        raise NotSignedIn("this service is for those who have an account: sign in on /login, or send a key")
    if not identity.may(Permission.READ):
        raise NotAllowed("change your one-time password first, on the page /account")
