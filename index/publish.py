"""Publish: a corpus becomes the snapshot that is served, by one atomic move; and back again."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import Busy, CurbsideError, NotFound
from corpus.passage import SplitDocument
from index.build import Progress, build
from index.encoders.base import Encoder
from index.engines.base import engine_class
from index.manifest import FORMAT, Manifest, files_of, read_manifest, snapshot_id, write_manifest
from index.pointer import move_pointer, read_pointer, snapshots_folder, sync_folder


def publish(
    home: Path,
    corpus: Iterable[SplitDocument],
    encoder: Encoder,
    *,
    corpus_fingerprint: str,
    engine: str = "faiss_by_size",
    keep: int = 3,
    wait_s: float = 600.0,
    progress: Progress | None = None,
) -> Manifest:
    """Return the manifest of the snapshot that is now served.

    The same corpus, encoder and engine give the same id, and a snapshot that is there already is
    not written again. `keep` older ones stay for `rollback`. A publish that is killed leaves what
    was served; its vectors are not encoded again. `progress` hears (stage, done, total), total 0
    where it is not known. Raises Busy where another process publishes for longer than `wait_s`.
    """
    engine_class(engine)
    name = snapshot_id(encoder, corpus_fingerprint, engine)
    with _publishing(home, wait_s):
        ids = read_pointer(home)
        manifest = _held(home, name)
        if manifest is None:
            manifest = _write(home, name, corpus, encoder, corpus_fingerprint, engine, progress or _silent)
        ids = [name, *(one for one in ids if one != name)][: keep + 1]
        if ids != read_pointer(home):
            move_pointer(home, ids)
        _remove_all_but(home, ids)
    return manifest


def rollback(home: Path, wait_s: float = 600.0) -> Manifest:
    """Return the manifest of the snapshot before, which is served again now. Raises NotFound where none is kept."""
    with _publishing(home, wait_s):
        ids = read_pointer(home)
        if len(ids) < 2:
            raise NotFound(f"no older snapshot is kept in {home}: there is nothing to go back to")
        manifest = read_manifest(snapshots_folder(home) / ids[1])
        move_pointer(home, ids[1:])
    return manifest


@contextmanager
def _publishing(home: Path, wait_s: float) -> Iterator[None]:
    folder = snapshots_folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=wait_s)
    except Timeout:
        raise Busy(f"another process is publishing in {home}: wait until it has ended") from None
    try:
        yield
    finally:
        lock.release()


def _held(home: Path, name: str) -> Manifest | None:
    """Return the manifest of a snapshot that is there and whole."""
    folder = snapshots_folder(home) / name
    if not folder.is_dir():
        return None
    try:
        return read_manifest(folder)
    except CurbsideError:
        shutil.rmtree(folder)  # damaged: it is built again
        return None


def _write(
    home: Path,
    name: str,
    corpus: Iterable[SplitDocument],
    encoder: Encoder,
    corpus_fingerprint: str,
    engine: str,
    progress: Progress,
) -> Manifest:
    folder = snapshots_folder(home) / name
    fresh = folder.with_suffix(".tmp")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    counts = build(fresh, corpus, encoder, engine, home, progress)
    manifest = Manifest(
        id=name,
        format=FORMAT,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        encoder=encoder.fingerprint,
        dim=encoder.dim,
        corpus=corpus_fingerprint,
        engine=engine,
        documents=counts.documents,
        passages=counts.passages,
        sentences=counts.sentences,
        files=files_of(fresh),
    )
    write_manifest(fresh, manifest)
    _sync(fresh)
    fresh.rename(folder)
    sync_folder(folder.parent)
    return manifest


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            sync_folder(path)
    sync_folder(folder)


def _remove_all_but(home: Path, ids: list[str]) -> None:
    """Remove snapshots that are kept no longer, and what killed publishes left."""
    for path in snapshots_folder(home).iterdir():
        if path.is_dir() and path.name not in ids:
            shutil.rmtree(path)


def _silent(stage: str, done: int, total: int) -> None:
    """Hear nothing."""
