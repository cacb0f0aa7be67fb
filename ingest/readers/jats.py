"""JATS full text (PubMed Central, publishers): one document an article, in a set, an OAI answer or alone.

The key is the PMID where the article names one, else the PMCID, the DOI, or the file's hash. The
text is abstract, body, appendices and floating tables (`jats_body` says what is left out and why).
Answers that say why there is no article ("not open access") are refused with what they say.
"""

import hashlib

from lxml import etree

from corpus.document import Document, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers import jats_front as front
from ingest.readers.base import RawFile
from ingest.readers.iso_dates import year_of
from ingest.readers.jats_body import sections
from ingest.readers.jats_standing import design, is_guideline, standing
from ingest.readers.plain import plain
from ingest.readers.xml import local_name, parse, root_tag

NAME = "JATS XML"
MAX_BYTES = 64 * 1024 * 1024

_ARTICLES = frozenset(("article", "pmc-articleset", "OAI-PMH"))
_REFUSALS = {
    "errorBean": "an error of Europe PMC",
    "OA": "an answer of the PMC open-access service, not an article",
    "ListBucketResult": "a listing of the PMC open-data store, not an article",
    "pmc-articleset-error": "an error of PMC",
}


def sniff(raw: RawFile) -> bool:
    """Return whether the root element is an article's, a set's, or that of an answer in place of one."""
    root = root_tag(raw.data).rpartition("}")[2]
    return root in _ARTICLES or root in _REFUSALS


def read(raw: RawFile) -> list[Document]:
    """Return one document an article, in file order. Raises UnreadableFile."""
    if len(raw.data) > MAX_BYTES:
        raise UnreadableFile(
            f"{len(raw.data):,} bytes of JATS in one file: at most {MAX_BYTES:,} are read; divide the set"
        )
    root = parse(raw.data)
    for element in root.iter(etree.Element):
        element.tag = local_name(element)
    if root.tag in _REFUSALS:
        raise UnreadableFile(f"{_REFUSALS[root.tag]}{_said(root)}: fetch the article's own XML")
    articles = [one for one in root.iter("article") if one.find("front/article-meta") is not None]
    if not articles:
        raise UnreadableFile(f"no JATS article in it{_said(root)}: expected <article> with <front><article-meta>")
    digest = hashlib.sha256(raw.data).hexdigest()
    keys = [f"file:{digest}" if len(articles) == 1 else f"file:{digest}-{n}" for n in range(1, len(articles) + 1)]
    try:
        return [_document(article, key) for article, key in zip(articles, keys, strict=True)]
    except RecursionError as error:
        raise UnreadableFile("the article's elements are nested too deeply to be text") from error


def _document(article: etree._Element, key_without_identifier: str) -> Document:
    head = article.find("front")
    meta = article.find("front/article-meta")
    if head is None or meta is None:
        raise UnreadableFile("an article without <front><article-meta>")
    named = front.identifiers(meta)
    key = next((f"{kind}:{value}" for kind, value in named if kind != "nct"), key_without_identifier)
    text = sections(article)
    title = front.title(meta)
    if not title:
        raise UnreadableFile(f"the article {key} has no title")
    if not text:
        raise UnreadableFile(
            f"the article {key} has neither abstract nor body: PMC gives only the front of articles that its"
            " publisher does not allow to be passed on"
        )
    effective, headings = front.date(meta), front.headings(meta)
    state = standing(article, meta, title)
    return Document(
        key=key,
        kind=SourceKind.GUIDELINE if is_guideline(article, headings) else SourceKind.RESEARCH,
        title=plain(title),
        sections=text,
        body=front.journal(head),
        year=year_of(effective),
        effective=effective,
        url=_url(dict(named)),
        licence=plain(front.licence(meta)),
        integrity=state.integrity,
        notice=plain(state.notice),
        design=design(article, meta, headings),
        authors=front.authors(meta),
        identifiers=named,
        publication_types=headings,
        subjects=front.subjects(meta),
    )


def _url(named: dict[str, str]) -> str:
    if "pmcid" in named:
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{named['pmcid']}/"
    if "doi" in named:
        return f"https://doi.org/{named['doi']}"
    return f"https://pubmed.ncbi.nlm.nih.gov/{named['pmid']}/" if "pmid" in named else ""


def _said(root: etree._Element) -> str:
    told = [
        " ".join(" ".join(map(str, one.itertext())).split()) for one in root.iter("error", "Error", "errMsg", "ERROR")
    ]
    return f' (it says "{"; ".join(told)}")' if any(told) else ""
