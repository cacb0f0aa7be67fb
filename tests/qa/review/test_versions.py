"""Edits and questions asked again make new versions, and leave the old one as it was."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import BadInput, NotFound, Overtaken
from corpus.stale import flag_stale
from corpus.store import Store
from qa.accounts.roles import Identity
from qa.answer import Answer
from qa.answer_json import from_json
from qa.answerer import Answerer
from qa.keep import AnswerKeeper
from qa.review.desk import ReviewDesk
from qa.review.state import Step
from tests.index.corpora import WordEncoder
from tests.qa.review.conftest import ANNA, BERTA, EDA, Act
from tests.qa.review.editing import edited, remove_last
from tests.small_home import DOSE, INDICATION, read_in


def test_an_edit_makes_a_new_version_and_leaves_the_old_one_as_it_was(
    desk: ReviewDesk, answer: Answer, act: Act, store: Store
) -> None:
    state = act(answer, "remove", ANNA, claim=0, text="Not asked for.")
    old, new = desk.seen(answer.id), desk.seen(state.answer_id)
    assert old.answer == answer and old.state.successor == new.answer.id and new.state.previous == answer.id
    assert [claim.text for claim in new.answer.claims()] == [claim.text for claim in answer.claims()[1:]]
    assert new.state.step is Step.SUBMITTED
    assert [event.kind for event in old.events] == ["edited"] and [event.kind for event in new.events] == ["submitted"]
    assert new.events[0].data["was"] == answer.claims()[0].text
    assert from_json(store.answer(new.answer.id).json) == new.answer


def test_a_replaced_answer_is_reviewed_no_more_but_its_approval_can_be_taken_back(answer: Answer, act: Act) -> None:
    act(answer, "approve", BERTA)
    edited(act, answer, ANNA)
    with pytest.raises(Overtaken, match="another version"):
        act(answer, "approve", BERTA)
    with pytest.raises(Overtaken, match="another version"):
        act(answer, "remove", BERTA, claim=0, text="Twice.")
    assert act(answer, "take_back", BERTA, text="Wrong.").step is Step.UNDER_REVIEW


def test_of_two_who_edit_one_version_one_is_first(desk: ReviewDesk, answer: Answer, store: Store) -> None:
    outcomes: list[type[Exception] | None] = []
    ready = threading.Barrier(2)

    def edit(who: Identity) -> None:
        ready.wait(10)
        try:
            desk.act(answer.id, remove_last(answer), who)
            outcomes.append(None)
        except Overtaken as error:
            outcomes.append(type(error))

    threads = [threading.Thread(target=edit, args=(who,)) for who in (ANNA, BERTA)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes, key=str) == [Overtaken, None]
    assert len(store.answers()) == 2, "what the second one made was not kept"


def test_a_sentence_is_replaced_by_those_of_another_passage(
    desk: ReviewDesk, answer: Answer, answerer: Answerer, act: Act
) -> None:
    [hit] = answerer.search(DOSE, kind=answer.parts[1].kind, k=1)
    claim = next(n for n, one in enumerate(answer.claims()) if one in answer.parts[1].blocks[-1].claims)
    state = act(answer, "replace", EDA, claim=claim, passage=hit.passage.id, sentences=[0])
    new = desk.seen(state.answer_id).answer
    [text] = [one.text for one in new.claims() if "70 mg" in one.text]
    assert answer.claims()[claim].text not in str(new.parts)
    assert [one.n for one in new.citations] == list(range(1, len(new.citations) + 1))
    assert "2 Dosage and Administration" in [block.heading for block in new.parts[1].blocks]
    assert desk.seen(state.answer_id).events[0].data["now"] == text


def test_a_sentence_is_not_replaced_by_another_kind_of_source_or_by_itself(
    answer: Answer, answerer: Answerer, act: Act
) -> None:
    guideline = next(hit for hit in answerer.search("calcium", k=50) if hit.document.kind == "guideline")
    label = next(n for n, one in enumerate(answer.claims()) if one in answer.parts[1].blocks[-1].claims)
    with pytest.raises(BadInput, match="choose a passage of a label"):
        act(answer, "replace", ANNA, claim=label, passage=guideline.passage.id, sentences=[0])
    with pytest.raises(BadInput, match="counted from 0"):
        act(answer, "replace", ANNA, claim=99, passage=guideline.passage.id, sentences=[0])
    with pytest.raises(BadInput, match="counted from 0"):
        act(answer, "replace", ANNA, claim=label, passage=guideline.passage.id, sentences=[99])
    with pytest.raises(NotFound):
        act(answer, "replace", ANNA, claim=label, passage="nosuch", sentences=[0])


def test_the_last_sentence_is_not_taken_out(answerer: Answerer, store: Store, act: Act) -> None:
    answer = answerer.ask(DOSE)
    single = replace(answer, parts=tuple(replace(part, blocks=part.blocks[:1]) for part in answer.parts))
    AnswerKeeper(store).keep(answer)
    here = answer.id
    for _ in range(len(single.claims()) + 20):
        try:
            here = act(here, "remove", ANNA, claim=0, text="?").answer_id
        except BadInput as error:
            assert "only sentence" in str(error)
            return
    pytest.fail("every sentence was taken out")


def test_an_edit_does_not_wash_off_what_is_stale(
    desk: ReviewDesk, answerer: Answerer, store: Store, own_home: Path, act: Act
) -> None:
    answer = answerer.ask("What is the recommended dose of examplumab, and what are its contraindications?")
    AnswerKeeper(store).keep(answer)
    read_in(own_home, WordEncoder(), dose=80, store=store)
    flag_stale(store)
    stale = next(n for n, claim in enumerate(answer.claims()) if "70 mg" in claim.text)
    other = next(n for n in range(len(answer.claims())) if n != stale)
    made = act(answer, "remove", ANNA, claim=other, text="Not this.")
    assert made.is_stale, "the stale sentence is still there"
    without = act(made.answer_id, "remove", ANNA, claim=stale - (other < stale), text="Out of date.")
    assert not without.is_stale
    assert act(without.answer_id, "approve", BERTA).step is Step.APPROVED


def test_a_stale_answer_is_asked_again_and_approved_by_whoever_asked(
    desk: ReviewDesk, answerer: Answerer, store: Store, own_home: Path, act: Act
) -> None:
    answer = answerer.ask(DOSE)
    AnswerKeeper(store).keep(answer)
    read_in(own_home, WordEncoder(), dose=80, store=store)
    flag_stale(store)
    state = act(answer, "renew", ANNA)
    new = desk.seen(state.answer_id)
    assert any("80 mg" in claim.text for claim in new.answer.claims()) and not state.is_stale
    assert act(state.answer_id, "approve", ANNA).step is Step.APPROVED, "she chose none of its words"


def test_asking_again_for_the_very_same_answer_makes_no_version(answer: Answer, act: Act, store: Store) -> None:
    with pytest.raises(BadInput, match="very same answer"):
        act(answer, "renew", ANNA)
    assert len(store.answers()) == 1


def test_a_question_of_a_conversation_is_asked_again_as_it_was_understood(
    desk: ReviewDesk, answerer: Answerer, store: Store, own_home: Path, act: Act
) -> None:
    answer = answerer.ask("What is its recommended dose?", [INDICATION])
    AnswerKeeper(store).keep(answer)
    read_in(own_home, WordEncoder(), dose=80, store=store)
    flag_stale(store)
    new = desk.seen(act(answer, "renew", ANNA).answer_id).answer
    assert new.question == answer.standalone and "80 mg" in str(new.parts)
