"""One document on a terminal: where it came from, where it stands, its versions, its sections."""

from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from corpus.document import Document, Integrity
from corpus.errors import NotFound
from corpus.passage import SplitDocument
from corpus.records import Version
from corpus.store import Store


def show_document(store: Store, name: str, console: Console, *, with_text: bool) -> None:
    """Print the document of a key, a version id, or a passage id. Raises NotFound."""
    split = find(store, name)
    document = split.document
    console.print(Text(document.title or "(no title)", "bold"))
    if document.integrity is not Integrity.CURRENT:
        console.print(Text(f"{document.integrity}: {document.notice}".rstrip(": "), "bold red"))
    console.print(_facts(document, _version(store, document)))
    console.print(_versions(store, document))
    for change in store.integrity_history(document.key)[1:]:
        console.print(Text(f"{change.at:%Y-%m-%d %H:%M} UTC: {change.was} → {change.became}: {change.why}"))
    for position, section in enumerate(document.sections):
        passages = sum(passage.section == position for passage in split.passages)
        title = " › ".join(section.heading) or "(no title)"
        facts = f"  {len(section.text):,} characters, {passages} passages"
        code = f"  LOINC {section.code}" if section.code else ""
        console.print(Text.assemble((f"{section.number} {title}".strip(), "cyan"), (f"{code}{facts}", "dim")))
        if with_text:
            console.print(Text(section.text + "\n"))


def as_values(store: Store, name: str) -> dict[str, Any]:
    """Return the document with its versions, its history and its passages as JSON-ready values. Raises NotFound."""
    split = find(store, name)
    document = split.document
    return {
        "id": document.id,
        "document": asdict(document),
        "section_ids": [section.id for section in document.sections],
        "passages": [asdict(passage) for passage in split.passages],
        "versions": [asdict(version) for version in store.versions(document.key)],
        "integrity_history": [asdict(change) for change in store.integrity_history(document.key)],
    }


def find(store: Store, name: str) -> SplitDocument:
    """Return the document of a key, a version id, or a passage id. Raises NotFound."""
    try:
        return store.get_split(name)
    except NotFound:
        try:
            place = store.passage(name)
        except NotFound:
            raise NotFound(
                f"no document or passage {name!r} is held: `curbside corpus list` shows the documents"
            ) from None
        return store.get_split(place.document.id)


def _version(store: Store, document: Document) -> Version:
    return next(version for version in store.versions(document.key) if version.id == document.id)


def _facts(document: Document, version: Version) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    facts = {
        "id": document.id,
        "kind": document.kind,
        "publisher": document.body,
        "date": document.effective or str(document.year or ""),
        "version": document.version,
        "design": document.design,
        "drugs": ", ".join(document.drugs),
        "brands": ", ".join(document.brands),
        "identifiers": ", ".join(f"{scheme} {value}" for scheme, value in document.identifiers),
        "digest of": document.digest_of,
        "address": document.url,
        "licence": document.licence or "not stated",
        "retrieved": str(version.retrieved),
        "raw file": version.raw_sha256,
    }
    for name, value in facts.items():
        if value:
            table.add_row(Text(name, "dim"), Text(value))
    return table


def _versions(store: Store, document: Document) -> Table:
    table = Table("version", "date", "retrieved", "state", "id", box=None, padding=(0, 2, 0, 0), header_style="dim")
    for version in store.versions(document.key):
        cells = (version.version, version.effective, str(version.retrieved), version.integrity, version.id)
        table.add_row(*map(Text, cells), style="bold" if version.is_current else "")
    return table
