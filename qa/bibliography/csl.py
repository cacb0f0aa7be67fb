"""References as CSL JSON, the format that Zotero, Pandoc and citeproc read."""

import json
from collections.abc import Iterable
from typing import Any

from qa.bibliography.entry import Author, Entry, one_line


def csl(entries: Iterable[Entry]) -> str:
    """Return the entries as a JSON list, fields as in the schema of CSL 1.0.2."""
    return json.dumps([_item(entry) for entry in entries], ensure_ascii=False, indent=1)


def _item(entry: Entry) -> dict[str, Any]:
    document = entry.document
    item: dict[str, Any] = {
        "id": entry.key,
        "type": "article-journal" if entry.is_article else "document",
        "title": one_line(document.title),
        "author": [_name(author) for author in entry.authors],
        ("container-title" if entry.is_article else "publisher"): one_line(document.body),
        "issued": {"date-parts": [list(entry.issued)]} if entry.issued else None,
        "accessed": {"date-parts": [[entry.retrieved.year, entry.retrieved.month, entry.retrieved.day]]},
        "DOI": entry.identifier("doi"),
        "PMID": entry.identifier("pmid"),
        "PMCID": entry.identifier("pmcid"),
        "URL": document.url,
        "version": document.version,
        "note": entry.note,
    }
    return {name: value for name, value in item.items() if value}


def _name(author: Author) -> dict[str, str]:
    if author.given:
        return {"family": one_line(author.family), "given": author.given}
    return {"literal": one_line(author.family)}
