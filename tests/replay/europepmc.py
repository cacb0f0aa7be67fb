"""A stand-in for Europe PMC's REST service: searches by cursor, records by id, full texts."""

import json
import lzma
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.connectors.base import Services
from tests.replay.server import Reply, Request
from tests.replay.standing import StandIn

NOT_OPEN = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><errorBean><errCode>0</errCode>'
    "<errMsg>Article with id {id} is not open access one</errMsg></errorBean>"
)
_BY_ID = re.compile(r"EXT_ID:(\w+) AND SRC:(\w+)")


@dataclass(eq=False)
class EuropePmc(StandIn):
    """Records by "source:id", full texts by PMCID. `short` is how many records its count is wrong by."""

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)
    follow: dict[str, Any] = field(default_factory=dict)
    short: int = 0

    def services(self, url: str) -> Services:
        return Services(europepmc=url)

    def answer(self, request: Request) -> Reply:
        if request.path == "/search":
            return self._search(request)
        pmcid = request.path.strip("/").removesuffix("/fullTextXML")
        text = self.texts.get(pmcid)
        return Reply.xml(NOT_OPEN.format(id=pmcid).encode()) if text is None else Reply.xml(text)

    def change(self) -> str:
        record = self.records["PPR:PPR1"]
        self.records["PPR:PPR1"] = record | {"abstractText": record["abstractText"] + "<p>Revised.</p>"}
        return "PPR:PPR1"

    def withdraw(self) -> str:
        del self.records["PPR:PPR2"]
        return "PPR:PPR2"

    def unlist(self) -> str:
        self.records["PPR:PPR1"] = self.records["PPR:PPR1"] | {"matches": "nothing"}
        return "PPR:PPR1"

    def _search(self, request: Request) -> Reply:
        query, cursor = request.query["query"], request.query["cursorMark"]
        start, size = (0 if cursor == "*" else int(cursor.removeprefix("AoI"))), int(request.query["pageSize"])
        named = {f"{source}:{number}" for number, source in _BY_ID.findall(query)}
        found = [
            one for id, one in self.records.items() if (id in named if named else one.get("matches", query) == query)
        ]
        page = found[start : start + size]
        said: dict[str, Any] = {"version": "6.9", "hitCount": len(found) + self.short}
        if start + size < len(found):
            said["nextCursorMark"] = f"AoI{start + size}"
        said["request"] = {"queryString": query, "resultType": "CORE", "cursorMark": cursor, "pageSize": size}
        said["resultList"] = {"result": page}
        return Reply.json(json.dumps(said).encode())


def preprint(number: int, title: str, abstract: str, **other: Any) -> dict[str, Any]:
    """Return the record of a preprint, as resultType=core gives it."""
    return {
        "id": f"PPR{number}", "source": "PPR", "doi": f"10.1101/2020.01.0{number}", "title": title,
        "authorList": {"author": [{"fullName": "Weigh A", "firstName": "Anna", "lastName": "Weigh"}]},
        "abstractText": abstract, "pubTypeList": {"pubType": ["Preprint"]}, "versionNumber": 1,
        "bookOrReportDetails": {"publisher": "medRxiv", "yearOfPublication": 2020}, "license": "cc by",
        "isOpenAccess": "N", "citedByCount": 3, "firstPublicationDate": "2020-01-09",
    } | other  # fmt: skip


def stand_in(shared: Path) -> EuropePmc:
    """Return preprints with real abstracts, a recorded record without full text, and one with."""
    made = [preprint(n, f"Preprint {n}.", text) for n, text in enumerate(_abstracts(shared, 3), 1)]
    recorded = json.loads((shared / "data/refresh/europepmc/search_pmid_22663011.json").read_bytes())
    made += recorded["resultList"]["result"]
    text = {"pmid": "21810267", "pmcid": "PMC3166277", "isOpenAccess": "Y", "license": "cc by"}
    made.append({"id": "21810267", "source": "MED", "title": "An article with its text."} | text)
    texts = {"PMC3166277": (shared / "data/research/jats/1471-2180-11-174.nxml").read_bytes()}
    records = {f"{one['source']}:{one['id']}": one for one in made}
    return EuropePmc(records, texts, {"queries": ["bones"], "page_size": 2})


def _abstracts(shared: Path, most: int) -> list[str]:
    """Return the first abstracts of the shared data as Europe PMC writes them."""
    with lzma.open(shared / "data/research/pubmedqa_abstracts.jsonl.xz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line, _ in zip(lines, range(most), strict=False)]
    return ["".join(f"<h4>{part['label']}</h4>{part['text']}" for part in one["sections"]) for one in records]
