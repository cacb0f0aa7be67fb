"""The store keeps every document whole, refuses what is not sound, and is one store for all who write."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa

from corpus.database import WRITES
from corpus.document import Block, Integrity, Role, Section, SourceKind
from corpus.errors import Inconsistent, NotFound
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
