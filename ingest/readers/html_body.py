"""The sections of a page: headings, paragraphs, lists, tables and captions; what is only the site's is left out."""

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.grid import Cell, cell_of, write_table
from ingest.readers.inline import inline_text
from ingest.readers.numbers import split_number
from ingest.readers.outline import Heading, Outline
from ingest.readers.plain import plain

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_UNSEEN = frozenset(
    "script style noscript template nav footer aside button select option input textarea iframe object embed svg canvas"
    " video audio dialog img picture map head title meta link base del s strike rt rp".split()
)
_SITE_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert"))
_SITE_CLASSES = frozenset(("sr-only", "visually-hidden", "screen-reader-text", "noprint", "breadcrumb", "breadcrumbs"))
_INVISIBLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLOCKS = frozenset(
    (*_HEADINGS, *"p div section article main header ul ol dl table figure figcaption blockquote pre address hr"
     " fieldset details summary center body form li dt dd caption thead tbody tfoot tr td th".split())
)  # fmt: skip
_NOTE = re.compile(r"[\[(]?\s*(?:\d+|[a-z*†‡§])(?:\s*[,;–-]\s*\d+)*\s*[\])]?")


def headings(root: etree._Element) -> tuple[str, ...]:
    """Return the text of every visible heading of the levels 1 to 3, in order."""
    return tuple(filter(None, (_words(one) for one in content(root).iter("h1", "h2", "h3") if not _inside_unseen(one))))


def main_heading(root: etree._Element) -> str:
    """Return the page's only visible heading of level 1, "" where it has none or several."""
    found = [_words(one) for one in content(root).iter("h1") if not _inside_unseen(one)]
    return found[0] if len(found) == 1 else ""


def content(root: etree._Element) -> etree._Element:
    """Return the element that holds the page's own text: <main>, else the only <article>, else <body>."""
    mains = [one for one in root.iter("main", "div", "section") if one.tag == "main" or one.get("role") == "main"]
    articles = list(root.iter("article"))
    body = root.find("body")
    found = mains if len(mains) == 1 else articles
    return found[0] if len(found) == 1 else (body if body is not None else root)


def read_body(root: etree._Element, title: str) -> Outline:
    """Return the outline of a page. A heading of level 1 that repeats the title is left out of the paths."""
    page = _Page(plain(title))
    page.walk(content(root))
    return page.outline


class _Page:
    """One pass over the elements of a page. Text between blocks is gathered in `run` until the next block."""

    def __init__(self, title: str) -> None:
        self.outline = Outline()
        self.title = title

    def walk(self, parent: etree._Element) -> None:
        run = _new_run(parent.text)
        for child in list(parent):
            if not _unseen(child) and (child.tag in _BLOCKS or _holds_blocks(child)):
                self.outline.writer.paragraph(_words(run))
                run = _new_run(child.tail)
                self.block(child)
            else:
                run.append(child)
        self.outline.writer.paragraph(_words(run))

    def block(self, element: etree._Element) -> None:
        if element.tag in _HEADINGS:
            self.heading(element)
        elif element.tag in ("ul", "ol"):
            self.list(element, 0)
            self.outline.writer.close()
        elif element.tag == "dl":
            self.definitions(element)
        elif element.tag == "table" and not _is_layout(element):
            self.table(element)
        elif element.tag in ("figcaption", "caption"):
            self.outline.writer.caption(_words(element))
        elif element.tag == "header" and not any(True for _ in element.iter(*_HEADINGS)):
            pass
        else:
            self.walk(element)

    def heading(self, element: etree._Element) -> None:
        number, title = split_number(_words(element))
        level = int(element.tag[1])
        if level == 1 and title == self.title:
            title = ""
        self.outline.open(Heading(level, title, number))

    def list(self, element: etree._Element, depth: int) -> None:
        for item in element.iterchildren("li", "ul", "ol"):
            if item.tag != "li":
                self.list(item, depth + 1)
            elif not _unseen(item):
                inner = [one for one in item.iter("ul", "ol") if _nearest_item(one) is item]
                self.outline.writer.item(
                    inline_text(item, lambda child: _unseen(child) or child.tag in ("ul", "ol")), depth
                )
                for one in inner:
                    self.list(one, depth + 1)

    def definitions(self, element: etree._Element) -> None:
        term = ""
        for part in element.iter("dt", "dd"):
            if part.tag == "dt":
                term = _words(part).rstrip(":")
            else:
                self.outline.writer.paragraph(f"{term}: {_words(part)}" if term else _words(part))

    def table(self, table: etree._Element) -> None:
        for caption in table.iterfind("caption"):
            self.outline.writer.caption(_words(caption))
        head = [_row(row) for row in table.iterfind("thead/tr")]
        body = [_row(row) for path in ("tbody/tr", "tr", "tfoot/tr") for row in table.iterfind(path)]
        write_table(self.outline.writer, head, [row for row in body if row])
        self.outline.writer.close()


def _row(row: etree._Element) -> list[Cell]:
    return [cell_of(cell, _words(cell)) for cell in row.iterchildren("td", "th")]


def _words(element: etree._Element) -> str:
    return inline_text(element, _unseen)


def _unseen(element: etree._Element) -> bool:
    if element.tag in _UNSEEN or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if element.get("role") in _SITE_ROLES or not _SITE_CLASSES.isdisjoint((element.get("class") or "").split()):
        return True
    if element.tag == "form":  # some sites wrap the whole page in one
        return not any(True for _ in element.iter(*_HEADINGS))
    return _INVISIBLE.search(element.get("style") or "") is not None or (element.tag == "sup" and _cites(element))


def _cites(sup: etree._Element) -> bool:
    """Return whether a superscript is only links to notes or references further down the page."""
    links = [one for one in sup.iter("a") if (one.get("href") or "").startswith("#")]
    text = plain("".join(map(str, sup.itertext())))
    return bool(links) and _NOTE.fullmatch(text) is not None and any(char.isdigit() for char in text)


def _inside_unseen(element: etree._Element) -> bool:
    return any(_unseen(one) for one in element.iterancestors())


def _holds_blocks(element: etree._Element) -> bool:
    return any(True for _ in element.iter(*_BLOCKS))


def _is_layout(table: etree._Element) -> bool:
    inner = [
        one
        for one in table.iter("table", *_HEADINGS)
        if one is not table and next(one.iterancestors("caption"), None) is None
    ]
    return bool(inner) or table.get("role") in ("presentation", "none") or len(list(table.iter("td", "th"))) < 2


def _nearest_item(element: etree._Element) -> etree._Element | None:
    return next(_ancestors(element, "li"), None)


def _ancestors(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    yield from element.iterancestors(tag)


def _new_run(text: str | None) -> etree._Element:
    run = etree.Element("span")
    run.text = text
    return run
