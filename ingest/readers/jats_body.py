"""The sections of a JATS article: abstract, body, appendices and floating tables, in reading order.

Left out, because nothing in them is evidence about the question asked: references, acknowledgements,
funding, conflicts of interest, authors' contributions, supplementary files, abstracts in another
language, graphical abstracts, and sub-articles (reviewers' reports, translations).
"""

import re
from collections.abc import Iterator

from lxml import etree

from corpus.document import Section
from ingest.readers.jats_scope import is_evidence, is_readable_abstract
from ingest.readers.jats_table import caption_of, write_table_wrap
from ingest.readers.jats_text import title_words, words
from ingest.readers.numbers import split_number
from ingest.readers.outline import Heading, Outline

ABSTRACT = "Abstract"
FLOATS = "Figures and tables"

_NUMBERING = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,5}|[A-Z](?:\.\d{1,2})*)\.?")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}\.)\s+([A-Z].*)")
_FLOATS = frozenset(("fig", "table-wrap", "fig-group", "table-wrap-group", "boxed-text"))
_GROUPS = frozenset(
    ("fig-group", "table-wrap-group", "floats-group", "disp-quote", "statement", "speech", "alternatives")
)
_LISTS = frozenset(("list", "def-list"))


def sections(article: etree._Element) -> tuple[Section, ...]:
    """Return the article's sections that have text. Elements must be without namespaces."""
    outline = Outline()
    for abstract in article.iterfind("front/article-meta/abstract"):
        if is_readable_abstract(abstract.get("abstract-type")):
            _abstract(abstract, outline)
    body = article.find("body")
    if body is not None:
        outline.open(Heading(1, ""))
        _children(body, outline, 1)
    for appendix in article.iterfind("back/app-group/app"):
        _section(appendix, outline, 1)
    for floats in (*article.iterfind("floats-group"), *article.iterfind("back/sec[@sec-type='display-objects']")):
        outline.open(Heading(1, FLOATS))
        _children(floats, outline, 2)
    return outline.finish()


def _abstract(abstract: etree._Element, outline: Outline) -> None:
    title = abstract.find("title")
    printed = title_words(title) if title is not None else ""
    outline.open(Heading(1, printed if printed.lower() not in ("", "summary") else ABSTRACT))
    _children(abstract, outline, 2)


def _section(section: etree._Element, outline: Outline, level: int) -> None:
    title, label = section.find("title"), section.find("label")
    number, text = _numbered(title_words(title) if title is not None else "")
    printed = _NUMBERING.fullmatch(title_words(label)) if label is not None else None
    if not is_evidence(text, section.get("sec-type")):
        return
    text = text.removesuffix(":")
    text = text[:1].upper() + text[1:] if text.islower() else text
    outline.open(Heading(level, text, printed[1] if printed else number))
    _children(section, outline, level + 1)


def _numbered(title: str) -> tuple[str, str]:
    """Return number and title; a dotted number before a capital is never a quantity ("2.1. Patients")."""
    match = _NUMBERED.fullmatch(title)
    return (match[1].rstrip("."), match[2]) if match else split_number(title)


def _children(parent: etree._Element, outline: Outline, level: int) -> None:
    for child in parent:
        if isinstance(child.tag, str):
            _block(child, outline, level)


def _block(element: etree._Element, outline: Outline, level: int) -> None:
    match element.tag:
        case "sec" | "app":
            _section(element, outline, level)
        case "p":
            _paragraph(element, outline, level)
        case "list" | "def-list":
            _list(element, outline, 0)
            outline.writer.close()
        case "fig":
            outline.writer.caption(caption_of(element))
        case "table-wrap":
            write_table_wrap(element, outline.writer)
        case "boxed-text":
            _box(element, outline, level)
        case "disp-formula" | "preformat" | "verse-group" | "attrib":
            outline.writer.paragraph(words(element))
        case name if name in _GROUPS:
            _children(element, outline, level)
        case _:
            pass


def _paragraph(paragraph: etree._Element, outline: Outline, level: int) -> None:
    """Write a paragraph that may hold lists (it is divided there) and floats (they follow it)."""
    run = etree.Element("p")
    run.text = paragraph.text
    floats = []
    for child in _detached(paragraph):
        if child.tag in _LISTS:
            outline.writer.paragraph(words(run))
            tail, child.tail = child.tail, None
            _block(child, outline, level)
            run = etree.Element("p")
            run.text = tail
        elif child.tag in _FLOATS:
            floats.append(child)
            _append_text(run, child.tail)
        else:
            run.append(child)
    outline.writer.paragraph(words(run))
    for one in floats:
        _block(one, outline, level)


def _detached(element: etree._Element) -> Iterator[etree._Element]:
    yield from list(element)


def _append_text(run: etree._Element, text: str | None) -> None:
    if len(run):
        run[-1].tail = (run[-1].tail or "") + (text or "")
    else:
        run.text = (run.text or "") + (text or "")


def _list(element: etree._Element, outline: Outline, depth: int) -> None:
    for item in element:
        if item.tag == "def-item":
            term, meaning = (" ".join(words(one) for one in item.iterfind(name)) for name in ("term", "def"))
            outline.writer.paragraph(f"{term}: {meaning}" if term and meaning else term or meaning)
        elif item.tag == "list-item":
            own = [words(part) for part in item if part.tag not in (*_LISTS, "label")]
            outline.writer.item(" ".join(filter(None, own)), depth)
            for inner in (*item.iterfind("list"), *item.iterfind("p/list")):
                _list(inner, outline, depth + 1)


def _box(box: etree._Element, outline: Outline, level: int) -> None:
    title = next((one for path in ("caption/title", "title") for one in box.iterfind(path)), None)
    if title is not None and title_words(title):
        outline.writer.caption(title_words(title))
    for child in box:
        if child.tag != "sec":
            _block(child, outline, level) if child.tag not in ("caption", "title", "label") else None
        else:
            _children(child, outline, level)
