"""Two who act on one answer at once: one is first, the other is told."""

import threading

import pytest

from corpus.errors import Overtaken
from qa.accounts.roles import Identity
from qa.answer import Answer
from qa.review.actions import Approve, Comment
from qa.review.desk import ReviewDesk
from tests.qa.review.conftest import ANNA, BERTA, Act


def test_who_acts_on_what_is_no_longer_there_is_told_what_happened(desk: ReviewDesk, answer: Answer, act: Act) -> None:
    looked_at = desk.state(answer.id)
    act(answer, "comment", BERTA, text="The dose is missing.")
    for action in (
        Approve(action="approve", seen=looked_at.seen, hash=looked_at.hash),
        Comment(action="comment", seen=looked_at.seen, text="Fine."),
    ):
        with pytest.raises(Overtaken, match=r"berta commented at .* UTC \(“The dose is missing.”\)"):
            desk.act(answer.id, action, ANNA)
    with pytest.raises(Overtaken, match="not there"):
        desk.act(answer.id, Comment(action="comment", seen=7, text="From the future."), ANNA)


def test_of_two_who_approve_at_once_one_is_first_and_the_other_is_told(desk: ReviewDesk, answer: Answer) -> None:
    state = desk.state(answer.id)
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def approve(who: Identity) -> None:
        ready.wait(10)
        try:
            desk.act(answer.id, Approve(action="approve", seen=state.seen, hash=state.hash), who)
            outcomes.append("done")
        except Overtaken as error:
            outcomes.append(str(error))

    threads = [threading.Thread(target=approve, args=(who,)) for who in (ANNA, BERTA)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes, key=len)[0] == "done" and len(outcomes) == 2
    assert "approved at" in max(outcomes, key=len)
    assert [event.kind for event in desk.seen(answer.id).events] == ["approved"]


def test_many_who_comment_at_once_leave_one_line_of_steps(desk: ReviewDesk, answer: Answer) -> None:
    outcomes: list[bool] = []

    def comment(text: str) -> None:
        while True:
            try:
                desk.act(answer.id, Comment(action="comment", seen=desk.state(answer.id).seen, text=text), ANNA)
            except Overtaken:
                outcomes.append(False)
            else:
                outcomes.append(True)
                return

    threads = [threading.Thread(target=comment, args=(f"{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    events = desk.seen(answer.id).events
    assert [event.step for event in events] == [1, 2, 3, 4, 5, 6] and outcomes.count(True) == 6
    assert sorted(event.data["text"] for event in events) == [str(n) for n in range(6)]
