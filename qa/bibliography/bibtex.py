"""References as BibTeX."""

from collections.abc import Iterable, Iterator

from corpus.document import SourceKind
from qa.bibliography.entry import Author, Entry, one_line

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts \{ as a brace
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_KINDS = {SourceKind.GUIDELINE: "Clinical practice guideline", SourceKind.LABEL: "Prescribing information"}
# Addresses and identifiers are taken as they are; what would end a field is percent-encoded.
_VERBATIM = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}


def bibtex(entries: Iterable[Entry]) -> str:
    """Return the entries, UTF-8 for biber or BibTeX; every character that TeX would read as a command is escaped."""
    return "\n".join(_entry(entry) for entry in entries)


def _entry(entry: Entry) -> str:
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(entry) if value)
    return f"@{'article' if entry.is_article else 'misc'}{{{entry.key},\n{fields}}}\n"


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    document = entry.document
    yield "title", f"{{{tex(document.title)}}}"
    yield "author", " and ".join(map(_name, entry.authors))
    yield ("journal" if entry.is_article else "publisher"), tex(document.body)
    yield "year", str(entry.issued[0]) if entry.issued else ""
    yield "month", str(entry.issued[1]) if len(entry.issued) > 1 else ""
    yield "howpublished", _KINDS.get(document.kind, "")
    yield "doi", _verbatim(entry.identifier("doi"))
    yield "pmid", tex(entry.identifier("pmid"))
    yield "url", _verbatim(document.url)
    yield "urldate", entry.retrieved.isoformat()
    yield "note", tex(entry.note)


def tex(text: str) -> str:
    """Return a text with every character that TeX reads otherwise escaped."""
    return "".join(_SPECIAL.get(c, c) for c in one_line(text))


def _verbatim(text: str) -> str:
    return "".join(_VERBATIM.get(c, c) for c in one_line(text))


def _name(author: Author) -> str:
    return f"{_whole(author.family)}, {tex(author.given)}" if author.given else _whole(author.family)


def _whole(name: str) -> str:
    """Return a name in braces, so that none of its words is taken for a first name or an "and"."""
    return f"{{{tex(name)}}}" if name else ""
