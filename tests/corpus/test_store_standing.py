"""Where a publication stands in the store: graver by what arrives, lighter by hand alone."""

from dataclasses import replace

import pytest

from corpus.document import Integrity
from corpus.errors import BadInput, NotFound
from corpus.records import Outcome
from corpus.store import Store
from tests.corpus.making import document, put


def test_a_retraction_arrives_as_a_state_of_the_same_version(store: Store) -> None:
    made = document()
    put(store, made)
    before = store.fingerprint()
    added = put(store, replace(made, integrity=Integrity.RETRACTED, notice="Retracted 2026-11-01"))
    assert added.outcome is Outcome.NEW_STATE
    held = store.get("spl:one")
    assert (held.integrity, held.notice, held.id) == (Integrity.RETRACTED, "Retracted 2026-11-01", made.id)
    assert store.fingerprint() != before


def test_an_old_copy_does_not_undo_a_retraction(store: Store) -> None:
    made = document(version="1")
    put(store, replace(made, integrity=Integrity.RETRACTED, notice="Retracted"))
    assert put(store, made).outcome is Outcome.UNCHANGED
    assert store.get("spl:one").integrity is Integrity.RETRACTED
    assert put(store, document(version="2")).outcome is Outcome.NEW_VERSION
    assert store.get("spl:one").integrity is Integrity.RETRACTED
    assert store.get(made.id).integrity is Integrity.RETRACTED


def test_a_retraction_told_by_an_older_version_reaches_the_newer_one(store: Store) -> None:
    put(store, document(version="2"))
    put(store, document(version="1", integrity=Integrity.RETRACTED, notice="Retracted"))
    assert store.get("spl:one").integrity is Integrity.RETRACTED


def test_a_state_is_changed_by_hand_with_its_reason_and_its_history(store: Store) -> None:
    made = document()
    put(store, made)
    store.set_integrity("spl:one", Integrity.RETRACTED, "notice of the journal")
    store.set_integrity("spl:one", Integrity.CURRENT, "the notice was about another article")
    history = store.integrity_history("spl:one")
    assert [(change.was, change.became) for change in history] == [
        (None, Integrity.CURRENT),
        (Integrity.CURRENT, Integrity.RETRACTED),
        (Integrity.RETRACTED, Integrity.CURRENT),
    ]
    assert [change.why for change in history[1:]] == ["notice of the journal", "the notice was about another article"]
    assert all(change.at.tzinfo is not None for change in history)
    assert store.get("spl:one").sections == made.sections


def test_a_state_without_a_reason_or_of_one_version_is_refused(store: Store) -> None:
    made = document()
    put(store, made)
    with pytest.raises(BadInput, match="reason"):
        store.set_integrity("spl:one", Integrity.RETRACTED, " ")
    with pytest.raises(BadInput, match="give its key"):
        store.set_integrity(made.id, Integrity.RETRACTED, "because")
    with pytest.raises(NotFound):
        store.set_integrity("spl:none", Integrity.RETRACTED, "because")
