"""Which modules are readers, and what becomes of bytes that none of them knows."""

import pytest

from corpus.errors import UnreadableFile
from ingest.readers.base import RawFile, read_any, readers
from ingest.readers.looks import looks_like


def test_every_module_with_the_three_parts_is_a_reader() -> None:
    names = [reader.NAME for reader in readers()]
    assert len(names) == len(set(names))
    assert all(names)


def test_an_empty_file_is_refused_as_empty() -> None:
    with pytest.raises(UnreadableFile, match="empty"):
        read_any(RawFile("label.xml", b""))


def test_unknown_bytes_are_refused_by_what_they_look_like() -> None:
    with pytest.raises(UnreadableFile, match="no reader for a PNG picture"):
        read_any(RawFile("label.xml", b"\x89PNG\r\n\x1a\n"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.4", "a PDF document"),
        (b"PK\x03\x04..", "zip"),
        (b"\xff\xfeh\x00i\x00", "UTF-16"),
        (b" \n\t", "white space"),
        (b"a\x00b", "binary"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><!-- x --><Thing a="1">', "<Thing>"),
        (b"<?xml version='1.0'?>", "without a root"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "entities"),
        (b' {"a": 1}', "JSON"),
        ("naïve".encode() * 1000, "plain text"),
        (b"na\xefve words", "not UTF-8"),
    ],
)
def test_bytes_are_described_by_their_beginning(data: bytes, words: str) -> None:
    assert words in looks_like(data)
