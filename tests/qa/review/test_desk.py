import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import ValidationError

from corpus.document import Integrity
from corpus.errors import BadInput, Inconsistent, NotAllowed, NotFound, Overtaken
from corpus.schema import review_events
from corpus.stale import flag_stale
from corpus.store import Store
from qa.accounts.roles import Identity
from qa.answer import Answer, sealed
from qa.answer_json import from_json
from qa.answerer import Answerer
from qa.keep import AnswerKeeper
from qa.review import bound as bound_module
from qa.review.actions import Approve, Comment, Remove
from qa.review.desk import ReviewDesk
from qa.review.state import Step
from tests.corpus.damaging import go_around
from tests.index.corpora import WordEncoder
from tests.qa.review.conftest import ADMIN, ANNA, BERTA, EDA, ROY, Act, add_accounts
from tests.small_home import DOSE, INDICATION, read_in


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


# What voids an approval.


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


# Two at once.


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


def test_the_log_can_only_grow(desk: ReviewDesk, answer: Answer, act: Act, store: Store) -> None:
    act(answer, "open", ANNA)
    for statement in (review_events.update().values(who="berta"), review_events.delete()):
        with pytest.raises(sa.exc.IntegrityError, match="never"), store.writing() as connection:
            connection.execute(statement)


# The very same answer again.


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


# Own edits.


def edited(act: Act, answer: Answer, who: Identity) -> str:
    return act(answer, "remove", who, claim=len(answer.claims()) - 1, text="Not asked for.").answer_id


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
    made = desk.act(answer.id, _remove_last(answer), ADMIN)
    with pytest.raises(NotAllowed, match="confirm"):
        desk.act(made.answer_id, Approve(action="approve", seen=made.seen, hash=made.hash), ADMIN)
    approve = Approve(action="approve", seen=made.seen, hash=made.hash, alone=True)
    state = desk.act(made.answer_id, approve, ADMIN)
    assert state.step is Step.APPROVED and state.approval is not None and state.approval.alone
    assert desk.seen(made.answer_id).events[-1].data["alone"] is True


def test_confirming_to_be_alone_says_nothing_where_it_is_not_ones_own_edit(answer: Answer, act: Act) -> None:
    state = act(answer, "approve", ANNA, alone=True)
    assert state.approval is not None and not state.approval.alone


def _remove_last(answer: Answer) -> Remove:
    return Remove(action="remove", seen=0, claim=len(answer.claims()) - 1, text="Not asked for.")


# New versions.


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
            desk.act(answer.id, _remove_last(answer), who)
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


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001, "a\0b", "half \ud800"])
def test_what_no_database_takes_or_nobody_could_mean_is_not_said(text: str) -> None:
    with pytest.raises(ValidationError):
        Comment(action="comment", seen=0, text=text)


@pytest.mark.parametrize("answer_id", ["", "a\0b", "nosuch", "%"])
def test_an_address_that_leads_to_no_answer_is_not_found(desk: ReviewDesk, answer_id: str) -> None:
    with pytest.raises(NotFound):
        desk.act(answer_id, Comment(action="comment", seen=0, text="?"), ANNA)
