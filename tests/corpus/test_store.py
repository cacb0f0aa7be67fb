"""The store keeps every version whole, and knows which one to answer from."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa

from corpus.database import WRITES
from corpus.document import Block, Integrity, Role, Section, SourceKind
from corpus.errors import BadInput, Inconsistent, NotFound
from corpus.records import Outcome
from corpus.store import Store
from tests.corpus.making import TODAY, document, put, whole
from tests.postgres import OpenStore


def test_a_document_comes_back_as_it_was_given(store: Store) -> None:
    made = document(year=2024, effective="2024-05", version="3", authors=("A. Author",), design="guideline grade B")
    assert put(store, made).outcome is Outcome.NEW
    assert store.get("spl:one") == made
    assert store.get(made.id) == made


def test_a_section_and_a_passage_are_found_by_their_ids(store: Store) -> None:
    made = document()
    put(store, made)
    passage = whole(made)[1]
    place = store.passage(passage.id)
    assert store.section(made.sections[1].id) == made.sections[1]
    assert (place.document, place.passage) == (made, passage)
    assert place.passage.text == "Fever"


def test_what_is_not_held_is_not_found(store: Store) -> None:
    for ask in (store.get, store.section, store.passage, store.answer):
        with pytest.raises(NotFound):
            ask("spl:none")


def test_the_same_document_again_is_unchanged_and_its_second_name_is_remembered(store: Store) -> None:
    made = document()
    put(store, made)
    before = store.fingerprint()
    origin = store.keep_raw(b"raw", name="other-name.xml", retrieved=TODAY)
    assert store.add(made, origin=origin, passages=whole(made), splitter="whole").outcome is Outcome.UNCHANGED
    assert store.fingerprint() == before
    with store.engine.connect() as connection:
        names = connection.execute(sa.text("SELECT name FROM retrievals ORDER BY name")).scalars().all()
    assert names == ["one.xml", "other-name.xml"]
    assert store.stats().raw_files == 1


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


def test_another_splitter_replaces_the_passages_and_the_fingerprint_tells(store: Store) -> None:
    made = document()
    put(store, made)
    before = store.fingerprint()
    assert [split.document.key for split in store.current_split(not_by="other")] == ["spl:one"]
    store.set_passages(made.id, whole(made)[:1], "other")
    assert list(store.current_split(not_by="other")) == []
    assert store.get_split("spl:one").passages == whole(made)[:1]
    assert store.splitter_of(made.id) == "other"
    assert store.fingerprint() != before


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"text": "Take"}, "does not hold the characters"),
        ({"id": "0" * 24}, "does not follow"),
        ({"end": 4000}, "its section 45"),
        ({"section": 7}, "the document has 2"),
        ({"sentences": ()}, "no sentences"),
    ],
)
def test_passages_that_are_not_the_sections_own_characters_are_refused(
    store: Store, change: dict[str, object], what: str
) -> None:
    made = document()
    wrong = replace(whole(made)[0], **change)  # type: ignore[arg-type]
    origin = store.keep_raw(b"raw", name="one.xml", retrieved=TODAY)
    with pytest.raises(Inconsistent, match=what):
        store.add(made, origin=origin, passages=[wrong], splitter="whole")
    assert store.stats().versions == 0


def test_overlapping_blocks_and_text_that_no_database_takes_are_refused(store: Store) -> None:
    overlap = Section(("A",), "abcdef", blocks=(Block(Role.ITEM, 0, 4), Block(Role.ITEM, 3, 6)))
    for section, what in ((overlap, "begins at 3"), (Section(("A",), "a\0b"), "NUL"), (Section((), "\ud800"), "half")):
        with pytest.raises(Inconsistent, match=what):
            put(store, document(sections=(section,)))


def test_the_database_itself_refuses_to_change_what_never_changes(store: Store) -> None:
    put(store, document())
    writing = store.engine.execution_options(**WRITES)
    for statement in (
        "UPDATE sections SET text = 'other'",
        "DELETE FROM sections",
        "UPDATE documents SET title = 'other'",
        "DELETE FROM documents",
        "UPDATE integrity_changes SET why = 'other'",
        "DELETE FROM raws",
    ):
        with pytest.raises(sa.exc.IntegrityError, match="never"), writing.begin() as connection:
            connection.execute(sa.text(statement))


def test_documents_come_by_key_over_many_batches_with_their_own_passages(store: Store) -> None:
    keys = [f"pmid:{n:03}" for n in range(70)]
    for key in reversed(keys):
        put(store, document(key, text=f"About {key}.", kind=SourceKind.RESEARCH))
    put(store, document("spl:one"))
    found = list(store.current_split())
    assert [split.document.key for split in found] == [*keys, "spl:one"]
    assert all(split.passages == whole(split.document) for split in found)
    assert [version.key for version in store.versions(kind=SourceKind.LABEL)] == ["spl:one"]
    assert [made.key for made in store.current()] == [*keys, "spl:one"]


def test_the_fingerprint_does_not_depend_on_the_order_of_arrival(open_store: OpenStore) -> None:
    prints = set()
    for order in (("a:1", "a:2", "b:1"), ("b:1", "a:2", "a:1")):
        store = open_store(order[0].replace(":", ""))
        for key in order:
            put(store, document(key))
        prints.add(store.fingerprint())
    assert len(prints) == 1


def test_stats_count_current_versions_and_everything_kept(store: Store) -> None:
    put(store, document(version="1"), raw=b"one")
    put(store, document(version="2", text="Take it twice daily."), raw=b"three")
    put(store, document("pmid:1", kind=SourceKind.RESEARCH, integrity=Integrity.RETRACTED))
    stats = store.stats()
    assert stats.documents == {"label": 1, "research": 1}
    assert stats.integrity == {"current": 1, "retracted": 1}
    assert (stats.versions, stats.sections, stats.passages, stats.answers) == (3, 3, 4, 0)
    assert (stats.raw_files, stats.raw_bytes) == (3, len(b"onethreeraw"))


def test_a_second_opening_finds_everything_and_a_dead_transaction_leaves_nothing(open_store: OpenStore) -> None:
    with open_store() as store:
        put(store, document())
        origin = replace(store.keep_raw(b"raw", name="two.xml", retrieved=TODAY), raw_sha256=None)  # type: ignore[arg-type]
        with pytest.raises(sa.exc.IntegrityError):
            store.add(document("spl:two"), origin=origin)
    with open_store() as store:
        assert [version.key for version in store.versions()] == ["spl:one"]
        assert store.integrity_history("spl:two") == ()


def test_threads_that_write_at_once_wait_for_each_other(store: Store) -> None:
    def write(n: int) -> None:
        for m in range(5):
            put(store, document(f"pmid:{n}{m}"))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    assert store.stats().documents == {"label": 20}


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
