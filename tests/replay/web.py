"""Pages on the web: HTML, Markdown and PDF, with ETags; pages change, and one may be gone for good."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.ingest.readers.pdf_maker import Text, column, make_pdf
from tests.replay.folder import page
from tests.replay.server import Reply, Request
from tests.replay.standing import StandIn

HTML = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Falls guideline</title></head>
<body><main><h1>Falls guideline</h1><p>{text}</p></main></body></html>"""
KINDS = {"html": "text/html; charset=utf-8", "md": "text/markdown", "pdf": "application/pdf"}


class Pages(StandIn):
    """Pages by path; None where one is gone. Without their ETag they are sent whole."""

    self_describing = False  # a page says neither where it was asked for nor where it ends

    def __init__(self, pages: dict[str, bytes | None]) -> None:
        self.pages = pages

    def lay(self, folder: Path, url: str) -> Mapping[str, Any]:
        self.url = url
        return {"urls": [url + path for path in self.pages]}

    def answer(self, request: Request) -> Reply:
        if request.path not in self.pages:
            return Reply(b"<html><body>Not Found</body></html>", 404, {"Content-Type": "text/html"})
        body = self.pages[request.path]
        if body is None:
            return Reply(b"<html><body>Gone</body></html>", 410, {"Content-Type": "text/html"})
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == tag:
            return Reply(b"", 304, {"ETag": tag})
        return Reply(body, 200, {"Content-Type": KINDS[request.path.rpartition(".")[2]], "ETag": tag})

    def change(self) -> str:
        self.pages["/bone.md"] = page("bone", "Eat enough protein and calcium.")
        return f"{self.url}/bone.md"

    def withdraw(self) -> str:
        self.pages["/falls.html"] = None
        return f"{self.url}/falls.html"


def pdf() -> bytes:
    """Return a guideline of one page."""
    title = Text(72, 80, "Guideline for the prevention of falls", 16, bold=True)
    return make_pdf([[title, *column(72, 120, ["Take up loose rugs. Light the stairs.", "Look after the eyes."])]])


def stand_in(shared: Path) -> Pages:
    """Return three pages of its own making."""
    html = HTML.format(text="Take up loose rugs.").encode()
    return Pages({"/bone.md": page("bone", "Eat enough protein."), "/falls.html": html, "/falls.pdf": pdf()})
