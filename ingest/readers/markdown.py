"""Markdown with YAML front matter: one document a file, in the format of docs/markdown-format.md.

The front matter says what the document is (`front_matter.py` lists its keys); the body is CommonMark
with pipe tables. Headings make sections: "5.1 Title" gives number and title, and a heading may end in
a comment with the LOINC code of a label section, `## 4 Contraindications <!-- loinc: 34070-3 -->`.
Whatever cannot be reduced to plain text without losing what it says (an HTML table, struck-out
text, a comment that never ends) is refused with its line.
"""

import re
import unicodedata
from collections.abc import Iterator

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.document import Document, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers import loinc
from ingest.readers.base import RawFile
from ingest.readers.front_matter import parse, split_parts
from ingest.readers.markdown_inline import inline_text
from ingest.readers.numbers import split_number
from ingest.readers.outline import Heading, Outline
from ingest.readers.plain import plain

NAME = "Markdown with front matter"
MAX_BYTES = 10 * 1024 * 1024

_MAX_NESTING = 40
_LOINC = re.compile(r"<!--\s*loinc:\s*(.*?)\s*-->")
_NOTE = re.compile(r"^\[\^[^\]\s]+\]:", re.MULTILINE)
_NOTE_START = re.compile(r"(?:^|\s)\[\^[^\]\s]+\]:\s*")
_BARE_NUMBER = re.compile(r"\d+\s")


def sniff(raw: RawFile) -> bool:
    """Return whether the file begins with `---`, or is text named .md."""
    head = raw.data[:512].removeprefix(b"\xef\xbb\xbf")
    if head.split(b"\n", 1)[0].rstrip() == b"---":
        return True
    named = raw.name.lower().endswith((".md", ".markdown"))
    return named and not head.lstrip().startswith((b"<", b"{", b"[", b"%PDF")) and b"\x00" not in head


def read(raw: RawFile) -> list[Document]:
    """Return the one document of a file. Raises UnreadableFile with the line of what is wrong."""
    parts = split_parts(_decode(raw.data))
    matter = parse(parts.yaml)
    sections = read_body(parts.body, matter.kind, matter.title, parts.body_line).finish()
    if not sections:
        raise UnreadableFile(f"the body is empty: put the text after the front matter, from line {parts.body_line} on")
    return [matter.document(sections)]


def read_body(body: str, kind: SourceKind, title: str, first_line: int = 1) -> Outline:
    """Return the outline of a Markdown body, open at its last section.

    A first heading of level 1 that repeats `title` is left out of the heading paths. `first_line` is
    the line number of the body's first line, for messages.
    """
    return _Body(kind, title, first_line).read(body)


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"{len(data):,} bytes of Markdown: at most {MAX_BYTES:,} are read; divide the file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(f"line {line} is not UTF-8 (byte {data[error.start]:#04x}): save as UTF-8") from error
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


class _Body:
    """One pass over the tokens of a body."""

    def __init__(self, kind: SourceKind, title: str, first_line: int) -> None:
        self.outline = Outline()
        self.kind, self.title, self.first_line = kind, title, first_line
        self.first_heading = True

    def read(self, body: str) -> Outline:
        parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING + 10}).enable(["table", "strikethrough"])
        tokens = parser.parse(_NOTE.sub(r"\\\g<0>", body))
        stream = iter(tokens)
        above_table = {id(tokens[i - 2]) for i, token in enumerate(tokens) if token.type == "table_open" and i >= 2}
        depth = last = tight = 0
        item: list[str] = []
        for token in stream:
            if token.level > _MAX_NESTING:
                raise self._error(token, f"lists or quotes are nested more than {_MAX_NESTING // 2} deep")
            if item and token.type in ("table_open", "code_block", "fence", "html_block"):
                item = self._item(item, depth)
            match token.type:
                case "heading_open":
                    self._heading(token, next(stream))
                case "bullet_list_open" | "ordered_list_open":
                    item = self._item(item, depth)
                    if not depth:
                        last = tight = 0
                    depth += 1
                case "list_item_open" if depth == 1 and token.map and last:
                    # A blank line in a list that has had none: what introduced the items before it ends there.
                    if token.map[0] > last and tight:
                        self.outline.writer.close()
                    tight = token.map[0] == last
                case "bullet_list_close" | "ordered_list_close":
                    depth -= 1
                    if not depth:
                        self.outline.writer.close()
                case "list_item_close":
                    item = self._item(item, depth)
                case "inline" if depth:
                    last = token.map[1] if token.map else last
                    item.append(self._text(token))
                case "inline":
                    self._paragraph(self._text(token), above_table=id(token) in above_table)
                case "table_open":
                    self._table(stream)
                case "code_block" | "fence":
                    self.outline.writer.paragraph(token.content)
                case "html_block":
                    self._html(token)
        return self.outline

    def _item(self, paragraphs: list[str], depth: int) -> list[str]:
        self.outline.writer.item(" ".join(paragraphs), depth - 1)
        return []

    def _heading(self, opening: Token, content: Token) -> None:
        comment = next((c for c in content.children or () if c.type == "html_inline" and "loinc" in c.content), None)
        text = plain(self._text(content))
        if not text:
            raise self._error(opening, "a heading without a title")
        number, title = split_number(text)
        if self.kind is not SourceKind.LABEL and _BARE_NUMBER.match(text):
            number, title = "", text
        level = int(opening.tag[1])
        if self.first_heading and level == 1 and title == plain(self.title):
            title = ""
        self.first_heading = False
        self.outline.open(Heading(level, title, number, self._code(comment, opening) if comment else ""))

    def _code(self, comment: Token, heading: Token) -> str:
        found = _LOINC.fullmatch(comment.content)
        code = found[1] if found else ""
        if not loinc.title_of(code):
            raise self._error(
                heading, f"`{comment.content}`: expected a code of a label section, as `<!-- loinc: 34067-9 -->`"
            )
        if self.kind is not SourceKind.LABEL:
            raise self._error(heading, f"a LOINC code in a document of kind {self.kind.value}: only labels have them")
        return code

    def _paragraph(self, text: str, above_table: bool) -> None:
        for part in _NOTE_START.split(text):
            if above_table and part.startswith("Table"):
                self.outline.writer.caption(part)
            else:
                self.outline.writer.paragraph(part)

    def _table(self, stream: Iterator[Token]) -> None:
        cells: list[str] = []
        in_header = True
        for token in stream:
            match token.type:
                case "inline":
                    cells.append(self._text(token))
                case "tr_close":
                    (self.outline.writer.header if in_header else self.outline.writer.row)(cells)
                    cells, in_header = [], False
                case "table_close":
                    self.outline.writer.close()
                    return
                case _:
                    pass

    def _html(self, token: Token) -> None:
        content = token.content
        if "<!--" in content and "-->" not in content:
            raise self._error(token, "a comment begins here and never ends: put `-->` after it")
        soup = BeautifulSoup(content, "html.parser")
        if soup.find("table"):
            raise self._error(
                token, "an HTML table: write it as a pipe table (`| a | b |`), so that its rows stay apart"
            )
        self.outline.writer.paragraph(soup.get_text(" "))

    def _text(self, token: Token) -> str:
        for child in token.children or ():
            if child.type == "s_open":
                raise self._error(token, "struck-out text (`~~`): take it out, or take the marks off")
        return inline_text(token.children or ())

    def _error(self, token: Token, what: str) -> UnreadableFile:
        place = f"line {token.map[0] + self.first_line}: " if token.map else ""
        return UnreadableFile(place + what)
