"""NCBI's E-utilities as PubMed needs them: searches, lists that the history server keeps, records in batches.

Answers are asked for as XML: ESearch's JSON carries messages of its backend with raw line ends in them, which no
JSON parser takes, and EFetch has no JSON of records.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from lxml import etree

from corpus.errors import Rubbish, SourceRefused, UnreadableFile
from ingest.connectors.base import Services
from ingest.connectors.eutils_errors import HistoryGone, check
from ingest.connectors.sound import read
from ingest.fetching.client import Answered, Client
from ingest.readers.xml import parse

LONG = 1500  # characters of a term that no longer fits every address
_FOREVER = "3000/12/31"  # mindate is only heard together with maxdate

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class History:
    """A list that the history server keeps, and the answer that named it."""

    web_env: str
    key: str
    answered: Answered


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a search: how many records match in all, the PMIDs of this page, and the whole list's handle.

    `unknown` are phrases of the term that PubMed has nowhere; it searches without them.
    """

    count: int
    pmids: tuple[str, ...]
    history: History
    unknown: tuple[str, ...] = ()

    @property
    def answered(self) -> Answered:
        """Return the answer that this was read from."""
        return self.history.answered


class _Named(Protocol):
    @property
    def answered(self) -> Answered: ...


H = TypeVar("H", bound=_Named)


def paces(services: Services) -> dict[str, float]:
    """Return how many requests a second the host allows: three, ten with a key."""
    return {urlsplit(services.eutils).hostname or "": 10.0 if services.ncbi_key else 3.0}


class Eutils:
    """Asks E-utilities about PubMed. What says "later" is asked again by the client."""

    def __init__(self, client: Client, services: Services) -> None:
        self._client = client
        self._at = services.eutils.rstrip("/")
        told = {"tool": services.tool, "email": services.email, "api_key": services.ncbi_key}
        self._us = {"db": "pubmed", "retmode": "xml"} | {name: value for name, value in told.items() if value}

    def search(
        self, term: str, *, most: int, start: int = 0, since: date | None = None, history: History | None = None
    ) -> Found:
        """Return a page of at most `most` PMIDs of what matches, modified on or after a day where one is given.

        `history` is the environment in which "#1" in the term names a list. Raises HistoryGone where it is
        gone, SourceRefused where the term names a field that PubMed does not have.
        """
        asked = {"term": term, "usehistory": "y", "retstart": str(start), "retmax": str(most)}
        if since is not None:
            asked |= {"datetype": "mdat", "mindate": f"{since:%Y/%m/%d}", "maxdate": _FOREVER}
        if history is not None:
            asked |= {"WebEnv": history.web_env}
        answered = self._ask("esearch", asked, long=len(term) > LONG)
        return read(self._client, answered, partial(_found, start))

    def post(self, pmids: Sequence[str]) -> History:
        """Return the handle of a list of PMIDs that the history server keeps from now on."""
        answered = self._ask("epost", {"id": ",".join(pmids)}, long=True)
        return read(self._client, answered, _posted)

    def fetch(self, pmids: Sequence[str], make: Callable[[Answered], T]) -> tuple[T, Answered]:
        """Return what `make` reads out of the records of PMIDs, a PubmedArticleSet, and the answer itself.

        Records that PubMed does not have are not in it.
        """
        answered = self._ask("efetch", {"id": ",".join(pmids)}, long=True)
        return read(self._client, answered, make), answered

    def forget(self, *answers: Answered) -> None:
        """Drop kept answers, so that they are asked for anew."""
        for answered in answers:
            self._client.forget(answered)

    def anew_once(self, name: Callable[[], H], use: Callable[[H], T]) -> T:
        """Return what `use` makes of a list that `name` gives; a list that is gone is named once more.

        A run that was killed and goes on hours later still holds the answer that named a list.
        """
        named = name()
        try:
            return use(named)
        except HistoryGone:
            self.forget(named.answered)
            return use(name())

    def _ask(self, what: str, asked: Mapping[str, str], *, long: bool) -> Answered:
        send = self._client.post if long else self._client.get
        # What comes with 400 repeats the key: `check` tells its reason without.
        look = check(what, of_list="WebEnv" in asked)
        return send(f"{self._at}/{what}.fcgi", {**self._us, **asked}, also=frozenset({400}), check=look)


def _found(start: int, answered: Answered) -> Found:
    root = _tree(answered)
    count, pmids = root.findtext("Count") or "", tuple(one.text or "" for one in root.iterfind("IdList/Id"))
    if not count.isdecimal() or not all(pmid.isdecimal() for pmid in pmids):
        raise Rubbish(f"{answered.address} answered without a count, or with what is no PMID: {answered.start()}")
    if pmids and root.findtext("RetStart") != str(start):
        raise Rubbish(f"{answered.address} answered with another page, from {root.findtext('RetStart')}")
    if fields := _texts(root, "ErrorList/FieldNotFound"):
        raise misspelt(answered, "field", fields)
    unknown = _texts(root, "ErrorList/PhraseNotFound") + _texts(root, "WarningList/QuotedPhraseNotFound")
    return Found(int(count), pmids, _history(root, answered), unknown)


def misspelt(answered: Answered, kind: str, names: Sequence[str]) -> SourceRefused:
    """Return the error that names what PubMed does not know."""
    return SourceRefused(
        f"{answered.address}: PubMed does not know the {kind} {', '.join(map(repr, names))}, so the query does not"
        " say what it seems to: correct its spelling in the collection",
        answered.status,
    )


def _posted(answered: Answered) -> History:
    history = _history(_tree(answered), answered)
    if not history.web_env or not history.key:
        raise Rubbish(f"{answered.address} kept no list of PMIDs: {answered.start()}")
    return history


def _history(root: etree._Element, answered: Answered) -> History:
    return History(root.findtext("WebEnv") or "", root.findtext("QueryKey") or "", answered)


def _texts(root: etree._Element, path: str) -> tuple[str, ...]:
    return tuple(one.text for one in root.iterfind(path) if one.text)


def _tree(answered: Answered) -> etree._Element:
    try:
        return parse(answered.body)
    except UnreadableFile as error:
        raise Rubbish(f"{answered.address} answered with XML that cannot be read ({error.reason})") from error
