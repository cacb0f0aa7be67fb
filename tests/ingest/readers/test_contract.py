"""What every reader promises, over every real file: a module in the folder is tested by being there."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.readers.base import RawFile, Reader, read_any, readers
from tests.ingest.readers.contract import check_document, read_or_refuse, real_files

READERS = [pytest.param(reader, id=reader.NAME) for reader in readers()]
# Reading long files again and again is for the readers' own tests.
MOST_BYTES = 60_000


@cache
def files_of(shared: Path) -> dict[str, list[RawFile]]:
    """Return the real files of each reader, smallest first, by the reader's name."""
    found: dict[str, list[RawFile]] = defaultdict(list)
    for raw in sorted(real_files(shared), key=lambda raw: (len(raw.data), raw.name)):
        for reader in readers():
            if reader.sniff(raw):
                found[reader.NAME].append(raw)
    return found


def small_files(shared: Path, reader: Reader, most: int) -> list[RawFile]:
    """Return readable small files of a reader; its smallest file where all are long."""
    own = [raw for raw in files_of(shared)[reader.NAME] if len(raw.data) <= MOST_BYTES and read_or_refuse(reader, raw)]
    return own[-most:] or files_of(shared)[reader.NAME][:1]


def variants(data: bytes) -> Iterator[bytes]:
    """Yield cut-off, emptied, re-encoded and damaged versions of a file."""
    for share in (0.01, 0.3, 0.6, 0.9, 0.99):
        yield data[: int(len(data) * share)]
    yield b""
    yield b" \n\t"
    yield data[len(data) // 2 :]
    yield data.replace(b"e", b"\xe9")
    yield data.replace(b" ", b"\x00", 50)
    yield b"\xef\xbb\xbf" + data
    yield data.decode("latin-1").encode("utf-16")
    yield data + data
    yield data.replace(b">", b">&#0;", 3)


def test_a_file_is_claimed_by_one_reader_at_most(shared: Path) -> None:
    claims = {raw.name: [reader.NAME for reader in readers() if reader.sniff(raw)] for raw in real_files(shared)}
    assert {name: who for name, who in claims.items() if len(who) > 1} == {}
    assert sum(map(len, claims.values())) > 60


@pytest.mark.parametrize("reader", READERS)
def test_real_files_become_documents_that_keep_the_contract(shared: Path, reader: Reader) -> None:
    own = [raw for raw in files_of(shared)[reader.NAME] if len(raw.data) <= 3 * MOST_BYTES]
    documents = [document for raw in own for document in read_or_refuse(reader, raw)]
    for document in documents:
        check_document(document)


@pytest.mark.parametrize("reader", READERS)
def test_reading_again_gives_the_same_ids_under_any_name(shared: Path, reader: Reader) -> None:
    for raw in small_files(shared, reader, most=2):
        again = RawFile(raw.name, bytes(raw.data))
        first, second = read_or_refuse(reader, raw), read_or_refuse(reader, again)
        assert [document.id for document in first] == [document.id for document in second]
        assert [[s.id for s in d.sections] for d in first] == [[s.id for s in d.sections] for d in second]


@pytest.mark.parametrize("reader", READERS)
def test_damaged_files_are_refused_with_a_reason_or_read_right(shared: Path, reader: Reader) -> None:
    for raw in small_files(shared, reader, most=2):
        for data in variants(raw.data):
            damaged = RawFile(raw.name, data)
            assert reader.sniff(damaged) in (True, False)
            for document in read_or_refuse(reader, damaged):
                check_document(document)


@pytest.mark.parametrize("reader", READERS)
def test_files_of_other_formats_are_refused_with_a_reason(shared: Path, reader: Reader) -> None:
    for name, own in files_of(shared).items():
        if name != reader.NAME and own:
            read_or_refuse(reader, own[0])
    for data in (b"", b"\x00" * 100, b"<", b"{", b"[]", b"null", b"%PDF", b"---\n", b"<html></html>", b"\xff\xfe"):
        assert reader.sniff(RawFile("x.xml", data)) in (True, False)
        read_or_refuse(reader, RawFile("x.xml", data))


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edits=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)), min_size=1, max_size=6
    )
)
def test_no_changed_bytes_bring_another_exception(
    shared: Path, reader: Reader, edits: list[tuple[float, bytes]]
) -> None:
    raw = small_files(shared, reader, most=1)[0] if files_of(shared)[reader.NAME] else RawFile("x", b"text")
    data = bytearray(raw.data)
    for where, new in edits:
        at = int(where * len(data))
        data[at : at + len(new)] = new
    for document in read_or_refuse(reader, RawFile(raw.name, bytes(data))):
        check_document(document)


def test_every_real_file_is_read_or_refused_by_read_any(shared: Path) -> None:
    class Any:
        NAME = "any"

        def sniff(self, raw: RawFile) -> bool:
            return True

        def read(self, raw: RawFile) -> list:  # type: ignore[type-arg]
            return read_any(raw)

    unclaimed = [raw for raw in real_files(shared) if not any(reader.sniff(raw) for reader in readers())]
    assert unclaimed
    for raw in unclaimed:
        assert read_or_refuse(Any(), raw) == []
