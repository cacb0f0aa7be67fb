"""A stand-in for DailyMed's web services: filters, pages with their "null" strings, histories, documents, archives."""

import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from ingest.connectors.base import Services
from tests.replay.server import Reply, Request
from tests.replay.standing import StandIn

# The real service names itself in its addresses of pages, whoever asked it through what.
HOST = "https://dailymed.nlm.nih.gov/dailymed"
_HTML_404 = Reply(b"<html><body>Not Found</body></html>", 404, {"Content-Type": "text/html"})
_ROGAINE = "1b5e2860-6855-4a65-8bbc-e064172a1adf"


@dataclass(eq=False)
class DailyMed(StandIn):
    """Labels by set id, each with the SPL documents of its versions, the oldest first. `archives` are recorded ones."""

    labels: dict[str, list[bytes]]
    follow: Mapping[str, Any] = field(default_factory=dict)
    archives: dict[tuple[str, int], bytes] = field(default_factory=dict)
    unlisted: set[str] = field(default_factory=set)

    def services(self, url: str) -> Services:
        return Services(dailymed=f"{url}/dailymed")

    def answer(self, request: Request) -> Reply:
        path = request.path.removeprefix("/dailymed")
        if path == "/services/v2/spls.json":
            return self._list(request)
        if path == "/getFile.cfm":
            return self._archive(request.query["setid"], int(request.query["version"]))
        match = re.fullmatch(r"/services/v2/spls/([0-9a-f-]+)(/history\.json|\.xml)", path)
        if match is None or match[1] not in self.labels:
            return _HTML_404
        return self._history(request, match[1]) if match[2] != ".xml" else Reply.xml(self.labels[match[1]][-1])

    def _list(self, request: Request) -> Reply:
        asked = {
            name: request.query[name] for name in ("drug_name", "setid", "application_number") if name in request.query
        }
        found = [set_id for set_id in sorted(self.labels) if self._matches(set_id, asked)]
        entries = [
            {"spl_version": version_of(data), "published_date": date_of(data), "title": "", "setid": set_id}
            for set_id in found
            for data in (self.labels[set_id][-1],)
        ]
        metadata, page = _page(request, entries, f"{HOST}/services/v2/spls.json?{urlencode(asked)}")
        return Reply.json(json.dumps({"data": page, "metadata": {k: str(v) for k, v in metadata.items()}}).encode())

    def _matches(self, set_id: str, asked: Mapping[str, str]) -> bool:
        if "setid" in asked:
            return set_id == asked["setid"]
        text = self.labels[set_id][-1].decode().lower()
        return set_id not in self.unlisted and all(value.lower() in text for value in asked.values())

    def _history(self, request: Request, set_id: str) -> Reply:
        told = [
            {"spl_version": version_of(data), "published_date": date_of(data)} for data in reversed(self.labels[set_id])
        ]
        metadata, page = _page(request, told, f"{HOST}/services/v2/spls/{set_id}/history?")
        said = {"data": {"spl": {"title": "", "setid": set_id}, "history": page}, "metadata": metadata}
        return Reply.json(json.dumps(said).encode())

    def _archive(self, set_id: str, version: int) -> Reply:
        data = self.archives.get((set_id, version)) or next(
            (archive_of(one) for one in self.labels.get(set_id, ()) if version_of(one) == version), b""
        )
        return Reply(data, 200, {"Content-Type": "application/zip"}) if data else _HTML_404

    def change(self) -> str:
        """Publish a second version of a label in which one section says something else."""
        set_id = self._single()
        self.labels[set_id].append(next_version(self.labels[set_id][-1]))
        return set_id

    def withdraw(self) -> str:
        set_id = self._single()
        del self.labels[set_id]
        return set_id

    def unlist(self) -> str:
        set_id = self._single()
        self.unlisted.add(set_id)
        return set_id

    def _single(self) -> str:
        return next(set_id for set_id in sorted(self.labels) if len(self.labels[set_id]) == 1)


def stand_in(shared: Path) -> DailyMed:
    """Return recorded labels: two over the counter, a page each, and one of which two versions are told of."""
    folder = shared / "data/labels/spl"
    recorded = [path.read_bytes() for path in sorted(folder.glob("otc_*.xml"))[1:3]]
    labels = {set_id_of(data): [data] for data in recorded}
    first = (shared / "data/refresh/dailymed/ab36b844-19de-4340-b32b-5e3abdaa5895.xml").read_bytes()
    labels[_ROGAINE] = [first, next_version(first)]
    archives = {(_ROGAINE, 1): (shared / f"data/refresh/dailymed/{_ROGAINE}_1.zip").read_bytes()}
    follow = {"names": ["keep out of reach"], "set_ids": [_ROGAINE], "history": True, "page_size": 1}
    return DailyMed(labels, follow, archives)


def next_version(data: bytes) -> bytes:
    """Return a label's next version: its number, its date, and one more sentence in its first paragraph."""
    version = version_of(data)
    data = re.sub(rb'(<versionNumber value=")\d+', rf"\g<1>{version + 1}".encode(), data, count=1)
    data = re.sub(rb'(<effectiveTime value=")\d{8}', rb"\g<1>20261120", data, count=1)
    changed = re.sub(rb"(<paragraph[^>]*>[^<]*\w[^<]*)</paragraph>", rb"\1 Read it anew.</paragraph>", data, count=1)
    assert changed != data
    return changed


def archive_of(data: bytes) -> bytes:
    """Return an archive as DailyMed packs one: the document among its images."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b8f5797b-73e1-4201-b824-2cdd50c90497.xml", data)
        archive.writestr("carton.jpg", b"\xff\xd8\xff\xe0" + bytes(1000))
    return packed.getvalue()


def set_id_of(data: bytes) -> str:
    """Return a label's set id."""
    return _found(rb'<setId[^>]*root="([^"]+)"', data).lower()


def version_of(data: bytes) -> int:
    """Return a label's version."""
    return int(_found(rb'<versionNumber[^>]*value="(\d+)"', data))


def date_of(data: bytes) -> str:
    """Return the day that stands for a label's publication, as DailyMed writes days."""
    day = _found(rb'<effectiveTime[^>]*value="(\d{8})', data)
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{months[int(day[4:6]) - 1]} {day[6:]}, {day[:4]}"


def _found(pattern: bytes, data: bytes) -> str:
    match = re.search(pattern, data)
    assert match is not None
    return match[1].decode()


def _page(request: Request, entries: Sequence[Any], address: str) -> tuple[dict[str, Any], Sequence[Any]]:
    """Return the metadata and the entries of the page asked for."""
    size, number = int(request.query.get("pagesize", "100")), int(request.query.get("page", "1"))
    pages = -(-len(entries) // size)
    following: Any = number + 1 if number < pages else "null"
    metadata = {
        "db_published_date": "Nov 24, 2026 05:41:50PM EST",
        "elements_per_page": size,
        "current_url": address,
        "next_page_url": f"{address}&page={following}&pagesize={size}" if number < pages else "null",
        "total_elements": len(entries),
        "total_pages": pages,
        "current_page": number,
        "previous_page": number - 1 if number > 1 else "null",
        "previous_page_url": f"{address}&page={number - 1}" if number > 1 else "null",
        "next_page": following,
    }
    return metadata, entries[(number - 1) * size : number * size]
