"""The doors of the service: who makes a request, and whether they may; `requires` is what an endpoint depends on."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Self

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from corpus.errors import NotAllowed, NotReady, NotSignedIn
from corpus.store import Store
from qa.accounts import csrf
from qa.accounts.accounts import Accounts, Clock, utc_now
from qa.accounts.keys import Keys
from qa.accounts.login import Login
from qa.accounts.passwords import Passwords
from qa.accounts.roles import Identity, Permission
from qa.accounts.sessions import LIFETIME, Sessions

COOKIE = "curbside_session"
SAFE = ("GET", "HEAD", "OPTIONS")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True, slots=True)
class Doors:
    """The accounts of one service, with the ways in."""

    accounts: Accounts
    sessions: Sessions
    keys: Keys
    login: Login

    @classmethod
    def of(cls, store: Store, *, passwords: Passwords | None = None, now: Clock = utc_now) -> Self:
        """Return the doors over a store's accounts."""
        passwords = passwords or Passwords()
        sessions = Sessions(store, now)
        login = Login(store, sessions, passwords, now)
        return cls(Accounts(store, passwords, now), sessions, Keys(store, now), login)

    def install(self, app: FastAPI) -> None:
        """Make these the doors that `requires` asks in an application."""
        app.state.doors = self


def doors_of(request: Request) -> Doors:
    """Return the doors of the application. Raises NotReady where it has none."""
    doors = getattr(request.app.state, "doors", None)
    if not isinstance(doors, Doors):
        raise NotReady("this service was started without accounts: start it with `curbside serve`")
    return doors


def whoever(request: Request) -> Identity | None:
    """Return who makes a request, None for nobody that is known; looked up once a request.

    Raises NotSignedIn for a key that lets nobody in: a program must not go on as nobody in particular.
    """
    known: Identity | None
    if not hasattr(request.state, "identity"):
        request.state.identity = _looked_up(request)
    known = request.state.identity
    return known


def requires(permission: Permission) -> Callable[[Request], Awaitable[Identity]]:
    """Return a FastAPI dependency that gives the identity of a request that may do this.

    Raises NotSignedIn (401), and NotAllowed (403) where the role does not include it, where the one-time password was
    not changed yet, and where a browser's form or header lacks the sign of `qa/accounts/csrf.py`.
    """

    async def door(request: Request) -> Identity:
        identity = await signed_in(request)
        if identity.must_change:
            raise NotAllowed("change your one-time password first, on the page /account")
        if not identity.may(permission):
            raise NotAllowed(f"{identity.name} is {identity.role.value}, and may not do this: ask an admin")
        return identity

    return door


async def signed_in(request: Request) -> Identity:
    """Return the identity of a request; a FastAPI dependency. Raises as `requires` does, whatever the role."""
    doors_of(request)
    identity = await run_in_threadpool(whoever, request)
    if identity is None:
        raise NotSignedIn("sign in on the page /login, or send a key as `Authorization: Bearer cs_…`")
    if identity.session and request.method not in SAFE:
        csrf.require(token_of(request), await given_sign(request))
    return identity


async def given_sign(request: Request) -> str:
    """Return what a request carries as its sign: a header, or a field of its form; "" for nothing."""
    header = request.headers.get(csrf.HEADER)
    if header is not None:
        return header
    if request.headers.get("content-type", "").split(";")[0].strip().lower() in _FORMS:
        field = (await request.form()).get(csrf.FIELD, "")
        return field if isinstance(field, str) else ""
    return ""


def sign_for(request: Request) -> str:
    """Return the sign for forms on a page made for this request, "" where its browser has no session."""
    token = token_of(request)
    return csrf.sign(token) if token else ""


def token_of(request: Request) -> str:
    """Return the session's token that a browser sends, "" for none."""
    return request.cookies.get(cookie_name(request, COOKIE), "")


def give(request: Request, response: Response, token: str) -> None:
    """Hand the browser the token of its session: no script can read it, and no other site's form sends it."""
    set_cookie(request, response, COOKIE, token, max_age_s=int(LIFETIME.total_seconds()))


def take(request: Request, response: Response) -> None:
    """Make the browser forget its token."""
    set_cookie(request, response, COOKIE, "", max_age_s=0)


def set_cookie(request: Request, response: Response, name: str, value: str, *, max_age_s: int) -> None:
    """Set a cookie for this service alone."""
    secure = request.url.scheme == "https"
    name = cookie_name(request, name)
    response.set_cookie(name, value, max_age=max_age_s, path="/", secure=secure, httponly=True, samesite="lax")


def cookie_name(request: Request, name: str) -> str:
    """Return a cookie's name; over HTTPS one that a browser takes from this very host alone."""
    return f"__Host-{name}" if request.url.scheme == "https" else name


def _looked_up(request: Request) -> Identity | None:
    doors = getattr(request.app.state, "doors", None)
    if not isinstance(doors, Doors):
        return None
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        identity = doors.keys.identity(key.strip())
        if identity is None:
            raise NotSignedIn("this key is unknown, revoked, or of an account that may not sign in: make another one")
        return identity
    token = token_of(request)
    return doors.sessions.identity(token) if token else None
