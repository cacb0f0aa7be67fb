"""The library moves over to what is published, and says so where it cannot."""

import threading
from pathlib import Path

import pytest

from corpus.errors import IndexMismatch, NotReady
from index.pointer import read_pointer
from qa.library import Shelf
from tests.index.corpora import WordEncoder
from tests.small_home import read_in


def test_nothing_published_is_said_with_the_command_that_publishes(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="curbside index"):
        Shelf(tmp_path, WordEncoder()).library()


def test_the_drugs_of_labels_are_known_by_brand_and_generic(small_home: Path) -> None:
    lexicon = Shelf(small_home, WordEncoder()).library().lexicon
    assert [mention.names for mention in lexicon.find("Sampla and examplumab")] == [("examplumab",), ("examplumab",)]


def test_the_same_library_is_given_until_another_snapshot_is_published(own_home: Path) -> None:
    shelf = Shelf(own_home, WordEncoder())
    first = shelf.library()
    assert shelf.library() is first
    read_in(own_home, WordEncoder(), dose=80)
    second = shelf.library()
    assert second is not first
    assert [second.snapshot.manifest.id, first.snapshot.manifest.id] == read_pointer(own_home)


def test_who_holds_the_old_library_reads_it_to_the_end(own_home: Path) -> None:
    shelf = Shelf(own_home, WordEncoder())
    old = shelf.library()
    read_in(own_home, WordEncoder(), dose=80)
    shelf.library()
    texts = [old.snapshot.section_of(row).text for row in range(len(old.snapshot))]
    assert any("70 mg" in text for text in texts)
    assert not any("80 mg" in text for text in texts)


def test_while_one_thread_opens_the_new_snapshot_the_others_get_the_old_one(own_home: Path) -> None:
    shelf = Shelf(own_home, WordEncoder())
    old = shelf.library()
    opening, go_on = threading.Event(), threading.Event()
    plain = shelf._open

    def slow() -> object:
        opening.set()
        assert go_on.wait(10)
        return plain()

    shelf._open = slow  # type: ignore[method-assign, assignment]
    read_in(own_home, WordEncoder(), dose=80)
    thread = threading.Thread(target=shelf.library)
    thread.start()
    assert opening.wait(10)
    assert shelf.library() is old
    go_on.set()
    thread.join(10)
    assert shelf.library() is not old


def test_a_snapshot_of_another_encoder_is_refused_for_every_question_until_one_fits(own_home: Path) -> None:
    encoder = WordEncoder()
    shelf = Shelf(own_home, encoder)
    shelf.library()
    read_in(own_home, WordEncoder("words/2"))
    for _ in range(2):
        with pytest.raises(IndexMismatch, match=r"words/2.*words/1.*curbside index"):
            shelf.library()
    read_in(own_home, encoder)
    assert shelf.library().snapshot.manifest.encoder == "words/1"


def test_without_the_drug_names_it_says_what_to_run(own_home: Path) -> None:
    (own_home / "models" / "drug-names.json").unlink()
    with pytest.raises(NotReady, match="curbside setup"):
        Shelf(own_home, WordEncoder()).library()
