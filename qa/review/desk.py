"""The review desk: where each answer stands, and what may be done to it next."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.engine import Connection

from corpus import reviews
from corpus.errors import NotAllowed, NotFound, Overtaken
from corpus.flags import flags_in
from corpus.reviews import Event
from corpus.store import Store
from corpus.transactions import writing
from qa.accounts.accounts import utc_now
from qa.accounts.roles import Identity, Permission
from qa.answer import Answer
from qa.answer_json import from_json
from qa.review.actions import Action, Approve, Comment, Open, Remove, Renew, Replace, RequestChanges, TakeBack
from qa.review.approve import Hands, require_approvable
from qa.review.bound import Bound, bound
from qa.review.edit import sentences
from qa.review.log import said_of
from qa.review.seen import Approved, Seen, hands, last_approved, look
from qa.review.state import Kind, ReviewState, marks
from qa.review.stored import problems
from qa.review.versions import Asks, Maker

NEEDS = {
    Open: Permission.REVIEW,
    Comment: Permission.REVIEW,
    RequestChanges: Permission.REVIEW,
    TakeBack: Permission.REVIEW,
    Approve: Permission.APPROVE,
    Replace: Permission.EDIT,
    Remove: Permission.EDIT,
    Renew: Permission.EDIT,
}
_KINDS = {
    Open: Kind.OPENED,
    Comment: Kind.COMMENT,
    RequestChanges: Kind.CHANGES_REQUESTED,
    TakeBack: Kind.RETURNED,
    Approve: Kind.APPROVED,
}
# What may still be done to an answer that another version has taken the place of.
_OF_THE_REPLACED = (Comment, TakeBack)


class ReviewDesk:
    """The reviews of a store's kept answers. Threads may share it."""

    def __init__(self, store: Store, answerer: Asks, now: Callable[[], datetime] = utc_now) -> None:
        self._store = store
        self._maker = Maker(answerer)
        self._now = now

    def seen(self, answer_id: str) -> Seen:
        """Return an answer and its review as they are at this moment. Raises NotFound."""
        with self._store.engine.connect() as connection:
            return look(connection, answer_id)

    def state(self, answer_id: str) -> ReviewState:
        """Return where an answer's review stands at this moment. Raises NotFound."""
        return self.seen(answer_id).state

    def last_approved(self, answer_id: str) -> Approved | None:
        """Return the answer that was approved last, this one or one that it replaced, None where none ever was."""
        with self._store.engine.connect() as connection:
            return last_approved(connection, answer_id)

    def hands(self, answer_id: str) -> Hands:
        """Return whose edits are in an answer, and who may approve."""
        with self._store.engine.connect() as connection:
            return hands(connection, answer_id)

    def act(self, answer_id: str, action: Action, who: Identity) -> ReviewState:
        """Do something to an answer, whole or not at all, and return where its review stands then.

        After an edit it is the state of the new version that took the answer's place. Raises NotAllowed; Overtaken
        where somebody else did something since the step that was seen, with what they did; Inconsistent where a
        citation does not pass the check; and BadInput.
        """
        if not who.may(NEEDS[type(action)]):
            raise NotAllowed(f"{who.name} is {who.role.value}, and may not do this: ask somebody who may")
        # Before the lock is taken: a question takes a while to answer, and the check reads whole documents.
        made = self._made(answer_id, action)
        wrong = self._wrong(answer_id) if isinstance(action, Approve) else []
        with writing(self._store.engine) as connection:
            found = look(connection, answer_id)
            _require_last(found, action)
            if made is not None:
                assert isinstance(action, Replace | Remove | Renew)
                answer_id = self._put(connection, found, made, action, who)
            else:
                self._note(connection, found, action, who, wrong)
        return self.state(answer_id)

    def _made(self, answer_id: str, action: Action) -> Answer | None:
        """Return the new version that an edit makes, None for what is no edit."""
        if not isinstance(action, Replace | Remove | Renew):
            return None
        answer = from_json(self._store.answer(answer_id).json)
        return self._maker.made(answer, action, self._store, self._now())

    def _wrong(self, answer_id: str) -> list[str]:
        """Return what the check finds wrong; all that can change of it later is seen in the state, under the lock."""
        return problems(from_json(self._store.answer(answer_id).json), self._store)

    def _note(self, connection: Connection, found: Seen, action: Action, who: Identity, wrong: Sequence[str]) -> None:
        data: dict[str, object] = {"text": action.text} if not isinstance(action, Open) and action.text else {}
        if isinstance(action, Comment) and action.claim is not None:
            data |= {"claim": action.claim, "sentence": _sentence(found, action.claim)}
        if isinstance(action, TakeBack) and found.state.approval is None:
            raise Overtaken("there is no approval to take back: nobody has approved this answer")
        if isinstance(action, Approve):
            alone = require_approvable(found, action, who.name, wrong, hands(connection, found.answer.id))
            data |= {"bound": _fields(found.bound), "flags": marks(flags_in(connection, found.answer.id))}
            data |= {"alone": True} if alone else {}
        self._append(connection, found.answer.id, who, _KINDS[type(action)], found.state.hash, data)

    def _put(
        self, connection: Connection, found: Seen, made: Answer, action: Replace | Remove | Renew, who: Identity
    ) -> str:
        """Keep the new version in the answer's place, and note it on both."""
        version = self._maker.keep(connection, found.answer, made, action, who.name, self._now())
        data = self._maker.told(found.answer, made, action)
        old, new = found.answer.id, made.id
        self._append(connection, old, who, Kind.EDITED, found.state.hash, data | {"became": new})
        now = bound(made, reviews.cited_now(connection, new))
        self._append(connection, new, who, Kind.SUBMITTED, now.hash, data | {"from": old, "number": version.number})
        return new

    def _append(
        self, connection: Connection, answer_id: str, who: Identity, kind: Kind, hash: str, data: dict[str, object]
    ) -> None:
        step = len(reviews.events(connection, answer_id)) + 1
        reviews.append(connection, Event(answer_id, step, self._now(), who.name, kind.value, hash, data))


def _require_last(found: Seen, action: Action) -> None:
    """Raise Overtaken where the action was decided on at another state than this one."""
    since = found.events[action.seen :]
    if since or action.seen != found.state.seen:
        happened = "; ".join(said_of(event) for event in since) or "this step of the review is not there"
        raise Overtaken(f"somebody else was quicker: {happened}. Look at the answer again, and decide anew")
    if found.state.successor and not isinstance(action, _OF_THE_REPLACED):
        raise Overtaken(f"another version has taken this answer's place: go on with {found.state.successor}")


def _sentence(found: Seen, claim: int) -> str:
    every = sentences(found.answer)
    if claim >= len(every):
        raise NotFound(f"the answer has {len(every)} sentences, counted from 0: found {claim}")
    return every[claim].text


def _fields(now: Bound) -> dict[str, str]:
    return {name: getattr(now, name) for name in now.__slots__}
