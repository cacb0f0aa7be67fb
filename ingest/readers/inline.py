"""The text of an XML element with markup inside it, as PubMed and JATS write it."""

from collections.abc import Callable

from lxml import etree

from ingest.readers.mathml import formula
from ingest.readers.scripts import lowered, note_mark, raised, underlined
from ingest.readers.xml import local_name

UNREADABLE_FORMULA = "[formula]"
_FORMULAS = frozenset(("inline-formula", "disp-formula", "chem-struct", "tex-math"))
_BREAKS = frozenset(("break", "br", "hr"))
_APART = frozenset(
    ("p", "title", "label", "li", "list", "list-item", "def-item", "term", "def", "td", "th", "tr", "div")
)
_CLOSING = frozenset((".", ",", ";", ":"))


def inline_text(element: etree._Element, skip: Callable[[etree._Element], bool] = lambda _: False) -> str:
    """Return the text inside an element on one line, without what `skip` says yes to (its tail stays).

    Superscripts, subscripts, underlined signs and MathML become plain characters. A formula that is
    only a picture or TeX leaves "[formula]", so that no sentence closes over the gap.
    """
    return " ".join(_inside(element, "", skip).split())


def _inside(element: etree._Element, before: str, skip: Callable[[etree._Element], bool]) -> str:
    pieces = [element.text or ""]
    for child in element:
        before = pieces[-1][-1:] or before
        if not isinstance(child.tag, str):
            pass
        elif not skip(child):
            if _torn_off(pieces[-1], child):
                pieces[-1] = before = pieces[-1].rstrip()
            pieces.append(_child(child, before, skip))
        elif (child.tail or "").lstrip()[:1] in _CLOSING:
            pieces[-1] = pieces[-1].rstrip()
        before = pieces[-1][-1:] or before
        pieces.append(child.tail or "")
    return "".join(pieces)


def _torn_off(before: str, child: etree._Element) -> bool:
    """Return whether a program's indentation stands before a script that belongs to what precedes it."""
    gap = before[len(before.rstrip()) :]
    return local_name(child) in ("sub", "sup") and "\n" in gap and not (child.tail or "")[:1].isalnum()


def _child(child: etree._Element, before: str, skip: Callable[[etree._Element], bool]) -> str:
    name = local_name(child)
    if name == "math":
        return formula(child)
    if name in _FORMULAS:
        return f" {_formula(child)} " if name == "disp-formula" else _formula(child)
    if name in _BREAKS:
        return " "
    if name == "q":
        return f"“{_inside(child, before, skip)}”"
    if _marks_note(child, name):
        mark = note_mark(_inside(child, "", skip), before)
        return f"{mark} " if name == "label" else mark
    inside = _inside(child, "" if name in _SCRIPTS else before, skip)
    if name in _SCRIPTS:
        return _SCRIPTS[name](inside, before)
    return f" {inside} " if name in _APART else inside


def _marks_note(child: etree._Element, name: str) -> bool:
    """Return whether this is a note's mark, where it is used or in front of the note."""
    parent = child.getparent()
    if name == "label":
        return parent is not None and local_name(parent) == "fn"
    return name == "xref" and child.get("ref-type") in ("table-fn", "fn")


def _formula(element: etree._Element) -> str:
    text = ""
    for math in element.iter("{*}math"):
        text += formula(math)
    if not text and local_name(element) != "tex-math":
        text = _inside(element, "", lambda child: local_name(child) in ("tex-math", "label", "alternatives", "graphic"))
    return text if text.strip() else UNREADABLE_FORMULA


def _underlined(text: str, _: str) -> str:
    return underlined(text)


_SCRIPTS: dict[str, Callable[[str, str], str]] = {
    "sup": raised,
    "sub": lowered,
    "u": _underlined,
    "underline": _underlined,
}
