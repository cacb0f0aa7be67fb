"""An approval and the very same answer given again."""

from dataclasses import replace

import pytest

from corpus.errors import Overtaken
from corpus.store import Store
from qa.answer import Answer, sealed
from qa.keep import AnswerKeeper
from qa.review.actions import Approve
from qa.review.desk import ReviewDesk
from qa.review.state import Step
from tests.qa.review.conftest import ANNA, BERTA, Act


@pytest.fixture
def again(answer: Answer, store: Store) -> Answer:
    """Return the same words to the same question, kept a second time."""
    made = sealed(answer)
    AnswerKeeper(store).keep(made)
    return made


def test_an_approval_holds_for_the_very_same_answer_given_again_until_it_is_taken_back_on_either(
    desk: ReviewDesk, answer: Answer, again: Answer, act: Act
) -> None:
    act(answer, "approve", ANNA)
    state = desk.state(again.id)
    assert state.step is Step.APPROVED and state.approval is not None and state.approval.who == "anna"
    act(again, "take_back", BERTA, text="Wrong.")
    assert desk.state(answer.id).void == desk.state(again.id).void == ("berta took the approval back: Wrong.",)
    found = desk.last_approved(again.id)
    assert found is not None and found.event.answer_id == answer.id


def test_what_is_done_to_one_of_them_is_seen_by_who_acts_on_the_other(
    desk: ReviewDesk, answer: Answer, again: Answer, act: Act
) -> None:
    looked_at = desk.state(again.id)
    act(answer, "request_changes", BERTA, text="Shorter.")
    with pytest.raises(Overtaken, match="berta requested changes"):
        desk.act(again.id, Approve(action="approve", seen=looked_at.seen, hash=looked_at.hash), ANNA)


@pytest.mark.parametrize("other", [{"question": "Other?"}, {"standalone": "Other?"}, {"audience": "patient"}])
def test_the_same_words_to_another_question_are_not_approved_with_it(
    desk: ReviewDesk, answer: Answer, store: Store, act: Act, other: dict[str, str]
) -> None:
    act(answer, "approve", ANNA)
    made = sealed(replace(answer, **other))  # type: ignore[arg-type]
    AnswerKeeper(store).keep(made)
    assert made.hash == answer.hash and desk.state(made.id).step is Step.SUBMITTED
