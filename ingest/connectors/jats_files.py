"""An article's JATS as it is handed on: its own licence beside the one its source states, and its notices."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from corpus.errors import Rubbish, UnreadableFile
from ingest.connectors.base import Notice
from ingest.connectors.licences import Licence, licence_in, stricter
from ingest.connectors.notices import Link, about_others, named, only_tells
from ingest.readers import jats_front as front
from ingest.readers.jats_standing import notice, standing
from ingest.readers.xml import local_name, parse

_XLINK = "{http://www.w3.org/1999/xlink}href"
# What a notice in JATS names as its object, in the words of PubMed's links.
_OBJECTS = {
    "retracted-article": "RetractionOf",
    "partial-retraction": "PartialRetractionOf",
    "partially-retracted-article": "PartialRetractionOf",
    "object-of-concern": "ExpressionOfConcernFor",
    "corrected-article": "ErratumFor",
    "republished-article": "CorrectedandRepublishedFrom",
    "updated-article": "UpdateOf",
}


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its bytes, the licence that holds (None: none is stated), and what it says of standings.

    `only_tells` says why it is no evidence, "" where it may be.
    """

    data: bytes
    licence: Licence | None
    notices: tuple[Notice, ...]
    only_tells: str


def article(data: bytes, address: str, service: str, stated: Licence | None, pmcid: str) -> Article:
    """Return the article in an answer. Raises Rubbish where there is none, or one that names another PMCID.

    `stated` is the licence that the service names. Where the article's own words name another one, or none, the
    stricter of the two is written into its permissions as a statement of the service, for every reader to find;
    otherwise the bytes are as they came.
    """
    try:
        root = parse(data)
    except UnreadableFile as error:
        raise Rubbish(f"{address} answered with what is no article ({error.reason})") from error
    for element in root.iter(etree.Element):
        element.tag = local_name(element)
    found = next(root.iter("article"), None)
    meta = None if found is None else found.find("front/article-meta")
    if found is None or meta is None:
        raise Rubbish(f"{address} answered with <{root.tag}>, expected a JATS <article>")
    its = dict(front.identifiers(meta)).get("pmcid", pmcid)
    if its != pmcid:
        raise Rubbish(f"{address} answered with the article {its}, expected {pmcid}")
    notices, only = tuple(_notices(found, meta, service)), only_tells([notice(found, meta)])
    own = licence_in(_own_words(meta))
    if stated is None or own == stated:
        return Article(data, own, notices, only)
    holds = stated if own is None else stricter(own, stated)
    words = f"{service} states the licence {stated.code}"
    if own is not None:
        words += f", the article {own.code}: {holds.code} holds"
    return Article(_with_licence(data, words), holds, notices, only)


def _own_words(meta: etree._Element) -> str:
    """Return the addresses and the sentences of the article's licences."""
    licences = meta.findall("permissions/license")
    links = [str(value) for one in licences for part in one.iter(etree.Element) for value in part.attrib.values()]
    return " ".join([*links, *(" ".join(map(str, one.itertext())) for one in licences)])


def _with_licence(data: bytes, words: str) -> bytes:
    """Return the article with one statement more among its permissions."""
    root = parse(data)
    meta = next(one for one in root.iter(etree.Element) if local_name(one) == "article-meta")
    space = str(meta.tag).rpartition("article-meta")[0]
    permissions = meta.find("{*}permissions")
    if permissions is None:
        permissions = etree.SubElement(meta, f"{space}permissions")
    etree.SubElement(etree.SubElement(permissions, f"{space}license"), f"{space}license-p").text = words
    return etree.tostring(root.getroottree(), encoding="utf-8", xml_declaration=True)


def _notices(found: etree._Element, meta: etree._Element, service: str) -> Iterable[Notice]:
    title = front.title(meta)
    own = named(front.identifiers(meta))
    state = standing(found, meta, title)
    if own and state.notice:
        yield Notice(own, state.integrity, f"{service}: {state.notice}")
    links = []
    for one in meta.iterfind("related-article"):
        kind = _OBJECTS.get(one.get("related-article-type", ""))
        scheme = {"doi": "doi", "pmid": "pmid", "pubmed": "pmid", "pmcid": "pmcid", "pmc": "pmcid"}.get(
            one.get("ext-link-type", "")
        )
        if kind and scheme:
            links.append(Link(kind, named([(scheme, one.get(_XLINK, ""))]), ""))
    yield from about_others(f'{service}: "{title}"', links, {value for _, value in own})
