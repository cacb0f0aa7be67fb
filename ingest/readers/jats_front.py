"""What the front of a JATS article says about it: title, journal, dates, authors, identifiers, licence."""

import re

from lxml import etree

from ingest.readers.inline import inline_text
from ingest.readers.iso_dates import from_parts

Identifiers = tuple[tuple[str, str], ...]

_XLINK = "{http://www.w3.org/1999/xlink}href"
_DATE_KINDS = ("ppub", "pub-print", "epub-ppub", "epub", "pub-electronic", "pub", "epreprint", "collection")
_NAME_PARTS = re.compile(r"[\s.\-‐‑]+")
_NOTE_REFS = frozenset(("fn", "author-notes", "table-fn", "aff", "corresp"))
_NCT = re.compile(r"\bNCT\d{8}\b")


def title(meta: etree._Element) -> str:
    """Return the article's title with its subtitle, "" where it has none."""
    group = meta.find("title-group")
    if group is None:
        return ""
    parts = [_words(part) for name in ("article-title", "subtitle") for part in group.iterfind(name)]
    return ": ".join(part for part in parts if part)


def journal(front: etree._Element) -> str:
    """Return the journal's title, else its publisher's name, else ""."""
    for path in ("journal-meta//journal-title", "journal-meta//publisher-name"):
        found = front.find(path)
        if found is not None and _words(found):
            return _words(found)
    return ""


def date(meta: etree._Element) -> str:
    """Return the date of publication as ISO 8601: of the issue, else online, else of the collection."""
    dates = {_date_kind(one): _iso(one) for one in reversed(meta.findall("pub-date"))}
    return next((dates[kind] for kind in _DATE_KINDS if dates.get(kind)), "")


def authors(meta: etree._Element) -> tuple[str, ...]:
    """Return the authors as "Lee MS"; a group by its name."""
    names = []
    for contrib in meta.iterfind("contrib-group/contrib"):
        if contrib.get("contrib-type", "author") == "author":
            names.append(_author(contrib))
    return tuple(name for name in names if name)


def identifiers(meta: etree._Element) -> Identifiers:
    """Return pmid, pmcid, doi as far as the article has them, then the trials registered for it."""
    found: dict[str, str] = {}
    for one in meta.iterfind("article-id"):
        kind, value = one.get("pub-id-type", ""), _words(one)
        if kind in ("pmc", "pmcid") and value:
            found.setdefault("pmcid", f"PMC{value.upper().removeprefix('PMC')}")
        elif kind in ("pmid", "doi") and value:
            found.setdefault(kind, value)
    trials = sorted(
        {trial for one in meta.iterfind("abstract") for trial in _NCT.findall("".join(map(str, one.itertext())))}
    )
    pairs = [(kind, found[kind]) for kind in ("pmid", "pmcid", "doi") if kind in found]
    return (*pairs, *(("nct", trial) for trial in trials))


def subjects(meta: etree._Element) -> tuple[str, ...]:
    """Return the authors' keywords."""
    words = [_words(one) for one in meta.iterfind("kwd-group//kwd")]
    return tuple(dict.fromkeys(word for word in words if word))


def headings(meta: etree._Element) -> tuple[str, ...]:
    """Return under which headings the journal printed the article ("Review", "Author Correction")."""
    groups = meta.iterfind("article-categories/subj-group[@subj-group-type='heading']/subject")
    return tuple(dict.fromkeys(_words(one) for one in groups if _words(one)))


def licence(meta: etree._Element) -> str:
    """Return copyright and licence as the article states them, "" where it does not."""
    permissions = meta.find("permissions")
    if permissions is None:
        return ""
    said = [_words(one) for one in permissions.iterfind("copyright-statement")]
    for one in permissions.iterfind("license"):
        words = " ".join(filter(None, (_words(part) for part in one if part.tag in ("p", "license-p"))))
        address = "".join(_words(ref) for ref in one.iterfind("license_ref")) or one.get(_XLINK, "")
        said += [words, address if address not in words else ""]
    return "; ".join(one.rstrip(";") for one in said if one)


def _words(element: etree._Element) -> str:
    return inline_text(element, lambda child: child.tag == "xref" and child.get("ref-type") in _NOTE_REFS)


def _date_kind(element: etree._Element) -> str:
    kind = element.get("pub-type") or element.get("date-type") or "pub"
    medium = element.get("publication-format")
    return f"{kind}-{medium}" if medium and kind == "pub" else kind


def _iso(element: etree._Element) -> str:
    year, month, day = ((element.findtext(name) or "").strip() for name in ("year", "month", "day"))
    return from_parts(year, month, day)


def _author(contrib: etree._Element) -> str:
    name = contrib.find("name")
    if name is None:
        name = contrib.find("name-alternatives/name")
    if name is None:
        other = next((one for kind in ("collab", "string-name", "anonymous") for one in contrib.iterfind(kind)), None)
        return "" if other is None else (inline_text(other, _inner_authors) or "")
    surname, given, suffix = (name.find(part) for part in ("surname", "given-names", "suffix"))
    initials = "" if given is None else (given.get("initials") or _initials(_words(given)))
    parts = [_words(one) for one in (surname, suffix) if one is not None]
    return " ".join(filter(None, (parts[0] if parts else "", initials, *parts[1:])))


def _inner_authors(child: etree._Element) -> bool:
    return child.tag in ("contrib-group", "xref", "aff", "email")


def _initials(given: str) -> str:
    return "".join(part[0].upper() for part in _NAME_PARTS.split(given) if part)
