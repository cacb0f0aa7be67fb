"""Plain text of Markdown's inline tokens: emphasis, links, code and HTML are reduced to their words."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from ingest.readers.scripts import lowered, raised, underlined

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>", re.IGNORECASE)
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\](?!:)")


def inline_text(tokens: Sequence[Token]) -> str:
    """Return the words of inline tokens; line breaks become spaces, footnote marks and comments vanish.

    `<sup>`, `<sub>` and `<u>` keep their meaning in Unicode ("10<sup>5</sup>" gives "10⁵").
    """
    pieces: list[str] = []
    opened: list[tuple[str, int]] = []
    for token in tokens:
        match token.type:
            case "text" | "text_special" | "code_inline":
                pieces.append(token.content)
            case "softbreak" | "hardbreak":
                pieces.append(" ")
            case "image":
                pieces.append(inline_text(token.children or ()))
            case "html_inline":
                _tag(token.content, pieces, opened)
            case _:
                pass
    return _FOOTNOTE_MARK.sub("", "".join(pieces))


def _tag(markup: str, pieces: list[str], opened: list[tuple[str, int]]) -> None:
    tag = _TAG.fullmatch(markup)
    if tag is None:
        return
    name = tag[2].lower()
    if name == "br":
        pieces.append(" ")
    elif name in ("sup", "sub", "u") and not tag[1]:
        opened.append((name, len(pieces)))
    elif opened and opened[-1][0] == name:
        _, start = opened.pop()
        before = "".join(pieces[:start])
        inside = "".join(pieces[start:])
        changed = {"sup": raised(inside, before), "sub": lowered(inside, before), "u": underlined(inside)}
        pieces[start:] = [changed[name]]
