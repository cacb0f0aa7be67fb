"""One's own account: password, sessions, and keys for programs."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from corpus.errors import BadInput, NotAllowed
from qa.accounts.doors import doors_of, give, signed_in
from qa.accounts.roles import PERMISSIONS, Identity, Role
from qa.web.site import Site

Who = Annotated[Identity, Depends(signed_in)]


def router(site: Site) -> APIRouter:
    """Return `/account` and what is posted from it."""
    router = APIRouter()

    def page(request: Request, who: Identity, *, status: int = 200, **said: object) -> Response:
        roles = [role for role in Role if PERMISSIONS[role] <= PERMISSIONS[who.role]]
        keys = doors_of(request).keys.of_account(who.name)
        context = {"who": who, "roles": roles, "keys": keys, "error": "", "secret": "", "done": ""} | said
        return site.page(request, "account.html", context, status=status, title="Your account")

    @router.get("/account")
    def account(request: Request, who: Who, done: str = "") -> Response:
        _require_browser(who)
        return page(request, who, done=_DONE.get(done, ""))

    @router.post("/account/password")
    def password(
        request: Request,
        who: Who,
        old: Annotated[str, Form(max_length=1000)],
        new: Annotated[str, Form(max_length=1000)],
        again: Annotated[str, Form(max_length=1000)],
    ) -> Response:
        _require_browser(who)
        doors = doors_of(request)
        try:
            if new != again:
                raise BadInput("the new password was typed in two ways: type it again")
            doors.accounts.change_password(who.name, old, new)
        except BadInput as error:
            return page(request, who, status=422, error=str(error))
        response = RedirectResponse("/account?done=password", 303)
        give(request, response, doors.sessions.begin(who.name))  # a new token: the old one may be known elsewhere
        return response

    @router.post("/account/keys")
    def add_key(
        request: Request,
        who: Who,
        label: Annotated[str, Form(max_length=1000)],
        role: Annotated[Role, Form()] = Role.READER,
    ) -> Response:
        _require_ready(who)
        try:
            made = doors_of(request).keys.add(who.name, role, label)
        except (BadInput, NotAllowed) as error:
            return page(request, who, status=422, error=str(error))
        # Shown on the page that answers the form: an address would be kept in the browser's history.
        response = page(request, who, secret=made.secret)
        response.headers["cache-control"] = "no-store"
        return response

    @router.post("/account/keys/{prefix}/revoke")
    def revoke_key(request: Request, who: Who, prefix: str) -> Response:
        _require_ready(who)
        doors_of(request).keys.revoke(prefix, of=who.name)
        return RedirectResponse("/account?done=revoked", 303)

    return router


_DONE = {
    "password": "Your password is changed; every other session has ended.",
    "revoked": "The key opens nothing now.",
}


def _require_browser(who: Identity) -> None:
    """Raise NotAllowed for a program: a key must not be able to make itself others, or to change the password."""
    if not who.session:
        raise NotAllowed("an account is looked after by its owner, signed in on /login, and not with a key")


def _require_ready(who: Identity) -> None:
    _require_browser(who)
    if who.must_change:
        raise NotAllowed("change your one-time password first, on the page /account")
