"""What set-up has done in a data folder, and with what: a step whose ingredients are the same is not done again."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

NAME = "setup.json"


class Done:
    """The file setup.json of a data folder: step → fingerprint of what it was done with."""

    def __init__(self, home: Path) -> None:
        self._path = home / NAME

    def has(self, step: str, fingerprint: str) -> bool:
        """Return whether a step was done with these very ingredients."""
        return self._read().get(step) == fingerprint

    def note(self, step: str, fingerprint: str) -> None:
        """Note that a step was done."""
        fresh = self._path.with_suffix(".tmp")
        fresh.write_text(json.dumps(self._read() | {step: fingerprint}, indent=1) + "\n", encoding="utf-8")
        fresh.replace(self._path)

    def _read(self) -> dict[str, str]:
        """Return what is noted; nothing where the file is missing or damaged: the steps are then done again."""
        try:
            held = json.loads(self._path.read_bytes())
        except (FileNotFoundError, ValueError):
            return {}
        return held if isinstance(held, dict) else {}


def fingerprint(paths: Iterable[Path], *others: str) -> str:
    """Return 64 hex digits that change whenever a file, a source under a folder, or one of the other things changes."""
    whole = hashlib.sha256("\0".join(others).encode())
    for path in paths:
        for file in sorted(_sources(path)) if path.is_dir() else [path]:
            whole.update(f"\0{file.relative_to(path.parent)}\0".encode())
            whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def _sources(folder: Path) -> Iterable[Path]:
    """Yield code and Markdown; what Python compiles beside them does not count."""
    return (file for pattern in ("*.py", "*.md") for file in folder.rglob(pattern))
