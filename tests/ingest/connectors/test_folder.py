"""Watched folders: what lies there, what is passed over, and what absence means."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from corpus.errors import Unavailable
from ingest.connectors.base import Fetched, Known
from ingest.connectors.folder import Folder, Follow
from tests.replay.folder import page


def watching(folder: Path, *paths: str) -> Folder:
    return Folder(Follow(paths=paths), folder)


def ids(folder: Folder) -> list[str]:
    return [item.id for item in folder.listed(Known({}))]


def test_ids_are_the_paths_as_the_collection_writes_them(tmp_path: Path) -> None:
    collection, beside = tmp_path / "collections", tmp_path / "guidelines"
    (beside / "deep").mkdir(parents=True)
    collection.mkdir()
    (beside / "a.md").write_bytes(page("a", "One."))
    (beside / "deep" / "b.md").write_bytes(page("b", "Two."))
    (collection / "c.md").write_bytes(page("c", "Three."))
    found = ids(watching(collection, "../guidelines/", "./c.md", "c.md"))
    assert found == ["../guidelines/a.md", "../guidelines/deep/b.md", "c.md"]
    assert ids(watching(collection, str(beside))) == [f"{beside}/a.md", f"{beside}/deep/b.md"]


def test_what_lies_under_two_paths_is_listed_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.md").write_bytes(page("b", "One."))
    assert ids(watching(tmp_path, "a", "a/b.md")) == ["a/b.md"]


def test_hidden_files_are_passed_over_unless_they_are_named(tmp_path: Path) -> None:
    (tmp_path / ".own").mkdir()
    (tmp_path / ".own" / "a.md").write_bytes(page("a", "One."))
    (tmp_path / ".own" / ".b.md").write_bytes(page("b", "Two."))
    assert ids(watching(tmp_path, ".own")) == [".own/a.md"]


def test_a_folder_that_is_not_there_is_a_failure_and_withdraws_nothing(tmp_path: Path) -> None:
    watched = watching(tmp_path, "absent")
    with pytest.raises(Unavailable, match="absent is not there: put it back"):
        ids(watched)
    with pytest.raises(Unavailable):
        list(watched.gone(["absent/a.md"]))


def test_a_file_that_cannot_be_read_says_why_and_is_not_gone(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "half.zip").write_bytes(b"PK\x03\x04 half an archive")
    (tmp_path / "a" / "link.md").symlink_to(tmp_path / "nowhere")
    watched = watching(tmp_path, "a")
    items = list(watched.listed(Known({})))
    reasons = {one.id: one.reason for one in watched.fetch(items)}
    assert list(reasons) == ["a/half.zip", "a/link.md"]
    assert "damaged or cut short" in reasons["a/half.zip"]
    assert reasons["a/link.md"] == "a link that leads nowhere"
    assert list(watched.gone(["a/half.zip!x.md", "a/link.md"])) == []


def test_what_is_watched_no_longer_is_not_gone(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.md").write_bytes(page("b", "One."))
    gone = watching(tmp_path, "a").gone(["a/b.md", "a/left.md", "other/c.md", "ab.md"])
    assert list(gone) == ["a/left.md"]


def test_a_file_that_goes_between_is_fetched_as_gone(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_bytes(page("b", "One."))
    watched = Folder(Follow(paths=(".",)), tmp_path)
    items = list(watched.listed(Known({})))
    assert [item.id for item in items] == ["./b.md"]
    (tmp_path / "b.md").unlink()
    (tmp_path / "c.md").write_bytes(page("c", "One."))
    assert list(watched.fetch(items)) == [Fetched("./b.md", "", None, gone=True)]
    assert list(watched.fetch([])) == []


@pytest.mark.parametrize("asked", [{}, {"paths": []}, {"paths": [" "]}, {"folders": ["a"]}])
def test_what_cannot_be_watched_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Follow.model_validate(asked)


def test_a_folder_that_is_empty_and_was_not_is_a_failure_unless_somebody_vouches_for_it(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    (tmp_path / "a" / "one.md").write_bytes(page("a", "One."))
    watched = watching(tmp_path, "a", "b")
    known = {"a/one.md": "before", "b/two.md": "before"}
    with pytest.raises(Unavailable, match="b is empty, and had 1 files before: see that its disk is mounted"):
        list(watched.listed(Known(known)))
    assert [item.id for item in watched.listed(Known(known, believe=True))] == ["a/one.md"]
