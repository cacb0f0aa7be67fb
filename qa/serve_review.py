"""The review of answers over HTTP, for programs: where it stands, and what is done to it."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from pydantic import BaseModel, Field

from corpus.flags import Flag
from qa.accounts.doors import requires, whoever
from qa.accounts.roles import Identity, Permission
from qa.review.actions import Action
from qa.review.desk import ReviewDesk
from qa.review.log import entries
from qa.review.seen import Seen
from qa.review.state import Step
from qa.wire import Problem

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "No key and no session, or one that lets nobody in."},
    403: {"model": Problem, "description": "Not in this role, or one's own edit."},
    404: {"model": Problem},
    409: {
        "model": Problem,
        "description": "Somebody else was quicker, or the answer went stale; the sentence says what happened.",
    },
}


_SILENT = {"text": "", "was": "", "now": ""}


class WireFlag(BaseModel):
    """Why a citation no longer stands."""

    n: int = Field(description="The citation's number.")
    reason: str
    why: str
    was: str = Field(description="The quote.")
    now: str = Field(description='What stands there now, "" where it is gone.')
    at: datetime

    @classmethod
    def of(cls, flag: Flag) -> "WireFlag":
        """Return a flag as the API gives it."""
        return cls(n=flag.n, reason=flag.reason.value, why=flag.why, was=flag.was, now=flag.now, at=flag.at)


class WireEntry(BaseModel):
    """One line of the log."""

    at: datetime
    who: str
    what: str
    text: str = Field(description='What they said, or why; "" for whoever may not review.')
    claim: int | None = Field(description="Of which sentence, from 0.")
    was: str
    now: str


class WireReview(BaseModel):
    """Where the review of an answer stands."""

    answer: str = Field(description="The answer's id; after an edit, that of the new version.")
    step: Step
    seen: int = Field(description="The last step of the review: send it with what you do next.")
    hash: str = Field(description="What an approval would be bound to: send it to approve.")
    stale: bool
    approved_by: str = Field(description='"" while no approval stands.')
    approved_at: datetime | None
    alone: bool = Field(description="Whether the approval is one of an own edit, by the only reviewer.")
    void: list[str] = Field(
        description="Why the last approval holds no longer; empty while it does, or where there is none."
    )
    changes_requested: bool
    flags: list[WireFlag]
    previous: str = Field(description='The version that this one took the place of, "" for none.')
    successor: str = Field(description='The version that took the place of this one, "" for none.')
    log: list[WireEntry]

    @classmethod
    def of(cls, seen: Seen, *, words: bool = True) -> "WireReview":
        """Return a review as the API gives it; without what reviewers said, where `words` is false."""
        state = seen.state
        stands = state.approval if state.step is Step.APPROVED else None
        lines = entries(seen.events, state.flags)
        names = WireEntry.model_fields
        return cls(
            answer=state.answer_id,
            step=state.step,
            seen=state.seen,
            hash=state.hash,
            stale=state.is_stale,
            approved_by=stands.who if stands else "",
            approved_at=stands.at if stands else None,
            alone=bool(stands and stands.alone),
            void=list(state.void),
            changes_requested=state.changes_requested,
            flags=[WireFlag.of(flag) for flag in state.flags],
            previous=state.previous,
            successor=state.successor,
            log=[
                WireEntry(**{name: getattr(line, name) for name in names} | ({} if words else _SILENT))
                for line in lines
            ],
        )


def add_reviews(app: FastAPI, desk: ReviewDesk) -> None:
    """Add the review of an answer: who did what when may be read by all, what they said and acting by reviewers."""

    @app.get(
        "/api/answers/{answer_id}/review",
        summary="Where an answer's review stands",
        responses={404: {"model": Problem}},
    )
    def review(request: Request, answer_id: str) -> WireReview:
        who = whoever(request)
        return WireReview.of(desk.seen(answer_id), words=who is not None and who.may(Permission.REVIEW))

    @app.post("/api/answers/{answer_id}/review", summary="Do something in an answer's review", responses=_PROBLEMS)
    def act(
        answer_id: str, action: Action, who: Annotated[Identity, Depends(requires(Permission.REVIEW))]
    ) -> WireReview:
        return WireReview.of(desk.seen(desk.act(answer_id, action, who).answer_id))
