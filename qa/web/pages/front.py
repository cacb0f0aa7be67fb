"""The start page: ask, and be led to the answer's own page; what to ask, what was asked, and what this is."""

from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from corpus.document import SourceKind
from corpus.errors import CurbsideError
from qa.audience import Audience
from qa.web.cards import cards
from qa.web.layout import KINDS
from qa.web.reader import COOKIE, REMEMBERED_S, reader_of
from qa.web.site import NavItem, Site
from qa.web.slug import answer_path
from qa.web.suggested import Suggested

NAV = NavItem("Ask", "/", order=10)
CARDS = 6


def router(site: Site) -> APIRouter:
    """Return `/`, `POST /ask` and `POST /audience`."""
    router = APIRouter()
    suggested = Suggested(site.answerer)

    @router.get("/")
    def front(request: Request) -> Response:
        try:
            counts = site.answerer.library().snapshot.manifest.documents
            shown: dict[str, object] = {"examples": suggested.first(reader_of(request)), "missing": ""}
        except CurbsideError as error:  # the page is there before anything has been published
            counts, shown = {}, {"examples": (), "missing": str(error)}
        held = [(KINDS[kind][1], kind, counts.get(kind, 0)) for kind in SourceKind]
        account = site.account_of(request)
        shown["recent"] = site.show_recent or (account is not None and account.reviews)
        return site.page(request, "front.html", shown, title="Curbside", held=held, cards=cards(site, CARDS))

    @router.post("/ask")
    def ask(request: Request, question: Annotated[str, Form()] = "") -> Response:
        # In a body and not in an address: a question may describe a patient, and addresses are logged.
        answer = site.answerer.ask(question, audience=reader_of(request) or Audience.CLINICIAN)
        site.keeper.keep(answer)
        return RedirectResponse(answer_path(answer), 303)

    @router.post("/audience")
    def audience(
        request: Request, audience: Annotated[Audience, Form()], back: Annotated[str, Form()] = "/"
    ) -> Response:
        response = RedirectResponse(own_path(back), 303)
        response.set_cookie(
            COOKIE, audience, max_age=REMEMBERED_S, samesite="lax", httponly=True, secure=request.url.scheme == "https"
        )
        return response

    return router


def own_path(address: str) -> str:
    """Return the path of an address, "/" for one that could lead to another site."""
    path = urlsplit(address).path
    is_own = address.startswith("/") and not address.startswith(("//", "/\\")) and "\n" not in address
    return quote(path, safe="/-._~%") if is_own and not path.startswith("//") else "/"
