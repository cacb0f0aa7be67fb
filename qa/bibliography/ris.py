"""References as RIS."""

from collections.abc import Iterable, Iterator

from qa.bibliography.entry import Author, Entry, one_line


def ris(entries: Iterable[Entry]) -> str:
    """Return the entries as RIS lines in UTF-8, each ended by CR LF; no value holds a line break."""
    return "\r\n".join(f"{tag}  - {value}" for entry in entries for tag, value in _lines(entry)) + "\r\n"


def _lines(entry: Entry) -> Iterator[tuple[str, str]]:
    document = entry.document
    yield "TY", "JOUR" if entry.is_article else "GEN"
    optional = [
        ("TI", document.title),
        *(("AU", _name(author)) for author in entry.authors),
        ("JO" if entry.is_article else "PB", document.body),
        ("PY", str(entry.issued[0]) if entry.issued else ""),
        ("DA", "/".join(f"{part:02}" for part in entry.issued) if len(entry.issued) > 1 else ""),
        ("DO", entry.identifier("doi")),
        ("AN", entry.identifier("pmid")),
        ("UR", document.url),
        ("Y2", entry.retrieved.strftime("%Y/%m/%d")),
        ("N1", entry.note),
    ]
    for tag, value in optional:
        if one_line(value):
            yield tag, one_line(value)
    yield "ER", ""


def _name(author: Author) -> str:
    return f"{author.family}, {author.given}" if author.given else author.family
