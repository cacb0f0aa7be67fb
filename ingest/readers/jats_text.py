"""The words of a JATS element as printed in the running text, without reference marks above the line."""

import re

from lxml import etree

from ingest.readers.inline import inline_text

_UNSEEN = frozenset(
    ("fn", "index-term", "graphic", "inline-graphic", "media", "object-id", "floats-group", "milestone")
)
_ONLY_MARKS = re.compile(r"[\s\d,;–‐‑−\-\[\]()*]*")
_SEPARATOR = re.compile(r"\s*[,;–‐‑-]\s*")


def words(element: etree._Element) -> str:
    """Return an element's text. Citations that are raised ("osteoporosis¹,²") go, bracketed ones stay as printed."""
    return inline_text(element, _unseen)


def title_words(element: etree._Element) -> str:
    """Return a title's text, without any mark that points to a note."""
    return inline_text(element, lambda child: _unseen(child) or child.tag == "xref")


def _unseen(child: etree._Element) -> bool:
    if child.tag == "sup":
        return _cites(child) or _separates(child)
    return child.tag in _UNSEEN or (child.tag == "xref" and _raised_citation(child))


def _is_citation(element: etree._Element) -> bool:
    return element.tag == "xref" and element.get("ref-type") == "bibr"


def _raised_citation(xref: etree._Element) -> bool:
    inner = [child for child in xref if isinstance(child.tag, str)]
    beside = (xref.text or "") + "".join(child.tail or "" for child in xref)
    return _is_citation(xref) and bool(inner) and all(child.tag == "sup" for child in inner) and not beside.strip()


def _cites(sup: etree._Element) -> bool:
    cited = [child for child in sup if _is_citation(child)]
    beside = (sup.text or "") + "".join(child.tail or "" for child in sup)
    return bool(cited) and len(cited) == len(sup) and _ONLY_MARKS.fullmatch(beside) is not None


def _separates(sup: etree._Element) -> bool:
    """Return whether this is the raised comma between two raised citations, and not the sign of an ion."""
    if len(sup) or not _SEPARATOR.fullmatch(sup.text or ""):
        return False
    neighbours = (sup.getprevious(), sup.getnext())
    return all(one is not None and one.tag == "xref" and _raised_citation(one) for one in neighbours)
