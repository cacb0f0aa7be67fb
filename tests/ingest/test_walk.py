"""Paths lead to files, one at a time; what cannot be read is said, never raised."""

import gzip
import io
import lzma
import os
import tarfile
import tracemalloc
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from ingest.readers.base import RawFile
from ingest.unpack import MIB, Limits
from ingest.walk import Skipped, walk

SMALL = Limits(max_bytes=MIB, max_ratio=20, free_bytes=MIB)


def found(paths: Iterable[Path], limits: Limits = SMALL) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the files read by name, and what was skipped with its reason."""
    items = list(walk(paths, limits))
    read = {item.name: item.data for item in items if isinstance(item, RawFile)}
    return read, {item.name: item.reason for item in items if isinstance(item, Skipped)}


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def test_a_folder_is_read_by_name_and_hidden_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "in" / "b").mkdir(parents=True)
    (tmp_path / "in" / "b" / "two.xml").write_bytes(b"2")
    (tmp_path / "in" / "a.xml").write_bytes(b"1")
    (tmp_path / "in" / ".DS_Store").write_bytes(b"x")
    (tmp_path / "in" / ".git").mkdir()
    (tmp_path / "in" / ".git" / "config").write_bytes(b"x")
    read, skipped = found([tmp_path / "in"])
    assert list(read.items()) == [("in/a.xml", b"1"), ("in/b/two.xml", b"2")]
    assert list(skipped) == ["in/.DS_Store", "in/.git"]
    assert "hidden" in skipped["in/.git"]


def test_a_path_that_is_not_there_is_said_and_the_next_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"1")
    read, skipped = found([tmp_path / "none.xml", tmp_path / "a.xml"])
    assert read == {"a.xml": b"1"}
    assert "no such file" in skipped["none.xml"]


@pytest.mark.parametrize(
    ("name", "data", "inside"),
    [
        ("dump.zip", zipped({"one.xml": b"1", "sub/two.xml": b"2"}), {"one.xml": b"1", "sub/two.xml": b"2"}),
        ("dump.tar.gz", tarred({"one.xml": b"1", "two.xml": b"2"}), {"one.xml": b"1", "two.xml": b"2"}),
        ("dump.tgz", tarred({"one.xml": b"1"}), {"one.xml": b"1"}),
        ("dump.tar.xz", tarred({"one.xml": b"1"}, "w:xz"), {"one.xml": b"1"}),
        ("dump.tar", tarred({"one.xml": b"1"}, "w"), {"one.xml": b"1"}),
        ("one.xml.gz", gzip.compress(b"1"), {"one.xml": b"1"}),
        ("one.xml.xz", lzma.compress(b"1"), {"one.xml": b"1"}),
        ("no-suffix", zipped({"one.xml": b"1"}), {"one.xml": b"1"}),
        ("two.gz", gzip.compress(b"1") + gzip.compress(b"2"), {"two": b"12"}),
    ],
)
def test_archives_are_known_by_their_content_and_unpacked(
    tmp_path: Path, name: str, data: bytes, inside: dict[str, bytes]
) -> None:
    (tmp_path / name).write_bytes(data)
    assert found([tmp_path / name]) == ({f"{name}!{inner}": text for inner, text in inside.items()}, {})


def test_an_archive_within_an_archive_is_unpacked_and_the_third_is_not(tmp_path: Path) -> None:
    inner = zipped({"label.xml": b"1"})
    middle = zipped({"inner.zip": inner, "label.xml": b"2"})
    (tmp_path / "outer.zip").write_bytes(zipped({"middle.zip": middle, "page.gz": gzip.compress(b"3")}))
    read, skipped = found([tmp_path / "outer.zip"])
    assert read == {"outer.zip!middle.zip!label.xml": b"2", "outer.zip!page.gz!page": b"3"}
    assert list(skipped) == ["outer.zip!middle.zip!inner.zip"]
    assert "within" in skipped["outer.zip!middle.zip!inner.zip"]


def test_an_office_document_is_handed_on_whole(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(zipped({"[Content_Types].xml": b"<Types/>"}))
    assert list(found([tmp_path / "a.docx"])[0]) == ["a.docx"]


@pytest.mark.parametrize(
    "pack", [gzip.compress, lambda data: lzma.compress(data, preset=0), lambda data: zipped({"a": data})]
)
def test_a_bomb_is_stopped_before_it_fills_the_memory(tmp_path: Path, pack) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "bomb").write_bytes(pack(bytes(64 * MIB)))
    (tmp_path / "good.xml").write_bytes(b"1")
    tracemalloc.start()
    read, skipped = found([tmp_path / "bomb", tmp_path / "good.xml"], Limits(max_ratio=20, free_bytes=MIB))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read == {"good.xml": b"1"}
    assert "decompression bomb" in " ".join(skipped.values())
    assert peak < 24 * MIB


def test_many_members_that_are_a_bomb_together_are_stopped(tmp_path: Path) -> None:
    for name, data in (("a.zip", zipped), ("b.tgz", tarred)):
        (tmp_path / name).write_bytes(data({f"{n}.xml": bytes(MIB) for n in range(40)}))
        read, skipped = found([tmp_path / name], SMALL)
        assert len(read) < 20
        assert "bomb" in skipped[name]


def test_a_file_over_the_limit_is_named_with_the_setting(tmp_path: Path) -> None:
    big = os.urandom(2 * MIB)
    (tmp_path / "a.xml").write_bytes(big)
    (tmp_path / "b.gz").write_bytes(gzip.compress(big))
    (tmp_path / "c.zip").write_bytes(zipped({"big": big, "good": b"1"}))
    (tmp_path / "d.tgz").write_bytes(tarred({"big": big, "good": b"1"}))
    read, skipped = found([tmp_path])
    label = tmp_path.name
    assert list(read) == [f"{label}/c.zip!good", f"{label}/d.tgz!good"]
    assert list(skipped) == [f"{label}/{name}" for name in ("a.xml", "b.gz", "c.zip!big", "d.tgz!big")]
    assert all("max_file_mb" in reason for reason in skipped.values())


def test_truncated_and_damaged_archives_give_what_lies_before_the_damage(tmp_path: Path) -> None:
    whole = tarred({f"{n}.xml": os.urandom(20_000) for n in range(4)})
    gz = gzip.compress(os.urandom(1000))
    packed = zipped({"a.xml": b"some text" * 50, "b.xml": b"2"})
    for name, data in {
        "a.tgz": whole[: len(whole) // 2],
        "b.gz": gz[:-20],
        "c.gz": gz[:100] + b"\0" * 50 + gz[150:],
        "d.zip": packed[:-30],
        "e.zip": packed.replace(packed[40:50], bytes(10), 1),
        "f.xz": lzma.compress(b"1" * 1000)[:-10],
        "g.tar": tarred({"a.xml": b"1" * 2000}, "w")[:1500],
        "h.gz": gz[:5],
    }.items():
        (tmp_path / name).write_bytes(data)
    read, skipped = found([tmp_path])
    label = tmp_path.name
    assert f"{label}/a.tgz!0.xml" in read
    assert read[f"{label}/e.zip!b.xml"] == b"2"
    assert "cut short" in skipped[f"{label}/a.tgz"]
    assert "cut short" in skipped[f"{label}/b.gz"]
    assert "damaged" in skipped[f"{label}/c.gz"]
    assert "damaged or cut short" in skipped[f"{label}/d.zip"]
    assert "damaged" in skipped[f"{label}/e.zip!a.xml"]
    assert "cut short" in skipped[f"{label}/f.xz"]
    assert "cut short" in skipped[f"{label}/g.tar"]
    assert "cut short" in skipped[f"{label}/h.gz"]


def test_an_encrypted_member_is_said(tmp_path: Path) -> None:
    packed = bytearray(zipped({"a.xml": b"1"}))
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(packed)
    assert "encrypted" in found([tmp_path / "a.zip"])[1]["a.zip!a.xml"]


def test_links_are_followed_inside_the_folder_given_and_not_out_of_it(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    (inside / "sub").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.xml").write_bytes(b"s")
    (inside / "sub" / "a.xml").write_bytes(b"1")
    (inside / "link.xml").symlink_to(inside / "sub" / "a.xml")
    (inside / "loop").symlink_to(inside)
    (inside / "none").symlink_to(inside / "absent")
    (inside / "secret").symlink_to(outside / "secret.xml")
    (inside / "whole").symlink_to(outside)
    read, skipped = found([inside])
    assert read == {"in/link.xml": b"1", "in/sub/a.xml": b"1"}
    assert {name: reason.split(":")[0] for name, reason in skipped.items()} == {
        "in/loop": "a link to a folder that is read where it lies",
        "in/none": "a link that leads nowhere",
        "in/secret": "a link that leads out of the folder given",
        "in/whole": "a link that leads out of the folder given",
    }


def test_links_and_devices_within_an_archive_and_paths_that_climb_are_only_labels(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
        info = tarfile.TarInfo("../../climb.xml")
        info.size = 1
        archive.addfile(info, io.BytesIO(b"1"))
    (tmp_path / "a.tgz").write_bytes(packed.getvalue())
    read, skipped = found([tmp_path / "a.tgz"])
    assert read == {"a.tgz!../../climb.xml": b"1"}
    assert "not followed" in skipped["a.tgz!link"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.tgz"]


def test_a_pipe_and_a_name_with_control_characters_do_no_harm(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "red\x1b[31m.xml").write_bytes(b"1")
    read, skipped = found([tmp_path])
    assert list(read) == [f"{tmp_path.name}/red�[31m.xml"]
    assert skipped == {f"{tmp_path.name}/pipe": "not a regular file"}


def test_files_are_opened_one_at_a_time_as_they_are_asked_for(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_bytes(name.encode())
    walked = walk([tmp_path], SMALL)
    next(walked)
    (tmp_path / "b").write_bytes(b"written later")
    item = next(walked)
    assert isinstance(item, RawFile)
    assert item.data == b"written later"
