"""What a digest of the starter corpus states beyond its facts, one line for each mistake."""

import re
from collections.abc import Iterator
from pathlib import Path

from corpus.document import Document, Integrity, Section, SourceKind
from ingest.readers import markdown
from ingest.readers.base import RawFile
from ingest.sentences import sentences_of
from tests.corpus.figures import IDENTIFIER, durations, figures, stated
from tests.corpus.starter_facts import Fact, Record

_INTEGRITY = {"ok": Integrity.CURRENT, "retracted": Integrity.RETRACTED, "concern_published": Integrity.CONCERN}


def read_digest(path: Path) -> Document:
    """Return the one document of a Markdown file. Raises UnreadableFile as the reader does."""
    (document,) = markdown.read(RawFile(path.name, path.read_bytes()))
    return document


def sentences(section: Section) -> list[str]:
    """Return the section's sentences as they are quoted."""
    return [section.text[s.start : s.end] for s in sentences_of(section)]


def unsupported(name: str, document: Document, record: Record) -> Iterator[str]:
    """Yield "file, sentence, figure" for all that the facts of this publication do not state."""
    for text in (document.title, document.notice, document.design, *document.publication_types):
        yield from _beyond(name, text, stated(record.general, *(fact.text for fact in record.facts)))
    for section in document.sections:
        allowed = tuple(_facts_for(section, record))
        for sentence in (" ".join(section.heading), *sentences(section)):
            yield from _beyond(name, sentence, stated(record.general, *(fact.text for fact in allowed)))
            if document.kind is SourceKind.RESEARCH and not _from_one(sentence, record):
                yield f"{name}: mixes figures of several facts: {sentence!r}"
        for found in IDENTIFIER.findall(section.text):
            if not any(found in fact.text for fact in allowed) and found not in record.other_identifiers:
                yield f"{name}: identifier {found} is not in the facts"
    for found in IDENTIFIER.findall(document.notice):
        if found not in record.other_identifiers:
            yield f"{name}: identifier {found} of the notice is not in the facts"


def wrong_front_matter(name: str, document: Document, record: Record) -> Iterator[str]:
    """Yield what the front matter states otherwise than the facts, or prints though it was not checked."""
    for kind, value in document.identifiers:
        if value not in record.identifiers.get(kind, ()):
            yield f"{name}: {kind} {value} is not fit to print: {sorted(record.identifiers.get(kind, ())) or 'none'} is"
    if document.digest_of and not document.digest_of.startswith("A digest written for Curbside of "):
        yield f"{name}: digest_of does not say that it is a digest written for Curbside"
    if not document.digest_of:
        yield f"{name}: digest_of is missing"
    if "not read" in document.title.lower():
        yield f"{name}: the title was never read"
    if document.integrity is not _INTEGRITY[record.publication_status]:
        yield f"{name}: integrity is {document.integrity}, the facts say {record.publication_status}"
    if document.kind is SourceKind.LABEL:
        return
    if document.title != record.title:
        yield f"{name}: title {document.title!r}, the facts have {record.title!r}"
    if document.year != record.year:
        yield f"{name}: year {document.year}, the facts have {record.year}"
    if not set(document.authors) <= set(record.authors):
        yield f"{name}: authors {document.authors}, the facts have {record.authors}"
    if document.body and not record.body.startswith(document.body):
        yield f"{name}: body {document.body!r}, the facts have {record.body!r}"


def _beyond(name: str, text: str, allowed: frozenset[str]) -> Iterator[str]:
    for figure in figures(text):
        if figure not in allowed:
            yield f"{name}: {figure} is not in the facts: {text!r}"


def _from_one(sentence: str, record: Record) -> bool:
    """Return whether all figures that the facts state come from one fact: no endpoint gets the figures of another.

    What holds for the whole publication is free: its general figures, times, and the level of confidence.
    """
    known = stated(*(fact.text for fact in record.facts))
    rest = (known & set(figures(sentence))) - stated(record.general) - durations(sentence) - {"95%"}
    return not rest or any(rest <= stated(fact.text) for fact in record.facts)


def _facts_for(section: Section, record: Record) -> Iterator[Fact]:
    """Yield the facts that a section may rest on: those of its number, of what lies under it and above it."""
    for fact in record.facts:
        number = fact.section.split(" ")[0].removesuffix(".x")
        if not fact.section or not _place(section) or _related(number.lower(), _place(section)):
            yield fact


def _place(section: Section) -> str:
    if section.number:
        return section.number
    return "boxed" if re.match(r"boxed warning", section.title, re.IGNORECASE) else ""


def _related(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")
