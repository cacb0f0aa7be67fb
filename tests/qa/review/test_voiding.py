"""What voids an approval, and what cannot be approved."""

from datetime import date
from pathlib import Path

import pytest

from corpus.document import Integrity
from corpus.errors import Inconsistent, Overtaken
from corpus.stale import flag_stale
from corpus.store import Store
from qa.answer import Answer
from qa.answerer import Answerer
from qa.keep import AnswerKeeper
from qa.review import bound as bound_module
from qa.review.actions import Approve
from qa.review.desk import ReviewDesk
from qa.review.state import Step
from tests.corpus.damaging import go_around
from tests.index.corpora import WordEncoder
from tests.qa.review.conftest import ANNA, BERTA, Act
from tests.small_home import DOSE, INDICATION, read_in


@pytest.fixture
def approved(answer: Answer, act: Act) -> Answer:
    assert act(answer, "approve", ANNA).step is Step.APPROVED
    return answer


def test_one_other_character_of_the_text_voids_it(desk: ReviewDesk, approved: Answer, store: Store) -> None:
    text = approved.claims()[0].text
    kept = store.answer(approved.id).json
    assert text in kept
    go_around(
        store, "UPDATE answers SET json = :json WHERE id = :id", json=kept.replace(text, text + " "), id=approved.id
    )
    state = desk.state(approved.id)
    assert (state.step, state.void) == (Step.UNDER_REVIEW, ("its text changed",))


def test_one_other_character_of_the_question_voids_it(desk: ReviewDesk, approved: Answer, store: Store) -> None:
    kept = store.answer(approved.id).json.replace(approved.standalone, approved.standalone + "?")
    go_around(store, "UPDATE answers SET json = :json WHERE id = :id", json=kept, id=approved.id)
    assert desk.state(approved.id).void == ("the question reads otherwise",)


def test_one_other_character_of_a_cited_span_voids_it(desk: ReviewDesk, approved: Answer, store: Store) -> None:
    one = approved.citations[0]
    text = store.section(one.section.id).text
    changed = text[: one.end - 1] + "!" + text[one.end :]
    go_around(store, "UPDATE sections SET text = :text WHERE id = :id", text=changed, id=one.section.id)
    assert desk.state(approved.id).void == ("the characters that it cites changed",)


def test_a_span_moved_by_one_character_voids_it(desk: ReviewDesk, approved: Answer, store: Store) -> None:
    statement = 'UPDATE answer_citations SET "end" = "end" - 1 WHERE answer_id = :id AND n = 1'
    go_around(store, statement, id=approved.id)
    assert desk.state(approved.id).void == ("the characters that it cites changed",)


def test_another_character_of_the_section_that_is_not_cited_voids_nothing(
    desk: ReviewDesk, answerer: Answerer, store: Store, act: Act
) -> None:
    answer = answerer.ask(DOSE)
    AnswerKeeper(store).keep(answer)
    act(answer, "approve", ANNA)
    one = answer.citations[0]
    go_around(store, "UPDATE sections SET text = text || :more WHERE id = :id", more=" More.", id=one.section.id)
    assert desk.state(answer.id).step is Step.APPROVED


def test_another_disclaimer_voids_it(desk: ReviewDesk, approved: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = bound_module.bound
    monkeypatch.setattr("qa.review.seen.bound", lambda answer, cited: plain(answer, cited, "Other words."))
    assert desk.state(approved.id).void == ("the disclaimer changed",)


def test_a_source_that_changed_voids_it_and_it_cannot_be_approved_as_it_is(
    desk: ReviewDesk, answerer: Answerer, store: Store, own_home: Path, act: Act
) -> None:
    answer = answerer.ask(DOSE)
    AnswerKeeper(store).keep(answer)
    assert act(answer, "approve", ANNA).step is Step.APPROVED
    read_in(own_home, WordEncoder(), dose=80, store=store)
    flag_stale(store)
    state = desk.state(answer.id)
    assert state.step is Step.UNDER_REVIEW and state.is_stale and len(state.flags) == 1
    assert "80 mg" in state.flags[0].now and state.void == (state.flags[0].why,)
    with pytest.raises(Overtaken, match=r"out of date and cannot be approved: .* read otherwise"):
        act(answer, "approve", BERTA)
    old, state_of_80 = store.get_split(answer.citations[-1].version), state.flags[0].document_id
    origin = store.keep_raw(b"raw", name="label.md", retrieved=date(2026, 11, 24))
    store.add(old.document, origin=origin, passages=old.passages, splitter="s", replaces=state.flags[0].document_id)
    state = desk.state(answer.id)
    assert not state.is_stale and state.step is Step.UNDER_REVIEW, "the words are back; a person looks at it again"
    assert act(answer, "approve", BERTA).step is Step.APPROVED
    new = store.get_split(state_of_80)
    store.add(new.document, origin=origin, passages=new.passages, splitter="s", replaces=old.document.id)
    assert flag_stale(store) == (), "the flag is there already"
    assert desk.state(answer.id).step is Step.UNDER_REVIEW, "and stands again"


def test_a_change_elsewhere_in_the_source_voids_nothing(
    desk: ReviewDesk, answerer: Answerer, store: Store, own_home: Path, act: Act
) -> None:
    answer = answerer.ask(INDICATION)
    AnswerKeeper(store).keep(answer)
    act(answer, "approve", ANNA)
    assert "70 mg" not in store.answer(answer.id).json
    read_in(own_home, WordEncoder(), dose=80, store=store)
    flag_stale(store)
    assert desk.state(answer.id).step is Step.APPROVED


def test_a_retraction_voids_it_also_before_anything_was_flagged(
    desk: ReviewDesk, approved: Answer, store: Store
) -> None:
    key = approved.citations[0].document
    store.set_integrity(key, Integrity.RETRACTED, "the publisher says so")
    state = desk.state(approved.id)
    assert state.step is Step.UNDER_REVIEW and state.is_stale and "no longer evidence" in state.void[0]
    flag_stale(store)
    assert "retracted" in desk.state(approved.id).void[0]


def test_what_went_stale_between_looking_and_approving_is_refused_with_why(
    desk: ReviewDesk, answerer: Answerer, store: Store, own_home: Path
) -> None:
    answer = answerer.ask(DOSE)
    AnswerKeeper(store).keep(answer)
    looked_at = desk.state(answer.id)
    read_in(own_home, WordEncoder(), dose=80, store=store)
    flag_stale(store)
    approve = Approve(action="approve", seen=looked_at.seen, hash=looked_at.hash)
    with pytest.raises(Overtaken, match="read otherwise"):
        desk.act(answer.id, approve, ANNA)
    assert desk.state(answer.id).approval is None


def test_a_citation_that_does_not_match_can_never_be_approved(
    desk: ReviewDesk, answer: Answer, store: Store, act: Act
) -> None:
    one = answer.citations[0]
    text = store.section(one.section.id).text
    changed = text[: one.end - 1] + "!" + text[one.end :]
    go_around(store, "UPDATE sections SET text = :text WHERE id = :id", text=changed, id=one.section.id)
    with pytest.raises(Inconsistent, match="does not pass the check"):
        act(answer, "approve", ANNA)
