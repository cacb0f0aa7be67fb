"""The review: the queue, an answer before its reviewer, and the search for a better passage."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import TypeAdapter, ValidationError

from corpus.errors import BadInput, CurbsideError, Inconsistent, NotAllowed, NotFound, Overtaken
from qa.accounts.doors import requires
from qa.accounts.roles import Identity, Permission
from qa.review.actions import Action
from qa.review.changes import changes, word_runs
from qa.review.desk import ReviewDesk
from qa.review.log import entries
from qa.review.queue import Queue, View
from qa.review.state import Step
from qa.web.links import source_path
from qa.web.review_view import groups, sentence_of
from qa.web.site import NavItem, Site
from qa.web.slug import answer_path

NAV = NavItem("Review queue", "/review", order=90, reviews=True)
PASSAGES = 8
Who = Annotated[Identity, Depends(requires(Permission.REVIEW))]
_ACTION: TypeAdapter[Action] = TypeAdapter(Action)
_REFUSED: dict[type[CurbsideError], int] = {Overtaken: 409, NotAllowed: 403, Inconsistent: 409, BadInput: 422}


async def posted(request: Request) -> dict[str, Any]:
    """Return the fields of the form that was sent; those of a choice of many as a list."""
    form = await request.form()
    fields: dict[str, Any] = {name: value for name, value in form.items() if name not in ("csrf", "sentences")}
    chosen = form.getlist("sentences")
    return fields | ({"sentences": chosen} if chosen else {})


def router(site: Site) -> APIRouter:
    """Return `/review`, `/review/{id}` and `/review/{id}/replace/{sentence}`."""
    router = APIRouter()
    desk = ReviewDesk(site.store, site.answerer)
    queue = Queue(site.store, desk)

    @router.get("/review")
    def waiting(request: Request, who: Who, view: View = View.TO_REVIEW, words: str = "", page: int = 1) -> Response:
        found = queue.page(view, words=words, number=page)
        context = {"found": found, "view": view, "views": tuple(View), "words": words}
        return site.page(request, "review/queue.html", context, title="Review queue")

    @router.get("/review/{answer_id}")
    def before(request: Request, who: Who, answer_id: str) -> Response:
        return site.page(request, "review/answer.html", _context(site, desk, answer_id, who), title="Review")

    @router.post("/review/{answer_id}")
    def act(request: Request, who: Who, answer_id: str, fields: Annotated[dict[str, Any], Depends(posted)]) -> Response:
        try:
            state = desk.act(answer_id, _action(fields), who)
        except tuple(_REFUSED) as error:
            status = next(status for kind, status in _REFUSED.items() if isinstance(error, kind))
            said = {"error": str(error), "typed": str(fields.get("text", ""))}
            context = _context(site, desk, answer_id, who) | said
            return site.page(request, "review/answer.html", context, status=status, title="Review")
        return RedirectResponse(f"/review/{state.answer_id}", 303)

    def better(request: Request, answer_id: str, sentence: int, words: str) -> Response:
        seen = desk.seen(answer_id)
        found = sentence_of(seen.answer, sentence)
        if found is None or found[1] is None:
            raise NotFound(f"the answer has no sentence {sentence} that can be replaced")
        claim, kind = found
        hits = site.answerer.search(words or claim.text[:1000], kind=kind, k=PASSAGES)
        context = {"seen": seen, "number": sentence, "claim": claim, "kind": kind, "hits": hits, "words": words}
        return site.page(request, "review/replace.html", context, title="Replace a sentence")

    @router.get("/review/{answer_id}/replace/{sentence}")
    def near(request: Request, who: Who, answer_id: str, sentence: int) -> Response:
        return better(request, answer_id, sentence, "")

    @router.post("/review/{answer_id}/replace/{sentence}")
    def search(
        request: Request, who: Who, answer_id: str, sentence: int, words: Annotated[str, Form(max_length=2000)] = ""
    ) -> Response:
        return better(request, answer_id, sentence, words.strip())

    return router


def _action(fields: dict[str, Any]) -> Action:
    try:
        return _ACTION.validate_python(fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = first["loc"][-1] if first["loc"] else "the form"
        raise BadInput(f"{where}: {first['msg'][:1].lower()}{first['msg'][1:]}") from error


def _context(site: Site, desk: ReviewDesk, answer_id: str, who: Identity) -> dict[str, Any]:
    """Return what the page of a review names."""
    seen = desk.seen(answer_id)
    before = desk.last_approved(answer_id)
    hands = desk.hands(answer_id)
    differs = changes(before.answer, seen.answer) if before else ()
    return {
        "seen": seen,
        "state": seen.state,
        "steps": tuple(Step),
        "approved": Step.APPROVED,
        "groups": groups(seen, site.store),
        "before": before,
        "differs": differs,
        "log": entries(seen.events, seen.state.flags),
        "runs": word_runs,
        "source_path": source_path,
        "path": answer_path(seen.answer),
        "may_approve": who.may(Permission.APPROVE),
        "own_edit": who.name in hands.editors,
        "alone": hands.may_approve(who.name),
        "may_edit": who.may(Permission.EDIT),
        "error": "",
        "typed": "",
    }
