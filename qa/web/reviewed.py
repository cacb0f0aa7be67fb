"""What a page says of its answer's standing, from its review; and who is signed in, for the header."""

from datetime import datetime

from fastapi import Request

from corpus.errors import CurbsideError
from qa.accounts.doors import whoever
from qa.accounts.roles import Permission
from qa.answer import Answer
from qa.review.desk import ReviewDesk
from qa.review.log import entries
from qa.review.state import Step as ReviewStep
from qa.web.site import Account
from qa.web.state import Event, PageState, Step

_STEPS = {
    ReviewStep.SUBMITTED: Step.SUBMITTED,
    ReviewStep.UNDER_REVIEW: Step.UNDER_REVIEW,
    ReviewStep.APPROVED: Step.APPROVED,
}


class Reviewed:
    """Knows where every answer stands, worked out when it is asked."""

    def __init__(self, desk: ReviewDesk) -> None:
        self._desk = desk

    def of(self, answer: Answer) -> PageState:
        """Return where an answer stands now; what a reviewer said stays with the reviewers."""
        seen = self._desk.seen(answer.id)
        state = seen.state
        made = datetime.fromisoformat(answer.created)
        log = [Event(made, "Curbside", "made this answer")] if not state.previous else []
        log += [Event(one.at, one.who, one.what) for one in entries(seen.events, state.flags)]
        stands = state.approval if state.step is ReviewStep.APPROVED else None
        by = (
            f"{stands.who} (who edited it, as the only reviewer)"
            if stands and stands.alone
            else stands.who
            if stands
            else ""
        )
        updated = max([made, *(one.at for one in log)])
        return PageState(_STEPS[state.step], updated, by, state.flags, tuple(log), state.successor)


def account_of(request: Request) -> Account | None:
    """Return who is signed in, None for nobody; asked for on pages of errors too, so it raises none itself."""
    try:
        identity = whoever(request)
    except CurbsideError:
        return None
    if identity is None:
        return None
    return Account(identity.name, identity.role.value, identity.may(Permission.REVIEW))
