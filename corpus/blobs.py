"""Raw bytes as they were fetched, kept in a folder under their SHA-256."""

import hashlib
import os
import tempfile
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
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if path.exists() and path.stat().st_size == len(data):
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        _sync_folder(path.parent)
        return sha256

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


def _sync_folder(folder: Path) -> None:
    """Make a rename in the folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
