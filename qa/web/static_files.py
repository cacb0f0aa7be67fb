"""Style sheets, scripts and images: served from memory, under an address that changes with their content."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from fastapi import APIRouter, Request
from fastapi.responses import Response

from corpus.errors import NotFound

FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file: its bytes, as they are and as gzip, its media type, and 12 hex digits of its SHA-256."""

    data: bytes
    zipped: bytes
    media_type: str
    version: str


class StaticFiles:
    """The files of qa/web/static by path, read once."""

    def __init__(self) -> None:
        self._files: Mapping[str, StaticFile] = dict(_read(files("qa.web") / "static", ""))

    def url(self, path: str) -> str:
        """Return a file's address, its content's hash in it. Raises NotFound."""
        return f"/static/{path}?v={self.get(path).version}"

    def get(self, path: str) -> StaticFile:
        """Return a file. Raises NotFound."""
        try:
            return self._files[path]
        except KeyError:
            raise NotFound(f"there is no static file {path!r}") from None

    def router(self) -> APIRouter:
        """Return the route that serves them: for good under the hash that they have, with a check under any other."""
        router = APIRouter(include_in_schema=False)

        @router.api_route("/static/{path:path}", methods=["GET", "HEAD"])
        def static(request: Request, path: str, v: str = "") -> Response:
            file = self.get(path)
            tag = f'"{file.version}"'
            headers = {
                "cache-control": FOREVER if v == file.version else ASK_AGAIN,
                "etag": tag,
                "vary": "accept-encoding",
            }
            if request.headers.get("if-none-match") == tag:
                return Response(status_code=304, headers=headers)
            if "gzip" not in request.headers.get("accept-encoding", ""):
                return Response(file.data, media_type=file.media_type, headers=headers)
            return Response(file.zipped, media_type=file.media_type, headers=headers | {"content-encoding": "gzip"})

        return router


def _read(folder: Traversable, prefix: str) -> list[tuple[str, StaticFile]]:
    found = []
    for entry in folder.iterdir():
        path = f"{prefix}{entry.name}"
        if entry.is_dir():
            found += _read(entry, f"{path}/")
        else:
            data = entry.read_bytes()
            suffix = f".{entry.name.rpartition('.')[2]}"
            media = _TYPES.get(suffix) or mimetypes.guess_type(entry.name)[0] or "text/plain"
            found.append(
                (path, StaticFile(data, gzip.compress(data, mtime=0), media, hashlib.sha256(data).hexdigest()[:12]))
            )
    return found
