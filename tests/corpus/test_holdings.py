"""What is held and which answers are shown first, as rows, the same on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from corpus import holdings, recent, reviews
from corpus.document import Integrity, SourceKind
from corpus.reviews import Event, Version
from corpus.store import Store
from corpus.transactions import writing
from tests.corpus.making import document, put
from tests.corpus.test_reviews import HASH, NOON
from tests.corpus.test_stale import DAILY, MILK, V1, answer


@pytest.fixture
def held(store: Store) -> Store:
    """Return a store with a label in two versions, another label, and a study."""
    put(store, document("spl:one", version="1"), retrieved=date(2026, 10, 1))
    put(store, document("spl:one", "Take it twice daily.", version="2"), retrieved=date(2026, 11, 1))
    put(store, document("spl:two", title="Zetamab 100%", drugs=("zetamab",), brands=("Brandname",)))
    put(store, document("pmid:3", kind=SourceKind.RESEARCH, title="a trial", body="Journal of Samples"))
    return store


def test_kinds_are_counted_with_the_dates_of_what_is_current(held: Store) -> None:
    with held.engine.connect() as connection:
        label, study = holdings.kinds_held(connection)
    assert (label.kind, label.publications, label.versions) == (SourceKind.LABEL, 2, 3)
    assert (label.oldest, label.newest) == (date(2026, 11, 1), date(2026, 11, 23))
    assert (study.kind, study.publications, study.versions) == (SourceKind.RESEARCH, 1, 1)


@pytest.mark.parametrize(
    ("kind", "words", "keys"),
    [
        (None, "", ["pmid:3", "spl:one", "spl:two"]),
        (SourceKind.LABEL, "", ["spl:one", "spl:two"]),
        (None, "EXAMPLUMAB", ["pmid:3", "spl:one"]),
        (None, "brandname", ["spl:two"]),
        (None, "samples trial", ["pmid:3"]),
        (None, "100%", ["spl:two"]),
        (None, "%", ["spl:two"]),
        (None, "samples zetamab", []),
    ],
)
def test_documents_are_found_by_title_drug_brand_and_publisher(
    held: Store, kind: SourceKind | None, words: str, keys: list[str]
) -> None:
    with held.engine.connect() as connection:
        assert [one.key for one in holdings.holdings(connection, kind, words, limit=9)] == keys
        assert holdings.count(connection, kind, words) == len(keys)


def test_documents_come_in_pages_as_they_stand_now(held: Store) -> None:
    held.set_integrity("spl:two", Integrity.WITHDRAWN, "withdrawn by its maker")
    with held.engine.connect() as connection:
        [last] = holdings.holdings(connection, limit=2, offset=2)
        [first, _] = holdings.holdings(connection, limit=2)
    assert (last.key, last.integrity, last.versions) == ("spl:two", Integrity.WITHDRAWN, 1)
    assert first.title == "a trial"


@pytest.fixture
def asked(store: Store) -> Store:
    """Return a store with five answers: one asked twice, one refused, one replaced by a reviewer."""
    put(store, V1)
    questions = {"old": "Daily?", "new": "Daily?", "milk": "Milk?", "edited": "Milk?", "no": "Why?"}
    for minute, (name, question) in enumerate(questions.items()):
        made = answer(name, MILK if question == "Milk?" else DAILY)
        status = "refused" if name == "no" else "answered"
        store.keep_answer(replace(made, question=question, status=status, created=NOON + timedelta(minutes=minute)))
    with writing(store.engine) as connection:
        reviews.link(connection, Version("edited", "milk", "milk", 2, NOON, "anna", "edited"))
    return store


def test_the_latest_answers_are_each_question_once_without_refusals_and_what_was_replaced(asked: Store) -> None:
    with asked.engine.connect() as connection:
        assert recent.latest(connection, 9) == ("edited", "new")
        assert recent.latest(connection, 1) == ("edited",)


def test_what_was_approved_last_comes_first_and_once(asked: Store) -> None:
    with writing(asked.engine) as connection:
        for name, step, kind in (("old", 1, "approved"), ("milk", 1, "comment"), ("new", 1, "approved")):
            reviews.append(connection, Event(name, step, NOON + timedelta(hours=step), "anna", kind, HASH, {}))
        reviews.append(connection, Event("old", 2, NOON + timedelta(hours=5), "anna", "approved", HASH, {}))
    with asked.engine.connect() as connection:
        assert recent.approved(connection, 9) == ("old", "new")


def test_the_answers_that_cite_a_publication_are_counted_once_each(asked: Store) -> None:
    with asked.engine.connect() as connection:
        total, latest = holdings.citing(connection, V1.key, 2)
        assert holdings.citing(connection, "spl:none", 2) == (0, ())
    assert total == 5
    assert [one.answer_id for one in latest] == ["no", "edited"]
