"""An answer as a turn below another's page: the parts of its own page, in order, with names that are theirs alone."""

import re
from collections.abc import Iterator, Mapping

from jinja2 import Environment
from markupsafe import Markup

from qa.answer import Answer

# Stands between two pieces on their way to the script, which shows each as it comes. No escaped text holds it.
BREAK = "\n<!--piece-->\n"
_NAMES = re.compile(r'(\s(?:id|for|aria-labelledby|aria-describedby|aria-controls)=")([^"]+)(")|(\shref="#)([^"]+)(")')
_PIECE = re.compile(r'\n(?=<section class="(?:part|refusal|emergency)\b)')
# A part of several answers on a page is told apart by its question.
_REGION = re.compile(r'(<section\b[^>]*\saria-labelledby="[^"]+)')
# What is read only by those who look for it stands behind a line that opens it.
_BEHIND = re.compile(r'\s*<section class="part part-(?:references|searched|terms)\b')


def pieces_of(templates: Environment, answer: Answer, context: Mapping[str, object]) -> Iterator[str]:
    """Yield a turn's HTML piece by piece: its head, then what the page of the answer shows, then what it rests on."""
    page = templates.get_template(f"answer/{answer.status}.html")
    shown = page.new_context(dict(context))

    def block(name: str) -> str:
        return "".join(page.blocks[name](shown)) if name in page.blocks else ""

    html = block("parts")
    found = [piece for piece in _PIECE.split(f"\n{html.strip()}") if piece.strip()]
    behind = [piece for piece in found if _BEHIND.match(piece)]
    # An emergency's call for help comes before its own question.
    yield own(block("first") + templates.get_template("conversation/turn.html").render(context), answer.id)
    for piece in found:
        if piece not in behind:
            yield own(piece, answer.id)
    if behind:
        more = templates.get_template("conversation/more.html")
        yield own(more.render(context, behind=[Markup(piece) for piece in behind]), answer.id)


def own(html: str, name: str) -> str:
    """Return HTML whose ids, and what refers to them, begin with a name: a page can hold several answers."""

    def renamed(m: re.Match[str]) -> str:
        if m[4]:
            return f"{m[4]}{name}-{m[5]}{m[6]}"
        return m[1] + " ".join(f"{name}-{one}" for one in m[2].split()) + m[3]

    return _REGION.sub(rf"\1 {name}-question", _NAMES.sub(renamed, html))
