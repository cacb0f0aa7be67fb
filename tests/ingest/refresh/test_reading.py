"""Items read once, as far as there is room for what was read."""

import pytest

from corpus.document import Document
from corpus.errors import UnreadableFile
from ingest.connectors.base import Fetched
from ingest.readers.base import PartlyUnreadable, RawFile
from ingest.refresh.reading import Reading
from tests.ingest.faking import read


class Counting:
    """Reads, and counts the files that were read by name."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, raw: RawFile) -> list[Document]:
        self.names.append(raw.name)
        return read(raw)


def item(name: str, text: str) -> Fetched:
    return Fetched(name, "1", RawFile(name, text.encode()))


def test_what_was_looked_at_is_not_read_again() -> None:
    counting = Counting()
    reading = Reading(counting)
    one, two = item("a", "pmid:1: one"), item("b", "pmid:2: two")
    reading.look(one)
    reading.look(two)
    assert [doc.key for one in (two, one) for doc in reading.take(one).documents] == ["pmid:2", "pmid:1"]
    assert counting.names == ["a", "b"]
    assert reading.take(one).documents == read(RawFile("a", b"pmid:1: one")), "it was not kept any longer"
    assert counting.names == ["a", "b", "a"]


def test_other_bytes_under_the_same_name_are_read() -> None:
    reading = Reading(read)
    reading.look(item("a", "pmid:1: one"))
    assert [doc.key for doc in reading.take(item("a", "pmid:2: two")).documents] == ["pmid:2"]


def test_what_there_is_no_room_for_is_read_again_and_room_comes_back() -> None:
    counting = Counting()
    reading = Reading(counting, room=12)
    small, large = item("small", "pmid:1: one"), item("large", "pmid:2: two and more")
    for one in (small, small, large, large):
        reading.look(one)
    for one in (large, small):
        reading.take(one)
    assert counting.names == ["small", "large", "large", "large"]
    reading.look(small)
    reading.take(small)
    assert counting.names[4:] == ["small"]


def test_what_can_be_read_of_a_file_is_kept_with_what_to_tell() -> None:
    def partly(raw: RawFile) -> list[Document]:
        raise PartlyUnreadable(read(RawFile(raw.name, b"pmid:1: one")), ["record 2 is cut off"])

    reading = Reading(partly)
    reading.look(item("a", ""))
    told = reading.take(item("a", ""))
    assert [doc.key for doc in told.documents] == ["pmid:1"]
    assert told.lines == ["1 of its 2 records cannot be read: record 2 is cut off"]


def test_a_fault_of_the_reader_is_an_unreadable_file() -> None:
    with pytest.raises(UnreadableFile, match=r"a fault of Curbside while reading it \(KeyError"):
        Reading(read).look(item("a", "pmid:1: crash"))


def test_an_item_with_no_file_has_nothing_in_it() -> None:
    reading = Reading(read)
    nothing = Fetched("a", "1", None)
    reading.look(nothing)
    assert reading.take(nothing).documents == []
