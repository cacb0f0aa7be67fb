"""Inline markup of a label's narrative as plain characters, with the publisher's line breaks."""

import re

from lxml import etree

from ingest.readers.scripts import lowered, raised, underlined
from ingest.readers.spl_notes import Notes
from ingest.readers.xml import local_name

_SPACE = re.compile(r"\s+")
_FRAME = frozenset(("content", "linkHtml", "a"))
_APART = frozenset(("paragraph", "list", "item", "table", "tr", "td", "th", "caption"))
# Where markup ends and text goes on, the space between them is often missing: "before use" + "if you".
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]{3}|\d ?(?:mg|mL|g|mcg|kg)|[^\W\d_]{2}[)\]”\"]?[.,:;?!)\]”\"])$")
_WORD_AFTER = re.compile(r"[^\W\d_]{2}")
_STEP_BEFORE, _STEP_AFTER = re.compile(r"\d[.:]$"), re.compile(r"[A-Z][a-z]")
_REFERENCE_AFTER = re.compile(r"\[see\b|\(\s*(?:see\b|\d{1,2}(?:\.\d{1,2})*\s*[,)])", re.IGNORECASE)


class Inline:
    """Collects text and inline elements; `take` gives what was collected, lines parted by a line feed."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._text = ""
        self._at_edge = False
        self._break_after = False

    def text(self, raw: str | None) -> None:
        """Add text between elements; its own line breaks are only the file's layout."""
        if not raw:
            return
        text = _SPACE.sub(" ", raw)
        if self._break_after and text != " ":
            self.line_break()
        if self._at_edge and _is_glued(self._text, text):
            text = f" {text}"
        if self._text.endswith((" ", "\n")):
            text = text.lstrip()
        self._text += text
        self._at_edge = False

    def line_break(self) -> None:
        """Add a line break that the publisher set."""
        self._text = self._text.rstrip(" ") + "\n"
        self._break_after = False

    def element(self, element: etree._Element) -> None:
        """Add an inline element, without its tail."""
        name = local_name(element)
        if name == "br":
            self.line_break()
        elif name in ("sup", "sub"):
            self._script(element, name)
        elif name == "footnote":
            self._mark(self._notes.add(element.get("ID"), inline_text(element, self._notes)))
        elif name == "footnoteRef":
            self._mark(self._notes.mark(element.get("IDREF")))
        elif name in _APART:
            self._apart(element, name)
        elif name != "renderMultiMedia":
            self._frame(element, name)

    def content(self, element: etree._Element) -> None:
        """Add all that is inside an element."""
        self.text(element.text)
        for child in element:
            self.element(child)
            self.text(child.tail)

    def peek(self) -> str:
        """Return the text collected since the last `take`, as it stands."""
        return self._text.lstrip()

    def take(self) -> str:
        """Return the text collected since the last call, tidied; line feeds stand for the publisher's line breaks."""
        text, self._text = self._text, ""
        self._at_edge = self._break_after = False
        return "\n".join(tidy(line) for line in text.split("\n"))

    def _frame(self, element: etree._Element, name: str) -> None:
        style = (element.get("styleCode") or "").lower()
        if "underline" in style and underlined(_all_text(element)) != _all_text(element):
            self.text(underlined(_all_text(element)))
            return
        self._at_edge = self._at_edge or name in _FRAME
        self.content(element)
        self._at_edge = name in _FRAME

    def _apart(self, element: etree._Element, name: str) -> None:
        """Add a paragraph, an item or a row that stands where only a line of text can be: on a line of its own."""
        if name == "caption" and local_name(element.getparent()) == "item" and is_bullet(_all_text(element)):
            return
        if name in ("td", "th"):
            self.text(" ")
        elif self._text and not self._text.endswith("\n"):
            self.line_break()
        if name == "item":
            self._text += "• "
        self.content(element)
        if name not in ("td", "th"):
            self._break_after = True

    def _script(self, element: etree._Element, name: str) -> None:
        inner = " ".join(inline_text(element, self._notes).split())
        # A program's indentation may stand between a word and its script.
        before = self._text.rstrip(" ")
        if name == "sub":
            self._text = before + lowered(inner, before)
        else:
            self._text = before + _raised(inner, before)
        self._at_edge = False

    def _mark(self, mark: str) -> None:
        self._text = self._text.rstrip(" ") + mark
        self._at_edge = True


def inline_text(element: etree._Element, notes: Notes) -> str:
    """Return all that is inside an element, tidied; line feeds stand for the publisher's line breaks."""
    inline = Inline(notes)
    inline.content(element)
    return inline.take()


def tidy(text: str) -> str:
    """Return a line without the spaces that nested markup leaves: "( 5.1 ) ]." becomes "(5.1)]."."""
    text = " ".join(text.split())
    text = re.sub(r"([(\[]) (?=\S)", r"\1", text)
    text = re.sub(r"(?<=\S) ([)\]])", r"\1", text)
    text = re.sub(r"(?<=[\w)\]%”]) ([.,;])(?=\s|$|[)\]])", r"\1", text)
    return re.sub(r"(?<=\d) ?[⁰º˚] ?(?=[CF]\b)", "°", text)


def is_bullet(text: str) -> bool:
    """Return whether an item's label is only a bullet; "1." and "[1]" are not."""
    return not any(char.isalnum() for char in text) or text == "o"


def _all_text(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _raised(text: str, before: str) -> str:
    """Return a superscript; a note's mark ("a", "b,c") stays raised after words as after figures."""
    if re.fullmatch(r"[a-z*](?: ?, ?[a-z*])*|[a-z]\*", text) and text != "o":
        return "".join(raised(char, "0") if char.isalpha() else char for char in text if char != " ")
    return raised(text, before)


def _is_glued(before: str, after: str) -> bool:
    if not before or before[-1].isspace() or after[0].isspace():
        return False
    if _REFERENCE_AFTER.match(after):
        return before[-1].isalnum()
    if _STEP_AFTER.match(after) and _STEP_BEFORE.search(before):
        return True
    if after.startswith("value"):
        return before.endswith(("p", "P"))
    return bool(_WORD_AFTER.match(after) and _WORD_BEFORE.search(before))
