"""Versions that are added together are stored as one after another would be, and one at fault keeps none out."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from corpus import notices
from corpus.document import Document, Integrity
from corpus.errors import Busy, Inconsistent
from corpus.notices import Said
from corpus.records import Added, Arrival, Outcome
from corpus.store import Store
from corpus.verify import verify
from tests.corpus.making import TODAY, document, put, whole
from tests.postgres import OpenStore

HELD = document("spl:held", "Held already.", version="1")
ARRIVED = (
    document("spl:new", "One."),
    HELD,
    document("spl:twice", "First.", version="1"),
    document("spl:spoken", "Cited.", identifiers=(("pmid", "11"),)),
    document("spl:twice", "Second.", version="2"),
    document("spl:held", "Held anew.", version="2"),
    document("spl:also-new", "One."),
    document("spl:retracted", "Gone.", integrity=Integrity.RETRACTED, notice="by its journal"),
)


def arrivals(store: Store, made: tuple[Document, ...]) -> list[Arrival]:
    named = [(f"{n}.xml", f"raw {n // 2}".encode()) for n in range(len(made))]
    origins = store.keep_all_raw(named, retrieved=TODAY)
    return [Arrival(one, origin, whole(one), "whole") for one, origin in zip(made, origins, strict=True)]


def prepare(store: Store) -> None:
    put(store, HELD)
    notices.keep(store.engine, [Said(("pmid", "11"), Integrity.RETRACTED, "its notice")])


def test_added_together_is_added_one_after_another(open_store: OpenStore) -> None:
    one, many = open_store("one"), open_store("many")
    for store in (one, many):
        prepare(store)
    singly = [
        one.add(a.document, origin=a.origin, passages=a.passages, splitter=a.splitter) for a in arrivals(one, ARRIVED)
    ]
    assert many.add_all(arrivals(many, ARRIVED)) == singly
    assert [added.outcome for added in singly] == [
        Outcome.NEW,
        Outcome.UNCHANGED,
        Outcome.NEW,
        Outcome.NEW,
        Outcome.NEW_VERSION,
        Outcome.NEW_VERSION,
        Outcome.NEW,
        Outcome.NEW,
    ]
    assert list(many.current_split()) == list(one.current_split())
    assert many.fingerprint() == one.fingerprint()
    assert many.stats() == one.stats()
    assert many.get("spl:spoken").integrity is Integrity.RETRACTED
    for key in ("spl:new", "spl:twice", "spl:retracted"):
        assert [(v.id, v.raw_sha256) for v in many.versions(key)] == [(v.id, v.raw_sha256) for v in one.versions(key)]
        was = [(change.was, change.became, change.why) for change in one.integrity_history(key)]
        assert [(change.was, change.became, change.why) for change in many.integrity_history(key)] == was
    assert list(verify(many)) == []


def test_one_that_breaks_its_promises_says_why_and_the_others_go_in(store: Store) -> None:
    good, bad, other = arrivals(store, (*ARRIVED[:1], document("spl:bad"), *ARRIVED[2:3]))
    found = store.add_all([good, replace(bad, passages=whole(document("spl:else"))), other])
    assert [type(one) for one in found] == [Added, Inconsistent, Added]
    assert "spl:bad cannot be stored" in str(found[1])
    assert [version.key for version in store.versions()] == ["spl:new", "spl:twice"]


def test_nothing_of_any_is_stored_where_the_database_fails_midway(store: Store) -> None:
    made = arrivals(store, ARRIVED)
    with store.writing() as connection:  # what is written last has no place
        connection.execute(sa.text("ALTER TABLE retrievals RENAME TO elsewhere"))
    with pytest.raises((Busy, sa.exc.DBAPIError)):
        store.add_all(made)
    assert list(store.versions()) == []


def test_no_arrival_is_nothing(store: Store) -> None:
    assert store.add_all([]) == []
    assert store.splitters_of([]) == {}
