"""CURRENT: which snapshot is served, and which ones a rollback goes back to."""

import os
import re
from pathlib import Path

from corpus.errors import Inconsistent

_ID = re.compile(r"[0-9a-f]{16}")


def read_pointer(home: Path) -> list[str]:
    """Return the ids of the snapshots, the one served first, then those before it; [] where none was published."""
    path = home / "CURRENT"
    try:
        ids = path.read_bytes().decode("ascii", "replace").split()
    except FileNotFoundError:
        return []
    if not ids or any(_ID.fullmatch(one) is None for one in ids):
        raise Inconsistent(f"{path} does not name snapshots: delete it and run `curbside index`")
    return ids


def move_pointer(home: Path, ids: list[str]) -> None:
    """Replace CURRENT in one step: whoever reads it sees the old or the new."""
    path = home / "CURRENT"
    fresh = home / "CURRENT.tmp"
    with fresh.open("w", encoding="ascii") as file:
        file.write("".join(f"{one}\n" for one in ids))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(home)


def snapshots_folder(home: Path) -> Path:
    """Return the folder that holds one folder a snapshot."""
    return home / "snapshots"


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
