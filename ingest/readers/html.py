"""HTML pages: guidelines, articles, anything that says what it is. One document a page.

The kind is never guessed. It is what `<meta name="curbside:kind" content="guideline|label|research">`
says; else research where the page carries a journal's citation data (citation_journal_title,
citation_pmid), or guideline where those call it one; else guideline where the title or a heading
speaks of a guideline, guidance, recommendations, a consensus or a statement. Any other page is
refused, with the line to add. Further names: curbside:key, title, body, year, effective, version,
url, licence, design, digest_of, and the lists drugs and brands (separated by commas); they go
before whatever else the page says. Unknown names under "curbside:" are refused.

The key is curbside:key, else the PMID, the DOI, the address that the page states as its own
("url:https://…"), the one that it was fetched from, else the hash of the file. Navigation, scripts,
forms, footers, asides and whatever is hidden are left out; struck-out text too. A page that is cut
off, in another encoding than it says, or with characters that were lost before it came here is refused.
"""

import hashlib
import re

from corpus.document import Document, Section
from corpus.errors import UnreadableFile
from ingest.readers.base import RawFile
from ingest.readers.html_body import headings, main_heading, read_body
from ingest.readers.html_decode import tree
from ingest.readers.html_meta import Meta, iso, kind, read_meta
from ingest.readers.inline import inline_text
from ingest.readers.iso_dates import year_of
from ingest.readers.plain import plain
from ingest.readers.pubmed_integrity import Standing, marked_title, severest

NAME = "HTML"
MAX_BYTES = 32 * 1024 * 1024

_START = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|main|h[1-6]|p|div|section|meta|title|table|ul)\b",
    re.IGNORECASE | re.DOTALL,
)
_BOM_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def sniff(raw: RawFile) -> bool:
    """Return whether the content begins as a page does."""
    head = raw.data[:4096]
    return _START.match(head.decode(_BOM_16.get(head[:2], "utf-8"), "ignore")) is not None


def read(raw: RawFile) -> list[Document]:
    """Return the one document of a page. Raises UnreadableFile."""
    if len(raw.data) > MAX_BYTES:
        raise UnreadableFile(f"{len(raw.data):,} bytes of HTML: at most {MAX_BYTES:,} are read; divide the page")
    root = tree(raw.data)
    meta = read_meta(root)
    named = headings(root)
    printed = tuple(plain(inline_text(one)) for one in root.iterfind("head/title"))
    title = meta.first("curbside:title", "citation_title", "dc.title", "og:title") or main_heading(root)
    title = next(filter(None, (title, *printed, *named)), "")
    if not title:
        raise UnreadableFile("the page has no title: add <title> or a heading")
    try:
        sections = read_body(root, title).finish()
    except RecursionError as error:
        raise UnreadableFile("the page's elements are nested too deeply to be text") from error
    _refuse_lost_text(sections)
    return [_document(raw, meta, title, (*printed, *named), sections)]


def _document(raw: RawFile, meta: Meta, title: str, named: tuple[str, ...], sections: tuple[Section, ...]) -> Document:
    source = kind(meta, title, named)
    effective = _effective(meta)
    year = meta.first("curbside:year")
    if year and not re.fullmatch(r"(1[89]|20|21)\d\d", year):
        raise UnreadableFile(f'<meta name="curbside:year"> says "{year}": it must be a year')
    state = severest(marked_title(title)) if marked_title(title) else Standing()
    modified = iso(meta.first("article:modified_time", "dc.modified", "last-modified"))
    return Document(
        key=_key(raw, meta),
        kind=source,
        title=title,
        sections=sections,
        body=meta.first(
            "curbside:body", "citation_journal_title", "citation_publisher", "dc.publisher", "og:site_name"
        ),
        year=int(year) if year else year_of(effective),
        effective=effective,
        version=meta.first("curbside:version") or (f"modified {modified}" if modified else ""),
        url=_url(meta) or raw.address,
        licence=meta.first("curbside:licence", "dc.rights", "dc.license", "citation_license", "link:license"),
        integrity=state.integrity,
        notice=state.notice,
        design=meta.first("curbside:design"),
        drugs=tuple(drug.lower() for drug in meta.listed("curbside:drugs")),
        brands=meta.listed("curbside:brands"),
        authors=meta.all("citation_author", "dc.creator"),
        identifiers=tuple(
            (name, value) for name, value in (("pmid", meta.first("citation_pmid")), ("doi", meta.doi)) if value
        ),
        subjects=meta.listed("citation_keywords") or meta.listed("keywords"),
        digest_of=meta.first("curbside:digest_of"),
    )


def _key(raw: RawFile, meta: Meta) -> str:
    stated = meta.first("curbside:key")
    if stated and not re.fullmatch(r"[a-z]+:\S+", stated):
        raise UnreadableFile(
            f'<meta name="curbside:key"> says "{stated}": write it as doi:10.…, pmid:… or guideline:name-2024'
        )
    if stated:
        return stated
    if pmid := meta.first("citation_pmid"):
        return f"pmid:{pmid}"
    if meta.doi:
        return f"doi:{meta.doi}"
    address = _url(meta) or raw.address
    return f"url:{address}" if address else f"file:{hashlib.sha256(raw.data).hexdigest()}"


def _url(meta: Meta) -> str:
    stated = meta.first("curbside:url", "link:canonical", "og:url", "citation_public_url")
    if re.match(r"https?://", stated):
        return stated
    return f"https://doi.org/{meta.doi}" if meta.doi else ""


def _effective(meta: Meta) -> str:
    names = (
        "curbside:effective",
        "citation_publication_date",
        "citation_date",
        "citation_online_date",
        "dc.date",
        "dc.issued",
    )
    return iso(meta.first(*names, "article:published_time"))


def _refuse_lost_text(sections: tuple[Section, ...]) -> None:
    if not sections:
        raise UnreadableFile("the page has no text of its own: a program in the browser may be what writes it")
    lost = sum(section.text.count("\ufffd") for section in sections)
    if lost:
        raise UnreadableFile(
            f"{lost} characters of the text were lost before it came here (shown as \ufffd): fetch the page again"
        )
