"""What may be done to an answer, by whom, and what is written down of it."""

import pytest
import sqlalchemy as sa
from pydantic import ValidationError

from corpus.errors import NotAllowed, NotFound, Overtaken
from corpus.schema import review_events
from corpus.store import Store
from qa.answer import Answer
from qa.review.actions import Comment
from qa.review.desk import ReviewDesk
from qa.review.state import Step
from tests.qa.review.conftest import ADMIN, ANNA, BERTA, EDA, ROY, Act


def test_from_submitted_to_under_review_to_approved(desk: ReviewDesk, answer: Answer, act: Act) -> None:
    assert desk.state(answer.id).step is Step.SUBMITTED
    assert act(answer, "open", ANNA).step is Step.UNDER_REVIEW
    assert act(answer, "comment", EDA, text="Is this the latest label?", claim=0).step is Step.UNDER_REVIEW
    state = act(answer, "approve", BERTA)
    assert state.step is Step.APPROVED and state.void == () and state.seen == 3
    assert state.approval is not None
    assert (state.approval.who, state.approval.alone, state.approval.hash) == ("berta", False, state.hash)


def test_who_may_do_what(answer: Answer, act: Act) -> None:
    for who, action, fields in (
        (ROY, "open", {}),
        (ROY, "comment", {"text": "?"}),
        (ROY, "approve", {}),
        (EDA, "approve", {}),
        (ROY, "remove", {"claim": 0, "text": "?"}),
    ):
        with pytest.raises(NotAllowed, match=who.role.value):
            act(answer, action, who, **fields)
    assert act(answer, "approve", ADMIN).step is Step.APPROVED


def test_requested_changes_and_an_approval_taken_back_return_it_to_review(answer: Answer, act: Act) -> None:
    act(answer, "approve", ANNA)
    state = act(answer, "take_back", BERTA, text="The boxed warning is missing.")
    assert state.step is Step.UNDER_REVIEW
    assert state.void == ("berta took the approval back: The boxed warning is missing.",)
    assert act(answer, "approve", ANNA).step is Step.APPROVED
    state = act(answer, "request_changes", BERTA, text="Add it.")
    assert state.step is Step.UNDER_REVIEW and state.changes_requested
    assert not act(answer, "approve", ANNA).changes_requested


def test_a_comment_is_of_a_sentence_that_there_is(answer: Answer, act: Act, desk: ReviewDesk) -> None:
    act(answer, "comment", ANNA, text="Good.", claim=1)
    [event] = desk.seen(answer.id).events
    assert event.data == {"text": "Good.", "claim": 1, "sentence": answer.claims()[1].text}
    with pytest.raises(NotFound, match="counted from 0"):
        act(answer, "comment", ANNA, text="?", claim=99)


def test_there_is_nothing_to_take_back_before_an_approval(answer: Answer, act: Act) -> None:
    with pytest.raises(Overtaken, match="no approval"):
        act(answer, "take_back", ANNA, text="?")


def test_an_answer_that_is_not_kept_is_not_found(desk: ReviewDesk) -> None:
    with pytest.raises(NotFound):
        desk.state("nosuch")


def test_the_log_can_only_grow(desk: ReviewDesk, answer: Answer, act: Act, store: Store) -> None:
    act(answer, "open", ANNA)
    for statement in (review_events.update().values(who="berta"), review_events.delete()):
        with pytest.raises(sa.exc.IntegrityError, match="never"), store.writing() as connection:
            connection.execute(statement)


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001, "a\0b", "half \ud800"])
def test_what_no_database_takes_or_nobody_could_mean_is_not_said(text: str) -> None:
    with pytest.raises(ValidationError):
        Comment(action="comment", seen=0, text=text)


@pytest.mark.parametrize("answer_id", ["", "a\0b", "nosuch", "%"])
def test_an_address_that_leads_to_no_answer_is_not_found(desk: ReviewDesk, answer_id: str) -> None:
    with pytest.raises(NotFound):
        desk.act(answer_id, Comment(action="comment", seen=0, text="?"), ANNA)
