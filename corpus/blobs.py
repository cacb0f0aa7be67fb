"""Raw bytes as they were fetched, kept in a folder under their SHA-256."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import NotFound


class Blobs:
    """The folder of raw bytes: `ab/<64 hex digits>`, each file written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Return where the bytes of this hash lie, or would lie."""
        return self.folder / sha256[:2] / sha256

    def put(self, data: bytes) -> str:
        """Return the hash under which the data is now safely on disk; the same data is written once."""
        return self.put_all([data])[0]

    def put_all(self, files: Sequence[bytes]) -> list[str]:
        """Return the hash of each, once all are safely on disk.

        All are written before the first is waited for, and a folder is waited for once: most of what a disk is asked
        to make sure of it has then done already.
        """
        hashes = [hashlib.sha256(data).hexdigest() for data in files]
        missing = {name: data for name, data in zip(hashes, files, strict=True) if not self._is_held(name, data)}
        parts: dict[str, Path] = {}
        try:
            for name, data in missing.items():
                parts[name] = self._part(self.path(name).parent)
                parts[name].write_bytes(data)
            for name in missing:
                _sync(parts[name])
                parts[name].replace(self.path(name))
                del parts[name]
        finally:
            for part in parts.values():
                part.unlink(missing_ok=True)
        for folder in {self.path(name).parent for name in missing}:
            _sync(folder)  # so that the renames survive a power cut
        return hashes

    def _is_held(self, sha256: str, data: bytes) -> bool:
        path = self.path(sha256)
        return path.exists() and path.stat().st_size == len(data)

    def _part(self, folder: Path) -> Path:
        """Return a new, empty file of the folder, which another process makes none of."""
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".part-")
        os.close(handle)
        return Path(name)

    def get(self, sha256: str) -> bytes:
        """Return the bytes of this hash. Raises NotFound."""
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError:
            raise NotFound(f"no raw file {sha256} under {self.folder}") from None

    def problem(self, sha256: str, size: int) -> str | None:
        """Return what is wrong with a kept file, None where it is as it was; reads it in pieces."""
        path = self.path(sha256)
        if not path.is_file():
            return f"the raw file is missing: expected it at {path}"
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != sha256:
            return f"the raw file has changed: {path.stat().st_size} bytes with hash {found}, expected {size} bytes"
        return None


def _sync(path: Path) -> None:
    """Wait until a file, or what a folder lists, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
