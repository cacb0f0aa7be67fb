"""Who has edited a version does not approve it, unless there is nobody else."""

import pytest

from corpus.errors import NotAllowed
from corpus.store import Store
from qa.answer import Answer
from qa.answerer import Answerer
from qa.review.actions import Approve
from qa.review.desk import ReviewDesk
from qa.review.state import Step
from tests.qa.review.conftest import ADMIN, ANNA, BERTA, EDA, Act, add_accounts
from tests.qa.review.editing import edited, remove_last
from tests.small_home import INDICATION


def other(answerer: Answerer, sentence: int) -> dict[str, object]:
    """Return what puts a sentence of the label's indications in the place of the answer's first."""
    hit = next(hit for hit in answerer.search(INDICATION, k=50) if hit.section.number == "1")
    return {"claim": 0, "passage": hit.passage.id, "sentences": [sentence]}


def test_an_own_edit_is_approved_by_somebody_else(answer: Answer, act: Act) -> None:
    made = edited(act, answer, ANNA)
    with pytest.raises(NotAllowed, match=r"edited this version yourself: another reviewer .*\(admin, berta\)"):
        act(made, "approve", ANNA, alone=True)
    assert act(made, "approve", BERTA).step is Step.APPROVED


def test_an_admin_too_cannot_approve_their_own_edit(answer: Answer, act: Act) -> None:
    made = edited(act, answer, ADMIN)
    with pytest.raises(NotAllowed, match="yourself"):
        act(made, "approve", ADMIN, alone=True)


def test_an_edit_stays_ones_own_through_the_edits_of_others_until_somebody_approved_it(
    answer: Answer, act: Act, answerer: Answerer
) -> None:
    first = edited(act, answer, ANNA)
    second = act(first, "replace", BERTA, **other(answerer, 0)).answer_id
    for who in (ANNA, BERTA):
        with pytest.raises(NotAllowed, match="yourself"):
            act(second, "approve", who)
    assert act(second, "approve", ADMIN).step is Step.APPROVED
    third = act(second, "replace", BERTA, **other(answerer, 1)).answer_id
    assert act(third, "approve", ANNA).step is Step.APPROVED, "her edit was approved by the admin"


def test_the_only_reviewer_approves_an_own_edit_by_saying_so_and_the_log_says_so_too(
    store: Store, answerer: Answerer, answer: Answer
) -> None:
    desk = ReviewDesk(store, answerer)
    add_accounts(store, ADMIN, EDA)
    made = desk.act(answer.id, remove_last(answer), ADMIN)
    with pytest.raises(NotAllowed, match="confirm"):
        desk.act(made.answer_id, Approve(action="approve", seen=made.seen, hash=made.hash), ADMIN)
    approve = Approve(action="approve", seen=made.seen, hash=made.hash, alone=True)
    state = desk.act(made.answer_id, approve, ADMIN)
    assert state.step is Step.APPROVED and state.approval is not None and state.approval.alone
    assert desk.seen(made.answer_id).events[-1].data["alone"] is True


def test_confirming_to_be_alone_says_nothing_where_it_is_not_ones_own_edit(answer: Answer, act: Act) -> None:
    state = act(answer, "approve", ANNA, alone=True)
    assert state.approval is not None and not state.approval.alone
