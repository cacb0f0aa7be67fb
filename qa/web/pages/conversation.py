"""The conversation below an answer: follow-ups, the question put right, something taken back, what to ask next."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Form, Header, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from qa.audience import Audience
from qa.web.conversation import Conversation
from qa.web.pages.answers import context_of
from qa.web.reader import reader_of
from qa.web.site import PRIVATE, Site
from qa.web.slug import answer_path
from qa.web.suggested import Suggested
from qa.web.turn_html import BREAK, pieces_of

Words = Annotated[str, Form()]


def router(site: Site) -> APIRouter:
    """Return what continues `/answers/{id}`: `/follow-up`, `/again`, `/next`."""
    router = APIRouter()
    conversation, suggested = Conversation(site), Suggested(site.answerer)

    @router.post("/answers/{name}/follow-up")
    def follow_up(
        request: Request, name: str, question: Words = "", x_streams: Annotated[str, Header()] = ""
    ) -> Response:
        reader = reader_of(request)
        # Composed, checked and kept before the first byte leaves, so that a failure has its own status.
        answer = conversation.follow_up(question, _id(name), reader or Audience.CLINICIAN)
        if not x_streams:
            return RedirectResponse(answer_path(answer), 303)
        context = context_of(site, answer, reader) | {"talk": conversation.talk(answer.id), "reader": reader}
        pieces = pieces_of(site.templates, answer, context)
        return StreamingResponse(_broken(pieces), media_type="text/html; charset=utf-8", headers=PRIVATE)

    @router.post("/answers/{name}/again")
    def again(
        request: Request,
        name: str,
        question: Words = "",
        without: Annotated[list[str] | None, Form()] = None,
        restored: Annotated[list[str] | None, Form()] = None,
    ) -> Response:
        reader = reader_of(request) or Audience.CLINICIAN
        answer = conversation.again(_id(name), reader, edited=question, without=without or (), restored=restored or ())
        return RedirectResponse(answer_path(answer), 303)

    @router.get("/answers/{name}/next")
    def to_ask_next(request: Request, name: str, hx_request: Annotated[str, Header()] = "") -> Response:
        answer = site.keeper.kept(_id(name))
        earlier = conversation.talk(answer.id).earlier
        context = {
            "answer": answer,
            "path": answer_path(answer),
            "questions": suggested.after(answer, [one.question for one in earlier]),
        }
        if hx_request == "true":
            return site.part("conversation/suggested.html", **context, level=3)
        return site.page(request, "conversation/next.html", context, title="What to ask next", level=2)

    return router


def _id(name: str) -> str:
    return name.partition("-")[0]


def _broken(pieces: Iterator[str]) -> Iterator[str]:
    for piece in pieces:
        yield piece + BREAK
