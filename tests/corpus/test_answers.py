"""Answers are kept whole, and only with quotes that are the stored characters."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from corpus.answers import KeptAnswer, KeptCitation
from corpus.errors import Inconsistent
from corpus.store import Store
from tests.corpus.making import document, put

MADE = document()
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANSWER = KeptAnswer(
    id="a1",
    hash="0" * 64,
    snapshot="s1",
    created=NOON,
    question="How is it taken?",
    status="submitted",
    json='{"id": "a1"}',
    citations=(
        KeptCitation(1, MADE.id, MADE.sections[0].id, 0, 19, "Take it once daily."),
        KeptCitation(2, MADE.id, MADE.sections[1].id, 6, 10, "Rash"),
    ),
)


def test_an_answer_comes_back_whole(store: Store) -> None:
    put(store, MADE)
    store.keep_answer(ANSWER)
    assert store.answer("a1") == ANSWER


def test_an_answer_is_kept_once_and_never_changed(store: Store) -> None:
    put(store, MADE)
    store.keep_answer(ANSWER)
    store.keep_answer(ANSWER)
    assert store.stats().answers == 1
    with pytest.raises(Inconsistent, match="never changed"):
        store.keep_answer(replace(ANSWER, json='{"id": "a1", "question": ""}'))


def test_answers_come_the_newest_first(store: Store) -> None:
    put(store, MADE)
    east = timezone(timedelta(hours=9))
    for number, moment in (("a1", NOON), ("a2", NOON.astimezone(east) + timedelta(seconds=1))):
        store.keep_answer(replace(ANSWER, id=number, created=moment))
    assert [answer.id for answer in store.answers()] == ["a2", "a1"]
    assert [answer.id for answer in store.answers(before=NOON + timedelta(milliseconds=1))] == ["a1"]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"quote": "Take it twice daily."}, "are 'Take it once daily.'"),
        ({"end": 18}, "are 'Take it once daily'"),
        ({"start": -45, "end": -26}, "quotes"),
        ({"section_id": "0" * 32}, "does not have"),
        ({"document_id": "spl:one@0000000000000000"}, "does not have"),
    ],
)
def test_a_quote_that_is_not_the_stored_characters_is_refused(
    store: Store, change: dict[str, object], what: str
) -> None:
    put(store, MADE)
    wrong = replace(ANSWER.citations[0], **change)  # type: ignore[arg-type]
    with pytest.raises(Inconsistent, match=what):
        store.keep_answer(replace(ANSWER, citations=(wrong,)))
    assert store.answers() == ()


def test_a_quote_stays_true_when_a_newer_version_comes(store: Store) -> None:
    put(store, MADE)
    put(store, document(version="2", text="Take it twice daily."))
    store.keep_answer(ANSWER)
    citation = store.answer("a1").citations[0]
    assert store.section(citation.section_id).text[citation.start : citation.end] == citation.quote
