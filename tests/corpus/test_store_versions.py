"""Which version of a publication is current, whatever arrives in whatever order."""

from dataclasses import replace

from corpus.document import Integrity
from corpus.records import Outcome
from corpus.store import Store
from tests.corpus.making import TODAY, document, put, whole
from tests.postgres import OpenStore


def test_a_newer_version_takes_the_place_of_the_older_which_stays_readable(store: Store) -> None:
    old = document(version="1", effective="2023-01-01")
    new = document(version="2", effective="2024-01-01", text="Take it twice daily.")
    put(store, old)
    assert put(store, new).outcome is Outcome.NEW_VERSION
    assert store.get("spl:one") == new
    assert store.get(old.id) == replace(old, integrity=Integrity.SUPERSEDED)
    assert [version.id for version in store.versions("spl:one")] == [old.id, new.id]
    assert [split.document for split in store.current_split()] == [new]


def test_an_older_version_that_arrives_late_is_kept_but_does_not_become_current(store: Store) -> None:
    old = document(version="9", effective="2023-01-01")
    new = document(version="10", effective="2024-01-01", text="Take it twice daily.")
    put(store, new)
    added = put(store, old)
    assert added.outcome is Outcome.OLDER_VERSION
    assert new.id in added.note
    assert store.get("spl:one") == new
    assert store.get(old.id).integrity is Integrity.SUPERSEDED


def test_an_older_version_that_is_held_changes_nothing_when_it_arrives_again(store: Store) -> None:
    old, new = document(version="1"), document(version="2", text="Take it twice daily.")
    put(store, old)
    put(store, new)
    before = store.fingerprint()
    added = put(store, old)
    assert added.outcome is Outcome.UNCHANGED
    assert "older" in added.note
    assert store.get("spl:one") == new
    assert store.fingerprint() == before


def test_an_excerpt_without_a_version_never_hides_the_label_in_either_order(open_store: OpenStore) -> None:
    label, excerpt = document(version="11", effective="2014-01-13"), document(text="Take it.")
    for order in ((label, excerpt), (excerpt, label)):
        store = open_store(order[0].content_hash)
        for made in order:
            put(store, made, raw=made.id.encode())
        assert store.get("spl:one") == label
        assert store.stats().versions == 2


def test_versions_share_the_sections_that_did_not_change(store: Store) -> None:
    put(store, document(version="1"))
    put(store, document(version="2"))
    assert store.stats().sections == 2
    assert store.stats().versions == 2


def test_what_a_source_gives_now_takes_the_place_of_what_it_gave_before(store: Store) -> None:
    before, shorter = (
        document(version="3", text="Take it once daily. With milk."),
        document(version="3", text="Take it."),
    )
    put(store, before)
    assert put(store, shorter, raw=b"elsewhere").outcome is Outcome.OLDER_VERSION
    now = document(version="3", text="Take it twice.")
    origin = store.keep_raw(b"now", name="one.json", retrieved=TODAY)
    added = store.add(now, origin=origin, passages=whole(now), splitter="whole", replaces=before.id)
    assert (added.outcome, store.get("spl:one").id) == (Outcome.NEW_VERSION, now.id)


def test_what_a_source_gives_now_is_held_against_the_rules_where_what_it_gave_before_is_not_current(
    store: Store,
) -> None:
    first, newer = document(version="3", text="Take it once daily. With milk."), document(version="4")
    put(store, first)
    put(store, newer, raw=b"newer")
    again = document(version="3", text="Take it.")
    origin = store.keep_raw(b"again", name="one.json", retrieved=TODAY)
    added = store.add(again, origin=origin, passages=whole(again), splitter="whole", replaces=first.id)
    assert (added.outcome, store.get("spl:one").id) == (Outcome.OLDER_VERSION, newer.id)


def test_a_source_may_go_back_to_a_version_that_is_held(store: Store) -> None:
    first, second = document(version="3"), document(version="4", text="Take it twice.")
    put(store, first)
    put(store, second, raw=b"second")
    assert put(store, first).outcome is Outcome.UNCHANGED
    origin = store.keep_raw(b"raw", name="one.xml", retrieved=TODAY)
    added = store.add(first, origin=origin, passages=whole(first), splitter="whole", replaces=second.id)
    assert (added.outcome, store.get("spl:one").id) == (Outcome.NEW_VERSION, first.id)
    assert [version.is_current for version in store.versions("spl:one")] == [True, False]
