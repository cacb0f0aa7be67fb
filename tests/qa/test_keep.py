"""Answers are kept whole and read back equal; what does not agree with the store is not kept."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus.errors import Busy, Inconsistent, NotFound
from corpus.store import Store
from qa.answerer import Answerer
from qa.keep import AnswerKeeper
from tests.index.corpora import WordEncoder
from tests.postgres import store_in
from tests.small_home import CONTRAINDICATIONS, UNKNOWN


@pytest.fixture
def answerer(own_home: Path) -> Answerer:
    return Answerer(own_home, encoder=WordEncoder())


@pytest.fixture
def store(own_home: Path, database: str) -> Iterator[Store]:
    with store_in(own_home, database) as opened:
        yield opened


@pytest.fixture
def keeper(store: Store) -> AnswerKeeper:
    return AnswerKeeper(store)


@pytest.mark.parametrize("question", [CONTRAINDICATIONS, UNKNOWN])
def test_a_kept_answer_is_read_back_equal(answerer: Answerer, keeper: AnswerKeeper, question: str) -> None:
    answer = answerer.ask(question)
    keeper.keep(answer)
    assert keeper.kept(answer.id) == answer


def test_the_same_answer_twice_is_kept_once(store: Store, answerer: Answerer, keeper: AnswerKeeper) -> None:
    answer = answerer.ask(CONTRAINDICATIONS)
    keeper.keep(answer)
    keeper.keep(answer)
    assert [kept.id for kept in store.answers()] == [answer.id]


def test_the_spans_are_kept_beside_the_answer(store: Store, answerer: Answerer, keeper: AnswerKeeper) -> None:
    answer = answerer.ask(CONTRAINDICATIONS)
    keeper.keep(answer)
    kept = store.answer(answer.id)
    assert [(c.n, c.document_id, c.start, c.end, c.quote) for c in kept.citations] == [
        (c.n, c.version, c.start, c.end, c.quote) for c in answer.citations
    ]
    assert (kept.snapshot, kept.hash) == (answer.snapshot, answer.hash)


def test_a_quote_that_the_store_does_not_hold_is_not_kept(answerer: Answerer, keeper: AnswerKeeper) -> None:
    answer = answerer.ask(CONTRAINDICATIONS)
    first, *others = answer.citations
    with pytest.raises(Inconsistent, match="invented"):
        keeper.keep(replace(answer, citations=(replace(first, quote="invented"), *others)))
    with pytest.raises(NotFound):
        keeper.kept(answer.id)


def test_an_unknown_answer_is_not_found(keeper: AnswerKeeper) -> None:
    with pytest.raises(NotFound, match="nosuch"):
        keeper.kept("nosuch")


def test_a_store_that_takes_nothing_is_said_so(own_home: Path, answerer: Answerer) -> None:
    answer = answerer.ask(CONTRAINDICATIONS)
    with Store.open(own_home) as store:
        store.engine.dispose()
        sa.event.listen(store.engine, "connect", lambda raw, _: raw.execute("PRAGMA query_only=ON"))
        with pytest.raises(Busy, match=r"readonly.*try again"):
            AnswerKeeper(store).keep(answer)
