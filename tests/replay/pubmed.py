"""A stand-in for the E-utilities of PubMed: searches with a history server, date ranges, batches, and its bad days."""

import json
import lzma
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from ingest.connectors.base import Services
from tests.replay.server import Reply, Request
from tests.replay.standing import StandIn

RATE_LIMIT = Reply.json(b'{"error":"API rate limit exceeded","api-key":"192.0.2.1","count":"4","limit":"3"}')
BACKEND = Reply.xml(
    b'<?xml version="1.0" encoding="UTF-8" ?>\n<eSearchResult><ERROR>Search Backend failed: Database is not supported:'
    b" pubmed. It may be temporarily unavailable.</ERROR></eSearchResult>\n"
)
_RECORD = re.compile(rb"<Pubmed(?:Book)?Article>.*?</Pubmed(?:Book)?Article>", re.DOTALL)
_PMID = re.compile(rb'<PMID Version="\d+">(\d+)</PMID>')
_ENTERED = re.compile(r'\s+AND \("(\d+/\d+/\d+)"\[edat\] : "(\d+/\d+/\d+)"\[edat\]\)$')
_BY_DOI = re.compile(r'"([^"]+)"\[doi\]')
_DOI_OF = re.compile(rb'<(?:ELocationID EIdType|ArticleId IdType)="doi"[^>]*>([^<]+)<')
_HEAD = b'<?xml version="1.0" encoding="UTF-8" ?>\n'


@dataclass(eq=False)
class PubMed(StandIn):
    """Records by PMID. `page` is how many PMIDs an answer holds, `cap` how many it gives of one search."""

    records: dict[str, bytes]
    follow: dict[str, Any] = field(default_factory=dict)
    page: int = 10_000
    cap: int = 9_999
    unknown: frozenset[str] = frozenset()  # phrases that are in no index
    entered: dict[str, date] = field(default_factory=dict)
    modified: dict[str, date] = field(default_factory=dict)
    unlisted: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)  # told of as deleted; what is in no set is absent without a word
    kept: dict[str, list[list[str]]] = field(default_factory=dict)
    named: int = 0

    def services(self, url: str) -> Services:
        return Services(eutils=url, email="somebody@example.org")

    def answer(self, request: Request) -> Reply:
        asked = dict(request.query)
        if not asked.get("tool"):
            return Reply(b"who asks?", 400)
        if request.path == "/epost.fcgi":
            env, key = self._keep(asked, asked["id"].split(","))
            return Reply.xml(
                _HEAD + f"<ePostResult><QueryKey>{key}</QueryKey><WebEnv>{env}</WebEnv></ePostResult>".encode()
            )
        if request.path == "/esearch.fcgi":
            return self._search(asked)
        if request.path == "/efetch.fcgi":
            return self._fetch(asked["id"].split(","))
        return Reply(b"<html><body>Not found</body></html>", 404, {"Content-Type": "text/html"})

    def expire(self) -> None:
        """Let go of every list that was kept."""
        self.kept.clear()

    def change(self) -> str:
        pmid = min(self.records)
        self.records[pmid] = self.records[pmid].replace(b"</ArticleTitle>", b" Revised.</ArticleTitle>")
        self.modified[pmid] = date(2026, 11, 24)
        return pmid

    def withdraw(self) -> str:
        pmid = max(self.records)
        del self.records[pmid]
        self.deleted.add(pmid)
        return pmid

    def unlist(self) -> str:
        pmid = min(self.records)
        self.unlisted.add(pmid)
        return pmid

    def _search(self, asked: dict[str, str]) -> Reply:
        start, most = int(asked["retstart"]), int(asked["retmax"])
        if start >= self.cap:
            return _error("eSearchResult", f"Search Backend failed: 'retstart' cannot be larger than {self.cap - 1}.")
        if asked["term"].startswith("#") and asked.get("WebEnv") not in self.kept:
            return _error("eSearchResult", f"Cannot retrieve history data. WebEnv: {asked.get('WebEnv')}", 400)
        found = self._matching(asked)
        unknown = [one for one in self.unknown if one in asked["term"]]
        env, key = self._keep(asked, found)
        shown = found[start : min(start + min(most, self.page), self.cap)]
        ids = "".join(f"<Id>{pmid}</Id>\n" for pmid in shown)
        errors = "".join(f"<PhraseNotFound>{one}</PhraseNotFound>" for one in unknown)
        body = (
            f"<eSearchResult><Count>{len(found)}</Count><RetMax>{len(shown)}</RetMax><RetStart>{start}</RetStart>"
            f"<QueryKey>{key}</QueryKey><WebEnv>{env}</WebEnv><IdList>{ids}</IdList><TranslationSet/>"
            f"<QueryTranslation>{escape(asked['term'])}</QueryTranslation>"
            f"{f'<ErrorList>{errors}</ErrorList>' if errors else ''}</eSearchResult>\n"
        )
        return Reply.xml(_HEAD + body.encode())

    def _matching(self, asked: dict[str, str]) -> list[str]:
        term = asked["term"]
        if term.startswith("#"):
            found = [pmid for pmid in self.kept[asked["WebEnv"]][int(term[1:]) - 1] if pmid in self.records]
        else:
            found = self._having(term)
        if asked.get("datetype") == "mdat":
            days = _day(asked["mindate"]), _day(asked["maxdate"])
            found = [pmid for pmid in found if days[0] <= self.modified.get(pmid, date(2026, 1, 1)) <= days[1]]
        return found

    def _having(self, term: str) -> list[str]:
        """Return, newest first, the records that have every word joined by AND, entered in the days that are named."""
        if dois := set(_BY_DOI.findall(term)):
            return [pmid for pmid, record in self.records.items() if dois & _dois(record)]
        days = date.min, date.max
        while told := _ENTERED.search(term):
            days = max(days[0], _day(told[1])), min(days[1], _day(told[2]))
            term = term[: told.start()]
        words = [re.sub(r"\[\w+\]", "", word).strip("() ").lower().encode() for word in term.split(" AND ")]
        having = [pmid for pmid, record in self.records.items() if all(word in record.lower() for word in words)]
        listed = [pmid for pmid in having if pmid not in self.unlisted]
        return sorted((p for p in listed if days[0] <= self._entered(p) <= days[1]), key=int, reverse=True)

    def _entered(self, pmid: str) -> date:
        return self.entered.get(pmid, date(2010, 6, 1))

    def _keep(self, asked: dict[str, str], pmids: Iterable[str]) -> tuple[str, int]:
        self.named += 1
        env = asked.get("WebEnv") or f"MCID_{self.named:024x}"
        self.kept.setdefault(env, []).append(list(pmids))
        return env, len(self.kept[env])

    def _fetch(self, pmids: list[str]) -> Reply:
        held = [self.records[pmid] for pmid in pmids if pmid in self.records]
        gone = b"".join(b'<PMID Version="1">%s</PMID>' % pmid.encode() for pmid in pmids if pmid in self.deleted)
        if not held and not gone:
            return _error("eFetchResult", "ID list is empty! Possibly it has no correct IDs.", 400)
        deleted = b"<DeleteCitation>" + gone + b"</DeleteCitation>" if gone else b""
        return Reply.xml(b"".join((_HEAD, b"<PubmedArticleSet>\n", *held, deleted, b"</PubmedArticleSet>\n")))


def stand_in(shared: Path) -> PubMed:
    """Return recorded records and records made of real abstracts, three PMIDs a page."""
    refresh = shared / "data/refresh"
    names = ("eutils/pubmed1.xml", "eutils/retracted_9500320_excerpt.xml", "pubmed/efetch_citation_22663011.xml")
    found = [record for name in names for record in recorded((refresh / name).read_bytes())]
    records = dict(found) | dict(abstracts(shared, 4))
    return PubMed(records, {"queries": ["Journal Article[pt]"], "integrity": True}, page=3)


def recorded(data: bytes) -> list[tuple[str, bytes]]:
    """Return the records of an answer, each with its PMID."""
    found = []
    for record in _RECORD.findall(data):
        pmid = _PMID.search(record)
        assert pmid is not None
        found.append((pmid[1].decode(), record))
    return found


def abstracts(shared: Path, most: int) -> list[tuple[str, bytes]]:
    """Return records made of the first abstracts of the shared data."""
    found = []
    with lzma.open(shared / "data/research/pubmedqa_abstracts.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line, _ in zip(lines, range(most), strict=False):
            one = json.loads(line)
            parts = "".join(
                f'<AbstractText Label="{escape(part["label"])}">{escape(part["text"])}</AbstractText>'
                for part in one["sections"]
            )
            found.append((one["pmid"], record(one["pmid"], f"A study of {one['mesh'][0]}.", abstract=parts)))
    return found


def record(
    pmid: str, title: str, *, abstract: str = "", types: Iterable[str] = (), links: str = "", doi: str = ""
) -> bytes:
    """Return a record as EFetch gives it."""
    kinds = "".join(f"<PublicationType>{kind}</PublicationType>" for kind in ("Journal Article", *types))
    location = f'<ELocationID EIdType="doi" ValidYN="Y">{doi}</ELocationID>' if doi else ""
    listed = f"<CommentsCorrectionsList>{links}</CommentsCorrectionsList>" if links else ""
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>'
        "<DateRevised><Year>2020</Year><Month>01</Month><Day>02</Day></DateRevised>"
        f"<Article><ArticleTitle>{escape(title)}</ArticleTitle>{location}<Abstract>{abstract}</Abstract>"
        f"<PublicationTypeList>{kinds}</PublicationTypeList></Article>{listed}</MedlineCitation></PubmedArticle>"
    ).encode()


def link(kind: str, reference: str, pmid: str = "") -> str:
    """Return a link between records."""
    other = f'<PMID Version="1">{pmid}</PMID>' if pmid else ""
    return (
        f'<CommentsCorrections RefType="{kind}"><RefSource>{escape(reference)}</RefSource>{other}</CommentsCorrections>'
    )


def _error(root: str, text: str, status: int = 200) -> Reply:
    return Reply.xml(_HEAD + f"<{root}><ERROR>{escape(text)}</ERROR></{root}>\n".encode(), status)


def _dois(record: bytes) -> set[str]:
    """Return the DOIs in a record, in lower case."""
    return {doi.decode().lower() for doi in _DOI_OF.findall(record)}


def _day(text: str) -> date:
    year, month, day = map(int, text.split("/"))
    return date(year, month, day)
