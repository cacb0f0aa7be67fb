"""A stand-in for openFDA's drug label service: phrases, pages by search_after, its errors, and labels that change."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from ingest.connectors.base import Services
from tests.replay.server import Reply, Request
from tests.replay.standing import StandIn

NOT_FOUND = Reply.json(b'{"error": {"code": "NOT_FOUND", "message": "No matches found!"}}', 404)
_TERM = re.compile(r'([\w.]+):(?:"([^"]*)"|(\w+))')
# The real service names itself in the Link header, whoever asked it through what.
HOST = "https://api.fda.gov"


class OpenFda(StandIn):
    """Records by set id. `key`, where given, is the one that is let in."""

    def __init__(self, records: list[dict[str, Any]], follow: Mapping[str, Any], key: str = "") -> None:
        self.records: dict[str, dict[str, Any]] = {str(record["set_id"]): record for record in records}
        self.follow = follow
        self.key = key

    def services(self, url: str) -> Services:
        return Services(openfda=url, openfda_key=self.key)

    def answer(self, request: Request) -> Reply:
        if request.path != "/drug/label.json":
            return Reply(b"<html><body>Not found</body></html>", 404, {"Content-Type": "text/html"})
        if self.key and request.query.get("api_key") != self.key:
            return _error(403, "API_KEY_INVALID", "An invalid api_key was supplied.")
        skip, limit = int(request.query.get("skip", "0")), int(request.query.get("limit", "1"))
        if skip > 25_000 or limit > 1000:
            return _error(400, "BAD_REQUEST", "Skip value must 25000 or less.")
        found = [record for record in self._in_order() if _matches(record, request.query["search"])]
        return self._page(request, found, skip, limit) if found else NOT_FOUND

    def _in_order(self) -> list[dict[str, Any]]:
        return sorted(self.records.values(), key=lambda record: (record["effective_time"], record["set_id"]))

    def _page(self, request: Request, found: list[dict[str, Any]], skip: int, limit: int) -> Reply:
        after = request.query.get("search_after")
        last = urlsafe_b64decode(after).decode() if after else None
        start = skip if last is None else next(at for at, one in enumerate(found) if one["set_id"] == last) + 1
        page = found[start : start + limit]
        headers = {}
        if start + limit < len(found):
            cursor = urlsafe_b64encode(page[-1]["set_id"].encode()).decode()
            asked = {name: value for name, value in request.query.items() if name != "api_key"}
            query = urlencode({**asked, "skip": "0", "search_after": cursor})
            headers["Link"] = f'<{HOST}/drug/label.json?{query}>; rel="next"'
        meta = {"last_updated": "2026-11-20", "results": {"skip": skip, "limit": limit, "total": len(found)}}
        return Reply.json(json.dumps({"meta": meta, "results": page}).encode(), headers=headers)

    def change(self) -> str:
        """Change one section under the same version, as openFDA does."""
        set_id = min(self.records)
        record = self.records[set_id]
        field = "indications_and_usage"
        self.records[set_id] = {**record, field: [record[field][0] + " Not for use in animals."]}
        return set_id

    def withdraw(self) -> str:
        set_id = min(self.records)
        del self.records[set_id]
        return set_id

    def unlist(self) -> str:
        set_id = min(self.records)
        self.records[set_id] = {**self.records[set_id], "openfda": {}}
        return set_id


def stand_in(shared: Path) -> OpenFda:
    """Return the recorded labels, two a page."""
    folder = shared / "data/labels/openfda"
    names = ("ambien.json", "aspirin.json", "sudafed.json", "vyvanse.json")
    records = [record for name in names for record in json.loads((folder / name).read_bytes())["results"]]
    generic = ["zolpidem tartrate", "aspirin", "lisdexamfetamine dimesylate"]
    follow = {"generic": generic, "brand": ["childrens sudafed pe nasal decongestant"], "page_size": 2}
    return OpenFda(records, follow)


def _matches(record: Mapping[str, Any], search: str) -> bool:
    """Return whether any of the terms matches, and those after AND too."""
    terms, _, also = search.partition(" AND ")
    return any(_has(record, *term) for term in _terms(terms)) and all(_has(record, *term) for term in _terms(also))


def _terms(text: str) -> list[tuple[str, str]]:
    return [(field, phrase or word) for field, phrase, word in _TERM.findall(text)]


def _has(record: Mapping[str, Any], field: str, phrase: str) -> bool:
    """Return whether a field has the phrase: its words in a row; under `.exact` the very value."""
    exact = field.endswith(".exact")
    value: Any = record
    for part in field.removesuffix(".exact").split("."):
        value = value.get(part, []) if isinstance(value, Mapping) else []
    values = [str(one) for one in (value if isinstance(value, list) else [value])]
    if exact:
        return phrase in values
    return any(f" {_words(phrase)} " in f" {_words(one)} " for one in values)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _error(status: int, code: str, message: str) -> Reply:
    return Reply.json(json.dumps({"error": {"code": code, "message": message}}).encode(), status)
