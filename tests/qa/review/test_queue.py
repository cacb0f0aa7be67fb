from dataclasses import replace
from pathlib import Path

import pytest

from corpus.stale import flag_stale
from corpus.store import Store
from corpus.transactions import writing
from qa.answer import Answer, Conflict, ConflictKind, ConflictSide, sealed
from qa.answerer import Answerer
from qa.keep import AnswerKeeper
from qa.review.changes import changes, word_runs
from qa.review.desk import ReviewDesk
from qa.review.queue import PER_PAGE, Queue, View
from qa.review.reads import ReadCounter
from tests.index.corpora import WordEncoder
from tests.qa.review.conftest import ANNA, BERTA, Act
from tests.small_home import CONTRAINDICATIONS, DOSE, INDICATION, UNKNOWN, read_in


@pytest.fixture
def queue(store: Store, desk: ReviewDesk) -> Queue:
    return Queue(store, desk)


@pytest.fixture
def kept(store: Store, answerer: Answerer) -> dict[str, Answer]:
    """Return four answers, one of them a refusal, by their questions."""
    found = {question: answerer.ask(question) for question in (DOSE, INDICATION, CONTRAINDICATIONS, UNKNOWN)}
    for one in found.values():
        AnswerKeeper(store).keep(one)
    return found


def questions(queue: Queue, view: View, words: str = "") -> list[str]:
    return [item.row.question for item in queue.page(view, words=words).items]


def test_what_nobody_has_looked_at_is_new_and_what_was_refused_is_apart(queue: Queue, kept: dict[str, Answer]) -> None:
    assert set(questions(queue, View.NEW)) == {DOSE, INDICATION, CONTRAINDICATIONS}
    assert questions(queue, View.REFUSED) == [UNKNOWN]
    assert len(questions(queue, View.ALL)) == 4
    assert questions(queue, View.TO_REVIEW) == questions(queue, View.NEW)


def test_the_most_read_comes_first_then_the_newest(queue: Queue, kept: dict[str, Answer], store: Store) -> None:
    assert questions(queue, View.NEW) == [CONTRAINDICATIONS, INDICATION, DOSE]
    counter = ReadCounter(store)
    for _ in range(3):
        counter.note(kept[DOSE].id)
    counter.note(kept[INDICATION].id)
    counter.flush()
    counter.note(kept[INDICATION].id)
    counter.flush()
    counter.flush()
    page = queue.page(View.NEW)
    assert [(item.row.question, item.reads) for item in page.items] == [
        (DOSE, 3),
        (INDICATION, 2),
        (CONTRAINDICATIONS, 0),
    ]


def test_reads_are_written_by_themselves_and_kept_where_the_store_is_busy(
    kept: dict[str, Answer], store: Store, queue: Queue
) -> None:
    counter = ReadCounter(store, every_s=0.01)
    counter.note(kept[DOSE].id)
    timer = counter._timer
    assert timer is not None
    timer.join(10)
    assert queue.page().items[0].reads == 1
    with writing(store.engine):  # somebody else writes: this process's next writer waits, no reader does
        quick = ReadCounter(store)
        quick.note(kept[DOSE].id)
    quick.flush()
    assert queue.page().items[0].reads == 2


def test_an_answer_moves_through_the_views_as_its_review_goes_on(
    queue: Queue, kept: dict[str, Answer], act: Act, store: Store, own_home: Path
) -> None:
    answer = kept[DOSE]
    act(answer, "open", ANNA)
    assert DOSE not in questions(queue, View.NEW) and questions(queue, View.UNDER_REVIEW) == [DOSE]
    act(answer, "request_changes", ANNA, text="Shorter.")
    assert questions(queue, View.CHANGES) == [DOSE]
    act(answer, "approve", BERTA)
    assert questions(queue, View.APPROVED) == [DOSE]
    assert DOSE not in questions(queue, View.TO_REVIEW) and questions(queue, View.CHANGES) == []
    read_in(own_home, WordEncoder(), dose=80, store=store)
    flag_stale(store)
    assert questions(queue, View.APPROVED) == [] and questions(queue, View.STALE) == [DOSE]
    [item] = queue.page(View.STALE).items
    assert item.returned and item.last is not None and item.last.who == "berta"
    assert queue.page().counts[View.STALE] == 1


def test_only_the_newest_version_is_in_the_queue_as_much_read_as_the_one_before(
    queue: Queue, kept: dict[str, Answer], act: Act, store: Store
) -> None:
    counter = ReadCounter(store)
    counter.note(kept[CONTRAINDICATIONS].id)
    counter.flush()
    made = act(kept[CONTRAINDICATIONS], "remove", ANNA, claim=0, text="Not asked for.")
    items = [item for item in queue.page().items if item.row.question == CONTRAINDICATIONS]
    assert [(item.row.answer_id, item.row.number, item.reads) for item in items] == [(made.answer_id, 2, 1)]


def test_where_sources_disagree_there_is_a_view_of_it(queue: Queue, kept: dict[str, Answer], store: Store) -> None:
    answer = kept[CONTRAINDICATIONS]
    sides = tuple(ConflictSide(claim, "Somebody", "2024", "") for claim in answer.claims()[:2])
    disagreeing = sealed(replace(answer, conflicts=(Conflict(ConflictKind.STRENGTH, "examplumab", sides),)))
    AnswerKeeper(store).keep(disagreeing)
    [item] = queue.page(View.DISAGREEING).items
    assert (item.row.answer_id, item.row.conflicts) == (disagreeing.id, 1)


def test_a_question_is_found_by_its_words(queue: Queue, kept: dict[str, Answer]) -> None:
    assert questions(queue, View.ALL, "SAMPLA dose") == [DOSE]
    assert questions(queue, View.ALL, "nothing like it") == []


def test_a_long_queue_comes_in_pages(queue: Queue, answerer: Answerer, store: Store) -> None:
    answer = answerer.ask(DOSE)
    for n in range(PER_PAGE + 1):
        AnswerKeeper(store).keep(sealed(replace(answer, question=f"{DOSE} {n}")))
    first, second, beyond = (queue.page(number=number) for number in (1, 2, 99))
    assert (len(first.items), len(second.items), first.pages, beyond.number) == (PER_PAGE, 1, 2, 2)
    assert not {item.row.answer_id for item in first.items} & {item.row.answer_id for item in second.items}


def test_the_same_question_answered_in_the_same_words_is_one_item(
    queue: Queue, kept: dict[str, Answer], store: Store, act: Act
) -> None:
    again = sealed(kept[DOSE])
    AnswerKeeper(store).keep(again)
    counter = ReadCounter(store)
    for answer_id in (kept[DOSE].id, again.id):
        counter.note(answer_id)
    counter.flush()
    [item] = [item for item in queue.page().items if item.row.question == DOSE]
    assert (item.times, item.reads) == (2, 2)
    act(again, "approve", ANNA)
    assert questions(queue, View.APPROVED) == [DOSE] and DOSE not in questions(queue, View.TO_REVIEW)


def test_what_changed_is_said_sentence_by_sentence_and_word_by_word(kept: dict[str, Answer]) -> None:
    answer = kept[CONTRAINDICATIONS]
    assert changes(answer, answer) == ()
    first, *others = answer.parts[1].blocks
    claim = first.claims[0]
    reworded = replace(claim, text=claim.text.replace("may raise", "raises"))
    blocks = (replace(first, claims=(reworded,)), *others[:0])
    after = replace(answer, parts=(answer.parts[0], replace(answer.parts[1], blocks=blocks), answer.parts[2]))
    found = changes(answer, after)
    assert (found[0].was, found[0].now) == (claim.text, reworded.text)
    assert [(run.what, run.text) for run in found[0].runs if run.what != "same"] == [
        ("removed", "may raise"),
        ("added", "raises"),
    ]
    assert {change.now for change in found[1:]} == {""} and len(found) == len(answer.claims())


def test_the_words_of_a_diff_are_those_of_both_texts() -> None:
    runs = word_runs("Take 70 mg once a month.", "Take 80 mg once a month.")
    assert [(run.what, run.text) for run in runs] == [
        ("same", "Take"),
        ("removed", "70 mg"),
        ("added", "80 mg"),
        ("same", "once a month."),
    ]


def test_the_last_approved_version_is_found_behind_later_ones(
    desk: ReviewDesk, kept: dict[str, Answer], act: Act
) -> None:
    answer = kept[CONTRAINDICATIONS]
    assert desk.last_approved(answer.id) is None
    act(answer, "approve", ANNA)
    made = act(answer, "remove", ANNA, claim=0, text="Not asked for.")
    found = desk.last_approved(made.answer_id)
    assert found is not None and (found.answer, found.event.who) == (answer, "anna")
    [change] = changes(found.answer, desk.seen(made.answer_id).answer)
    assert (change.was, change.now) == (answer.claims()[0].text, "")
