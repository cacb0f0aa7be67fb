"""What is held of the versions cited: each as it stands now, with the current one where that is another."""

from pathlib import Path

import pytest

from corpus.document import Integrity
from corpus.errors import NotFound
from corpus.store import Store
from qa.web.held import held, held_of
from tests.index.corpora import WordEncoder
from tests.small_home import read_in


def test_an_older_version_names_the_newer_one_and_the_newer_one_none(own_home: Path) -> None:
    with Store.open(own_home) as store:
        old = store.get("label:examplumab").id
    read_in(own_home, WordEncoder(), dose=90)
    with Store.open(own_home) as store:
        new = store.get("label:examplumab").id
        assert old != new
        found = held_of(store, [new, old, new])
        assert list(found) == [new, old]
        newer = found[old].newer
        assert newer is not None and newer.id == new
        assert found[new].newer is None
        assert (found[old].document, found[new].document) == (store.get(old), store.get(new))


def test_a_version_stands_as_its_publication_stands_now(own_home: Path) -> None:
    with Store.open(own_home) as store:
        version = store.get("research:sample-trial").id
        assert (held(store, version).badge, held(store, version).study) == ("", "randomized trial")
        store.set_integrity("research:sample-trial", Integrity.CONCERN, "The editors ask for the data.")
        assert held(store, version).badge == "expression of concern"
        assert held(store, version).document.notice == "The editors ask for the data."


def test_what_is_not_held_is_not_found(own_home: Path) -> None:
    with Store.open(own_home) as store:
        for name in ("label:examplumab@0000", "label:examplumab", ""):
            with pytest.raises(NotFound, match="no version"):
                held(store, name)
        assert held_of(store, []) == {}
