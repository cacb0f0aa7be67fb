"""Logging in and out."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from corpus.errors import CurbsideError, NotAllowed, NotSignedIn, TooSoon
from qa.accounts import csrf
from qa.accounts.doors import cookie_name, doors_of, give, set_cookie, signed_in, take, token_of, whoever
from qa.accounts.roles import Identity
from qa.web.pages.front import own_path
from qa.web.site import Site

# Before there is a session the sign of the form is bound to this.
VISIT, VISIT_S = "curbside_visit", 3600
ACCOUNT = "/account"


def router(site: Site) -> APIRouter:
    """Return `/login`, `POST /logout` and `POST /logout/everywhere`."""
    router = APIRouter()

    @router.get("/login")
    def ask(request: Request, next: str = "/") -> Response:
        doors_of(request)
        known = whoever(request)
        if known is not None:
            return RedirectResponse(ACCOUNT if known.must_change else own_path(next), 303)
        return _form(site, request, back=next)

    @router.post("/login")
    def log_in(
        request: Request,
        name: Annotated[str, Form(max_length=200)] = "",
        password: Annotated[str, Form(max_length=1000)] = "",
        sign: Annotated[str, Form(alias="csrf", max_length=100)] = "",
        next: Annotated[str, Form(max_length=2000)] = "/",
    ) -> Response:
        try:
            csrf.require(request.cookies.get(cookie_name(request, VISIT), ""), sign)
            address = request.client.host if request.client else ""
            opened = doors_of(request).login(name, password, address, token=token_of(request))
        except NotAllowed as error:
            return _form(site, request, back=next, name=name, error=error, status=403)
        except NotSignedIn as error:
            return _form(site, request, back=next, name=name, error=error, status=401)
        except TooSoon as error:
            response = _form(site, request, back=next, name=name, error=error, status=429)
            response.headers["retry-after"] = str(error.wait_s)
            return response
        response = RedirectResponse(ACCOUNT if opened.identity.must_change else own_path(next), 303)
        give(request, response, opened.token)
        set_cookie(request, response, VISIT, "", max_age_s=0)
        return response

    @router.post("/logout")
    def log_out(request: Request, who: Annotated[Identity, Depends(signed_in)]) -> Response:
        doors_of(request).sessions.end(token_of(request))
        return _out(request)

    @router.post("/logout/everywhere")
    def log_out_everywhere(request: Request, who: Annotated[Identity, Depends(signed_in)]) -> Response:
        doors_of(request).sessions.end_all(who.name)
        return _out(request)

    return router


def _form(
    site: Site, request: Request, *, back: str, name: str = "", error: CurbsideError | None = None, status: int = 200
) -> Response:
    """Return the page with the form, and give the browser what its sign is bound to where it has none."""
    kept = request.cookies.get(cookie_name(request, VISIT), "")
    visit = kept or secrets.token_urlsafe(32)
    context = {"back": own_path(back), "name": name, "error": str(error) if error else "", "sign": csrf.sign(visit)}
    response = site.page(request, "login.html", context, status=status, title="Log in")
    if not kept:
        set_cookie(request, response, VISIT, visit, max_age_s=VISIT_S)
    return response


def _out(request: Request) -> Response:
    response = RedirectResponse("/", 303)
    take(request, response)
    return response
