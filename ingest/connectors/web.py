"""Guidelines at addresses on the web: HTML, Markdown and PDF, asked for again only as far as they have changed."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import httpx
from pydantic import AfterValidator, Field

from corpus.errors import Rubbish, Unavailable
from ingest.connectors.base import Asked, Connector, Fetched, Item, Known, Services
from ingest.connectors.sound import read
from ingest.fetching.client import LATER, Answered, Client
from ingest.readers.base import RawFile

# An answer about one page, not a failure of the web: it is told of, and the other pages are read.
REFUSALS = frozenset(range(400, 500)) - LATER
GONE = 410


def _address(text: str) -> str:
    try:
        parts = urlsplit(text.strip())
        httpx.URL(text.strip())
    except httpx.InvalidURL as error:
        raise ValueError(f"this is no address: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("expected an address that begins with https:// or http://")
    if parts.username is not None or parts.password is not None:
        raise ValueError("expected an address without a user name and a password: they would be kept and printed")
    return text.strip().partition("#")[0]


class Follow(Asked):
    """Pages by their addresses, one document each."""

    urls: tuple[Annotated[str, AfterValidator(_address)], ...] = Field(min_length=1)


class Web(Connector):
    """Pages. A page that cannot be had this time keeps what is held of it; only 410 (Gone) withdraws one."""

    def __init__(self, follow: Follow, client: Client) -> None:
        self._urls = tuple(dict.fromkeys(follow.urls))
        self._client = client
        self._failed: dict[str, str] = {}

    def listed(self, known: Known) -> Iterator[Item]:
        """Yield the pages with the hash of their bytes; without one where a page cannot be had.

        Raises the last failure where no page at all can be had.
        """
        found, failure = [], None
        for url in self._urls:
            try:
                answered = self._asked(url)
                if answered.status != GONE or url in known.revisions:
                    found.append(Item(url, _revision(answered)))
            except (Unavailable, Rubbish) as error:
                self._failed[url] = str(error)
                found.append(Item(url))
                failure = error
        if failure is not None and len(self._failed) == len(self._urls):
            raise failure
        yield from found

    def fetch(self, items: Sequence[Item]) -> Iterator[Fetched]:
        """Yield the pages; one that cannot be had says why and has no revision, so that the next run asks again."""
        for item in items:
            try:
                reason = self._failed.get(item.id)
                answered = None if reason else self._asked(item.id)
            except (Unavailable, Rubbish) as error:
                answered, reason = None, str(error)
            if answered is None:
                yield Fetched(item.id, "", None, item.id, reason=reason or "")
            elif answered.status == 200:
                yield Fetched(item.id, _revision(answered), RawFile(item.id, answered.body), item.id)
            else:
                reason = "" if answered.status == GONE else f"it answered {answered.status}: check the address"
                yield Fetched(item.id, "", None, item.id, reason=reason, gone=answered.status == GONE)

    def gone(self, ids: Iterable[str]) -> Iterator[str]:
        """Yield the pages of which their server says that they are gone for good; a silent server confirms nothing."""
        for url in ids:
            try:
                is_gone = self._asked(url).status == GONE
            except (Unavailable, Rubbish):
                is_gone = False
            if is_gone:
                yield url

    def _asked(self, url: str) -> Answered:
        return read(self._client, self._client.get(url, also=REFUSALS), _page)


def connect(follow: Follow, client: Client, services: Services, folder: Path) -> Web:
    """Return the connector for the pages that a collection follows."""
    return Web(follow, client)


def _revision(answered: Answered) -> str:
    return hashlib.sha256(answered.body).hexdigest() if answered.status == 200 else ""


def _page(answered: Answered) -> Answered:
    """Return an answer that can be the page asked for. Raises Rubbish for another kind of content, or none."""
    if answered.status != 200:
        return answered
    suffix = Path(urlsplit(answered.address).path).suffix.lower()
    is_html = answered.headers.get("content-type", "").startswith("text/html") or _begins(
        answered, b"<!doctype html", b"<html"
    )
    if suffix == ".pdf" and not answered.body.startswith(b"%PDF"):
        raise Rubbish(f"{answered.address} answered with {answered.start()}, expected a PDF")
    if suffix in (".md", ".markdown") and is_html:
        raise Rubbish(f"{answered.address} answered with {answered.start()}, expected Markdown")
    if not answered.body.strip():
        raise Rubbish(f"{answered.address} answered with nothing")
    return answered


def _begins(answered: Answered, *starts: bytes) -> bool:
    return answered.body[:200].lstrip().lower().startswith(starts)
