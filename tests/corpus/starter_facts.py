"""What the gathered facts hold about each publication of the starter corpus, and which of it may be printed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Identifiers that stand in one public file only: the facts say of them "recheck".
_UNCHECKED = {
    ("endocrine_society_2019_2020", "pmid"),
    ("iof_esceo_2019", "pmid"),
    ("iof_esceo_2019", "doi"),
    ("uspstf_2025", "pmid"),
}
# What describes a publication as such, and may be said anywhere in its digest. Notes of the
# gatherers ("do not quote", "wrong", "recheck") and lists from memory are left out.
_GENERAL = (
    *("title", "year", "journal", "volume_pages", "body", "grading", "design", "population", "n", "n_note"),
    *(
        "label_difference",
        "retraction",
        "related_letter_doi",
        "base_guideline",
        "later_edition",
        "journal_exec_summary",
    ),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement; `section` is the label section it was read in ("5.1", "Boxed warning"), else ""."""

    text: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One publication: what may be said of it, and the identifiers fit to print, by name."""

    facts: tuple[Fact, ...]
    identifiers: Mapping[str, frozenset[str]]
    general: str = ""
    title: str = ""
    year: int | None = None
    authors: tuple[str, ...] = ()
    body: str = ""
    publication_status: str = "ok"
    other_identifiers: frozenset[str] = field(default_factory=frozenset)


def research(shared: Path) -> dict[str, Record]:
    """Return the articles by id."""
    articles = _read(shared / "facts/research/articles.json")["articles"]
    return {a["id"]: _publication(a, a["key_results"], _fit(a)) for a in articles}


def guidelines(shared: Path) -> dict[str, Record]:
    """Return the guidelines by id."""
    records = _read(shared / "facts/guidelines/recommendations.json")["guidelines"]
    return {g["id"]: _publication(g, g["recommendations"], _fit(g)) for g in records}


def labels(shared: Path) -> dict[str, Record]:
    """Return the labels by file name without suffix; only what was read in their sections."""
    return {path.stem: _label(_read(path)) for path in sorted((shared / "facts/labels").glob("*.json"))}


def _publication(
    raw: dict[str, Any], statements: list[dict[str, Any]], identifiers: Mapping[str, frozenset[str]]
) -> Record:
    authors = (raw["first_author"],) if raw.get("first_author") and "first_author_note" not in raw else ()
    return Record(
        facts=tuple(Fact(" ".join(str(s[k]) for k in ("no", "fact", "strength") if k in s)) for s in statements),
        identifiers=identifiers,
        general=" ; ".join(_texts({name: raw.get(name) for name in _GENERAL})),
        title=raw["title"] or "",
        year=raw["year"],
        authors=authors,
        body=raw.get("body") or raw.get("journal") or "",
        publication_status=raw.get("publication_status", "ok"),
        other_identifiers=frozenset(_texts([raw.get("retraction"), raw.get("related_letter_doi")])),
    )


def _label(raw: dict[str, Any]) -> Record:
    sections: dict[str, dict[str, Any]] = raw["sections"]
    facts = [Fact(f"{name} {section['title']}", name) for name, section in sections.items()]
    facts += [Fact(fact["fact"], name) for name, section in sections.items() for fact in section["facts"]]
    set_ids = [raw["set_id"], *(other["set_id"] for other in raw.get("other_set_ids", []))]
    bla = str(raw.get("bla", "")).removeprefix("BLA")
    fit = {"setid": frozenset(filter(None, set_ids)), "application": frozenset({f"BLA{bla}"} if bla else ())}
    return Record(facts=tuple(facts), identifiers=fit, body=raw["manufacturer"] or "")


def _fit(raw: dict[str, Any]) -> dict[str, frozenset[str]]:
    """Return the identifiers fit to print: a PMID of grade A or B, a DOI that was read and not in one file only."""
    found = {
        "pmid": [raw.get("pmid")] if "key_results" not in raw or (raw.get("pmid_source") or "C")[0] in "AB" else [],
        "doi": [raw.get("doi"), raw.get("doi_exec_summary")],
        "pmcid": [raw.get("pmcid")],
        "nct": [raw.get("registry")],
    }
    if (raw.get("doi_source") or "").startswith("C") or (raw.get("doi_note") or "").startswith("built from"):
        found["doi"] = []
    return {name: frozenset(filter(None, v)) for name, v in found.items() if (raw["id"], name) not in _UNCHECKED}


def _texts(value: object) -> Iterator[str]:
    """Yield every text and number in a JSON value, addresses where it was read left out."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if not name.endswith("read_at"):
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif value is not None:
        yield str(value)


def _read(path: Path) -> dict[str, Any]:
    content = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content
