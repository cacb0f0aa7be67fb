"""The PMC article datasets on AWS: which versions of an article there are, and what PMC says of one.

Addresses and fields as PMC documents them for `pmc-oa-opendata`: a folder a version (`PMC3040717.1/`), in it the
metadata (`PMC3040717.1.json`) and the JATS (`PMC3040717.1.xml`).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from corpus.errors import Rubbish, UnreadableFile
from ingest.connectors.licences import Licence, licence_in
from ingest.connectors.notices import Identifiers, named
from ingest.connectors.sound import read
from ingest.fetching.client import Answered, AskAgain, Client
from ingest.readers.xml import local_name, parse


@dataclass(frozen=True, slots=True)
class About:
    """What PMC says of the newest version of an article. `md5` is that of its JATS, "" where it has none."""

    pmcid: str
    version: int
    identifiers: Identifiers
    code: str
    open_access: bool
    retracted: bool
    path: str
    md5: str

    @property
    def licence(self) -> Licence | None:
        """Return the licence that the code names, None where it names none that is known."""
        return licence_in(self.code)

    @property
    def revision(self) -> str:
        """Return version, MD5 of the JATS and standing, which is all that can change."""
        access = self.code if self.open_access else f"{self.code}, not open access"
        return f"{self.version} {self.md5 or 'no JATS'} {access}{' retracted' if self.retracted else ''}"


class Store:
    """Asks the bucket over HTTPS."""

    def __init__(self, client: Client, at: str) -> None:
        self._client, self._at = client, at.rstrip("/")

    def about(self, pmcid: str) -> About | None:
        """Return what PMC says of the newest version, None where the bucket does not hold the article."""
        listing = {"list-type": "2", "prefix": f"{pmcid}.", "delimiter": "/"}
        answered = self._client.get(f"{self._at}/", listing)
        version = read(self._client, answered, lambda answered: _newest(answered, pmcid))
        if version is None:
            return None
        name = f"{pmcid}.{version}"
        answered = self._client.get(f"{self._at}/{name}/{name}.json")
        return read(self._client, answered, lambda answered: _about(answered, pmcid, version))

    def jats(self, about: About) -> Answered | None:
        """Return the JATS, whole by its MD5, None where it is not there."""

        def check(answered: Answered) -> None:
            md5 = hashlib.md5(answered.body, usedforsecurity=False).hexdigest()
            if answered.status == 200 and md5 != about.md5:
                raise AskAgain(f"its MD5 is {md5}, that in its metadata {about.md5}")

        answered = self._client.get(f"{self._at}/{about.path}", also=frozenset({404}), check=check)
        return None if answered.status == 404 else answered


def _newest(answered: Answered, pmcid: str) -> int | None:
    """Return the highest version in a listing (ListObjectsV2)."""
    try:
        root = parse(answered.body)
    except UnreadableFile as error:
        raise Rubbish(f"{answered.address} answered with {answered.start()}, expected XML ({error.reason})") from error
    if local_name(root) != "ListBucketResult" or root.findtext("{*}Prefix") != f"{pmcid}.":
        raise Rubbish(f"{answered.address} answered with {answered.start()}, expected the list of versions of {pmcid}")
    folders = [(one.text or "") for one in root.iterfind("{*}CommonPrefixes/{*}Prefix")]
    versions = [folder.removeprefix(f"{pmcid}.").rstrip("/") for folder in folders]
    return max((int(version) for version in versions if version.isdecimal()), default=None)


def _about(answered: Answered, pmcid: str, version: int) -> About:
    said = answered.json()
    if not isinstance(said, dict) or (said.get("pmcid"), said.get("version")) != (pmcid, version):
        raise Rubbish(
            f"{answered.address} answered with {answered.start()}, expected what PMC says of {pmcid}.{version}"
        )
    pairs = [(kind, str(said.get(kind) or "")) for kind in ("pmid", "pmcid", "doi")]
    path, md5 = _jats(said, answered)
    code, is_open, retracted = said.get("license_code"), said.get("is_pmc_openaccess"), said.get("is_retracted")
    if not isinstance(is_open, bool) or not isinstance(retracted, bool):
        raise Rubbish(f"{answered.address} does not say whether {pmcid} is open access and whether it is retracted")
    return About(pmcid, version, named(pairs), str(code or "none"), is_open, retracted, path, md5)


def _jats(said: Mapping[str, Any], answered: Answered) -> tuple[str, str]:
    """Return path and MD5 of the JATS ("s3://bucket/PMC1.1/PMC1.1.xml?md5=…"), empty where there is none."""
    told = said.get("xml_url")
    if not told:
        return "", ""
    parts = urlsplit(str(told))
    md5 = parse_qs(parts.query).get("md5", [""])[0]
    if parts.scheme != "s3" or not md5:
        raise Rubbish(f"{answered.address} names its JATS {told!r}, expected s3://…?md5=…")
    return parts.path.lstrip("/"), md5
