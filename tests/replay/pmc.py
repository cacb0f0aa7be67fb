"""A stand-in for PMC's article datasets on AWS: listings of versions, metadata, and JATS by version."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.connectors.base import Services
from tests.replay.server import Reply, Request
from tests.replay.standing import StandIn

_LISTING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
    "<Name>pmc-oa-opendata</Name><Prefix>{prefix}</Prefix><KeyCount>{count}</KeyCount><MaxKeys>1000</MaxKeys>"
    "<Delimiter>/</Delimiter><IsTruncated>false</IsTruncated>{folders}</ListBucketResult>"
)
_NO_KEY = Reply.xml(b"<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>", 404)


@dataclass(eq=False)
class Pmc(StandIn):
    """Objects by key, as the bucket has them: "PMC1.1/PMC1.1.json", "PMC1.1/PMC1.1.xml"."""

    objects: dict[str, bytes] = field(default_factory=dict)
    follow: dict[str, Any] = field(default_factory=dict)

    def services(self, url: str) -> Services:
        return Services(pmc=url)

    def answer(self, request: Request) -> Reply:
        if request.query.get("list-type") == "2":
            return self._list(request.query["prefix"])
        body = self.objects.get(request.path.lstrip("/"))
        if body is None:
            return _NO_KEY
        tag = f'"{hashlib.md5(body).hexdigest()}"'
        if request.headers.get("if-none-match") == tag:
            return Reply(b"", 304, {"ETag": tag})
        kind = "application/json" if request.path.endswith(".json") else "binary/octet-stream"
        return Reply(body, 200, {"ETag": tag, "Content-Type": kind})

    def put(self, pmcid: str, jats: bytes, *, version: int = 1, code: str = "CC BY", **other: Any) -> None:
        """Put a version of an article, with metadata that fit it."""
        name = f"{pmcid}.{version}"
        url = f"s3://pmc-oa-opendata/{name}/{name}.xml?md5={hashlib.md5(jats).hexdigest()}"
        about = {"pmcid": pmcid, "version": version, "pmid": None, "doi": None, "license_code": code, "xml_url": url}
        about |= {"is_pmc_openaccess": True, "is_retracted": False} | other
        self.objects |= {f"{name}/{name}.json": json.dumps(about).encode(), f"{name}/{name}.xml": jats}

    def change(self) -> str:
        """Put a second version of the first article."""
        jats = self.objects["PMC3166277.1/PMC3166277.1.xml"]
        self.put("PMC3166277", jats.replace(b"</article-title>", b" (revised)</article-title>", 1), version=2)
        return "PMC3166277"

    def withdraw(self) -> str:
        for name in ("xml", "json"):
            del self.objects[f"PMC1790863.1/PMC1790863.1.{name}"]
        return "PMC1790863"

    def _list(self, prefix: str) -> Reply:
        found = sorted({key.partition("/")[0] + "/" for key in self.objects if key.startswith(prefix)})
        folders = "".join(f"<CommonPrefixes><Prefix>{one}</Prefix></CommonPrefixes>" for one in found)
        return Reply.xml(_LISTING.format(prefix=prefix, count=len(found), folders=folders).encode())


def stand_in(shared: Path) -> Pmc:
    """Return recorded articles: three that may be kept, one whose text is not there, one for text mining alone."""
    recorded, jats = shared / "data/refresh/pmc_oa", shared / "data/research/jats"
    pmc = Pmc()
    for name in ("pmc3040717.1", "pmc9984800.1"):
        for kind in ("json", "xml"):
            path = recorded / f"{name}.{kind}"
            if path.exists():
                pmc.objects[f"{name.upper()}/{name.upper()}.{kind}"] = path.read_bytes()
    pmc.put("PMC3166277", (jats / "1471-2180-11-174.nxml").read_bytes())
    pmc.put("PMC3574550", (jats / "mds526.nxml").read_bytes(), code="CC BY-NC")
    pmc.put("PMC1790863", (jats / "pone.0000217.nxml").read_bytes())
    pmc.follow = {"pmcids": ["PMC3166277", "PMC3574550", "PMC1790863", "PMC3040717", "PMC9984800"]}
    return pmc
