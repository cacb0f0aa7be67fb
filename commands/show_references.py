"""The references of an answer on a terminal: each document once, with the sections and characters cited."""

from itertools import groupby

from rich.console import Console
from rich.text import Text

from commands.lines import print_folded
from corpus.document import Integrity
from qa.answer import Citation
from qa.bibliography.numbers import runs


def show_references(citations: tuple[Citation, ...], console: Console) -> None:
    """Print each document cited with where it comes from, and under it what was cited, by number."""
    console.print()
    console.print(Text("References", style="bold cyan"))
    for own in _by_document(citations):
        print_folded(console, Text(own[0].title, style="bold"), 2, 2)
        for line in _facts(own[0]):
            print_folded(console, line, 4)
        for _, section in groupby(own, key=lambda citation: citation.section.id):
            print_folded(console, _section(list(section)), 4, 2)


def _by_document(citations: tuple[Citation, ...]) -> list[list[Citation]]:
    """Return the citations of each document version together, each section's too, in the order of their first."""
    first: dict[tuple[str, str], int] = {}
    for citation in citations:
        first.setdefault((citation.version, ""), citation.n)
        first.setdefault((citation.version, citation.section.id), citation.n)
    ordered = sorted(citations, key=lambda c: (first[c.version, ""], first[c.version, c.section.id], c.n))
    return [list(own) for _, own in groupby(ordered, key=lambda citation: citation.version)]


def _facts(citation: Citation) -> list[Text]:
    """Return the lines on a document: how it stands, who published it and its identifiers, what it is a digest of."""
    lines = []
    if citation.integrity is not Integrity.CURRENT:
        lines.append(Text(f"{citation.integrity}: {citation.notice}".rstrip(": "), style="bold red"))
    named = ", ".join(f"{name.upper()} {value}" for name, value in citation.identifiers.items())
    details = (citation.body, citation.date, citation.design, named or citation.document, citation.url)
    lines.append(Text(" · ".join(filter(None, details)), style="dim"))
    if citation.digest_of:
        lines.append(Text(citation.digest_of, style="dim italic"))
    return lines


def _section(citations: list[Citation]) -> Text:
    """Return the line of one section: the numbers of its citations, its title, the characters of each."""
    section = citations[0].section
    where = " ".join(filter(None, (section.number, section.title)))
    page = f"page {section.page}" if section.page else ""
    spans = "characters " + ", ".join(f"{citation.start}–{citation.end}" for citation in citations)
    text = Text()
    text.append(f"[{runs(citation.n for citation in citations)}] ", style="green")
    text.append("".join(f"{one} · " for one in (where, page) if one))
    return text.append(spans, style="dim")
