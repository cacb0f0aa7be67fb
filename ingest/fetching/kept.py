"""Answers of servers kept on disk: what a run has fetched it never asks for again, and what a server can confirm
as unchanged is not sent again.
"""

import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

# An answer with a validator that was not asked for in so long is let go.
KEEP_S = 90 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer: of which run, when, and what the server said; `body` lies beside it under its SHA-256."""

    run: str
    at: float
    address: str
    status: int
    headers: Mapping[str, str]
    sha256: str

    @property
    def validators(self) -> dict[str, str]:
        """Return the headers that ask whether the answer has changed (RFC 9110, 13.1); empty where it has none."""
        asks = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
        return {asks[name]: value for name, value in self.headers.items() if name in asks}


class KeptAnswers:
    """Answers in a folder, for one run. A killed process leaves whole answers or none."""

    def __init__(self, folder: Path, run: str) -> None:
        self._folder = folder
        self.run = run

    def get(self, key: str) -> tuple[Kept, bytes] | None:
        """Return the answer kept under a key, None where there is none that is whole."""
        try:
            kept = Kept(**json.loads(self._meta(key).read_bytes()))
            body = self._body(key).read_bytes()
        except (FileNotFoundError, ValueError, TypeError):
            return None
        return (kept, body) if hashlib.sha256(body).hexdigest() == kept.sha256 else None

    def put(self, key: str, kept: Kept, body: bytes) -> None:
        """Keep an answer: its body first, so that what names it is never ahead of it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        _write(self._body(key), body)
        _write(self._meta(key), json.dumps(asdict(kept), ensure_ascii=False).encode())

    def confirm(self, key: str, kept: Kept) -> None:
        """Note that the server has confirmed the answer in this run; its body is as it was."""
        _write(self._meta(key), json.dumps(asdict(kept), ensure_ascii=False).encode())

    def forget(self, key: str) -> None:
        """Drop an answer."""
        self._meta(key).unlink(missing_ok=True)
        self._body(key).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Drop what only this run needed, and what no run has asked for in KEEP_S."""
        for meta in self._folder.glob("*.json"):
            try:
                kept = Kept(**json.loads(meta.read_bytes()))
            except (ValueError, TypeError):
                kept = None
            if kept is None or not kept.validators or time.time() - kept.at > KEEP_S:
                meta.unlink(missing_ok=True)
                meta.with_suffix(".body").unlink(missing_ok=True)
        for body in self._folder.glob("*.body"):
            if not body.with_suffix(".json").exists():
                body.unlink(missing_ok=True)
        for left in self._folder.glob("*.tmp"):
            left.unlink(missing_ok=True)

    def _meta(self, key: str) -> Path:
        return self._folder / f"{_name(key)}.json"

    def _body(self, key: str) -> Path:
        return self._folder / f"{_name(key)}.body"


def _name(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def _write(path: Path, data: bytes) -> None:
    fresh = path.with_suffix(path.suffix + ".tmp")
    with fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
