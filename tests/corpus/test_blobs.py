"""Raw bytes are kept whole under their hash."""

import hashlib
from pathlib import Path

import pytest

from corpus.blobs import Blobs
from corpus.errors import NotFound


def test_bytes_lie_under_the_first_two_digits_of_their_hash(tmp_path: Path) -> None:
    sha256 = Blobs(tmp_path).put(b"label")
    assert sha256 == hashlib.sha256(b"label").hexdigest()
    assert (tmp_path / sha256[:2] / sha256).read_bytes() == b"label"
    assert Blobs(tmp_path).get(sha256) == b"label"


def test_the_same_bytes_are_written_once(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    path = blobs.path(blobs.put(b"label"))
    before = path.stat()
    blobs.put(b"label")
    assert path.stat().st_ino == before.st_ino
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 1


def test_a_file_cut_short_is_written_again(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    path = blobs.path(blobs.put(b"label"))
    path.write_bytes(b"lab")
    blobs.put(b"label")
    assert path.read_bytes() == b"label"


def test_several_are_kept_at_once_each_once(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    held = blobs.put(b"label")
    found = blobs.put_all([b"one", b"label", b"two", b"one"])
    assert found == [hashlib.sha256(data).hexdigest() for data in (b"one", b"label", b"two", b"one")]
    assert found[1] == held and [blobs.get(name) for name in found] == [b"one", b"label", b"two", b"one"]
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 3


def test_a_file_that_cannot_be_written_leaves_no_part_of_any(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    refused = blobs.path(hashlib.sha256(b"two").hexdigest())
    refused.mkdir(parents=True)  # a folder stands where the file must go
    (refused / "inside").touch()
    with pytest.raises(OSError, match="directory"):
        blobs.put_all([b"one", b"two"])
    assert not list(tmp_path.rglob(".part-*"))


def test_a_missing_and_a_changed_file_are_told_apart(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    sha256 = blobs.put(b"label")
    assert blobs.problem(sha256, 5) is None
    blobs.path(sha256).write_bytes(b"lobel")
    assert "has changed" in str(blobs.problem(sha256, 5))
    blobs.path(sha256).unlink()
    assert "missing" in str(blobs.problem(sha256, 5))
    with pytest.raises(NotFound):
        blobs.get(sha256)
