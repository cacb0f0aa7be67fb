"""Other people's accounts, for an admin: who there is, in which role; one-time passwords are shown once."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from corpus.errors import BadInput
from qa.accounts.accounts import Given
from qa.accounts.doors import doors_of, requires
from qa.accounts.roles import Identity, Permission, Role
from qa.web.site import Site

Admin = Annotated[Identity, Depends(requires(Permission.ACCOUNTS))]


def router(site: Site) -> APIRouter:
    """Return `/accounts` and what is posted from it."""
    router = APIRouter()

    def page(request: Request, *, status: int = 200, given: Given | None = None, error: str = "") -> Response:
        every = doors_of(request).accounts.every()
        context = {"every": every, "roles": tuple(Role), "given": given, "error": error}
        response = site.page(request, "accounts.html", context, status=status, title="Accounts")
        if given is not None:
            response.headers["cache-control"] = "no-store"
        return response

    @router.get("/accounts")
    def accounts(request: Request, who: Admin) -> Response:
        return page(request)

    @router.post("/accounts")
    def add(
        request: Request,
        who: Admin,
        name: Annotated[str, Form(max_length=1000)],
        role: Annotated[Role, Form()] = Role.READER,
    ) -> Response:
        try:
            return page(request, given=doors_of(request).accounts.add(name, role))
        except BadInput as error:
            return page(request, status=422, error=str(error))

    @router.post("/accounts/{name}/role")
    def change_role(request: Request, who: Admin, name: str, role: Annotated[Role, Form()]) -> Response:
        try:
            doors_of(request).accounts.set_role(name, role)
        except BadInput as error:
            return page(request, status=422, error=str(error))
        return RedirectResponse("/accounts", 303)

    @router.post("/accounts/{name}/disable")
    def disable(request: Request, who: Admin, name: str) -> Response:
        try:
            doors_of(request).accounts.disable(name)
        except BadInput as error:
            return page(request, status=422, error=str(error))
        return RedirectResponse("/accounts", 303)

    @router.post("/accounts/{name}/enable")
    def enable(request: Request, who: Admin, name: str) -> Response:
        doors_of(request).accounts.enable(name)
        return RedirectResponse("/accounts", 303)

    @router.post("/accounts/{name}/reset-password")
    def reset_password(request: Request, who: Admin, name: str) -> Response:
        if name == who.name:
            return page(request, status=422, error="your own password is changed on the page of your account")
        return page(request, given=doors_of(request).accounts.reset_password(name))

    return router
