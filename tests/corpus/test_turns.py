"""After which answer an answer was asked, as rows, the same on both databases."""

import pytest
import sqlalchemy as sa

from corpus import reviews
from corpus.reviews import Version
from corpus.store import Store
from corpus.transactions import writing
from corpus.turns import Earlier, Turn, earlier, keep_turn, turn_of
from tests.corpus.making import put
from tests.corpus.test_reviews import NOON
from tests.corpus.test_stale import DAILY, MILK, V1, answer


@pytest.fixture
def kept(store: Store) -> Store:
    """Return a store with three answers."""
    put(store, V1)
    for name, quote in (("first", DAILY), ("second", MILK), ("third", DAILY)):
        store.keep_answer(answer(name, quote))
    return store


def test_a_conversation_is_found_from_its_last_answer_back_to_its_first(kept: Store) -> None:
    second = Turn("second", "first", ("question one",))
    third = Turn("third", "second", ("question one", "question two"), ("pregnancy",))
    with writing(kept.engine) as connection:
        keep_turn(connection, second)
        keep_turn(connection, third)
    with kept.engine.connect() as connection:
        assert turn_of(connection, "third") == third
        assert turn_of(connection, "first") == Turn("first")
        question = kept.answer("first").question
        assert earlier(connection, "third") == (Earlier("first", question), Earlier("second", question))
        assert earlier(connection, "first") == ()


def test_a_turn_that_follows_nothing_leaves_no_row(kept: Store) -> None:
    with writing(kept.engine) as connection:
        keep_turn(connection, Turn("first"))
        assert connection.execute(sa.text("SELECT count(*) FROM answer_turns")).scalar_one() == 0


def test_an_edited_answer_stands_where_that_stood_of_which_it_was_made(kept: Store) -> None:
    with writing(kept.engine) as connection:
        keep_turn(connection, Turn("second", "first", ("question one",)))
        reviews.link(connection, Version("third", "second", "second", 2, NOON, "anna", "edited"))
    with kept.engine.connect() as connection:
        assert turn_of(connection, "third") == Turn("third", "first", ("question one",))
        assert [one.answer_id for one in earlier(connection, "third")] == ["first"]


def test_what_an_answer_was_asked_after_is_never_changed(kept: Store) -> None:
    with writing(kept.engine) as connection:
        keep_turn(connection, Turn("second", "first", ("question one",)))
    for statement in ("UPDATE answer_turns SET previous = NULL", "DELETE FROM answer_turns"):
        with pytest.raises(sa.exc.DBAPIError, match="answer_turns are never"), writing(kept.engine) as connection:
            connection.execute(sa.text(statement))
