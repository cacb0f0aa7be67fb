"""A review desk over the small data folder, four accounts, and an answer that was asked."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.accounts import Account, add
from corpus.store import Store
from corpus.transactions import writing
from qa.accounts.roles import Identity, Role
from qa.answer import Answer
from qa.answerer import Answerer
from qa.keep import AnswerKeeper
from qa.review.actions import Action, Approve, Comment, Open, Remove, Renew, Replace, RequestChanges, TakeBack
from qa.review.desk import ReviewDesk
from qa.review.state import ReviewState
from tests.index.corpora import WordEncoder
from tests.postgres import store_in
from tests.small_home import CONTRAINDICATIONS

ANNA, BERTA = Identity.of("anna", Role.REVIEWER), Identity.of("berta", Role.REVIEWER)
EDA, ROY, ADMIN = Identity.of("eda", Role.EDITOR), Identity.of("roy", Role.READER), Identity.of("admin", Role.ADMIN)
_ACTIONS = {
    "open": Open,
    "comment": Comment,
    "request_changes": RequestChanges,
    "approve": Approve,
    "take_back": TakeBack,
    "replace": Replace,
    "remove": Remove,
    "renew": Renew,
}

Act = Callable[..., ReviewState]


def add_accounts(store: Store, *who: Identity) -> None:
    """Store accounts with these names and roles; nobody can sign in to them."""
    with writing(store.engine) as connection:
        for one in who:
            add(connection, Account(one.name, "!", False, one.role.value, datetime(2026, 1, 1, tzinfo=UTC)))


@pytest.fixture
def store(own_home: Path, database: str) -> Iterator[Store]:
    """Yield the store of a copy of the small data folder, on SQLite and then on PostgreSQL."""
    with store_in(own_home, database) as opened:
        yield opened


@pytest.fixture
def answerer(own_home: Path) -> Answerer:
    """Return what answers from it."""
    return Answerer(own_home, encoder=WordEncoder())


@pytest.fixture
def desk(store: Store, answerer: Answerer) -> ReviewDesk:
    """Return the desk, with two reviewers, an editor, a reader and an admin."""
    add_accounts(store, ANNA, BERTA, EDA, ROY, ADMIN)
    return ReviewDesk(store, answerer)


@pytest.fixture
def answer(store: Store, answerer: Answerer) -> Answer:
    """Return a kept answer."""
    asked = answerer.ask(CONTRAINDICATIONS)
    AnswerKeeper(store).keep(asked)
    return asked


@pytest.fixture
def act(desk: ReviewDesk) -> Act:
    """Return what does something to an answer as somebody who has just looked at it."""

    def act(answer: Answer | str, action: str, who: Identity, **fields: object) -> ReviewState:
        answer_id = answer if isinstance(answer, str) else answer.id
        state = desk.state(answer_id)
        fields = {"seen": state.seen, **fields}
        if action == "approve":
            fields = {"hash": state.hash, **fields}
        made: Action = _ACTIONS[action](action=action, **fields)
        return desk.act(answer_id, made, who)

    return act
