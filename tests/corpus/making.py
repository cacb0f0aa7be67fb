"""Small documents for the tests of the store."""

from datetime import date

from corpus.document import Block, Document, Role, Section, SourceKind
from corpus.passage import Passage, Sentence, passage_id
from corpus.records import Added
from corpus.store import Store

TODAY = date(2026, 11, 23)
TEXT = "Take it once daily. Do not take it with milk."


def document(key: str = "spl:one", text: str = TEXT, **fields: object) -> Document:
    """Return a label of two sections; `fields` overrides any other of its fields."""
    dosing = Section(
        ("Dosage and administration", "Adults"),
        text,
        number="2.1",
        code="34068-7",
        codes=("34068-7", ""),
        blocks=(Block(Role.PARAGRAPH, 0, len(text)),),
    )
    warning = Section(("Warnings",), "Fever\nRash", blocks=(Block(Role.ITEM, 6, 10, lead=(0, 5)),), page=2)
    values: dict[str, object] = {"kind": SourceKind.LABEL, "title": "Examplumab", "drugs": ("examplumab",)}
    values |= {"identifiers": (("setid", "one"),), "licence": "public domain", "sections": (dosing, warning)}
    return Document(key=key, **(values | fields))  # type: ignore[arg-type]


def whole(made: Document) -> tuple[Passage, ...]:
    """Return one passage a section, its first line one sentence."""
    found = []
    for n, section in enumerate(made.sections):
        end = len(section.text.splitlines()[0])
        sentences = (Sentence(0, end),)
        number = passage_id(made.key, section.id, 0, end)
        found.append(Passage(number, n, 0, end, section.text[:end], sentences))
    return tuple(found)


def put(
    store: Store, made: Document, *, raw: bytes = b"raw", retrieved: date = TODAY, splitter: str = "whole"
) -> Added:
    """Add a document with its passages."""
    origin = store.keep_raw(raw, name="one.xml", retrieved=retrieved)
    return store.add(made, origin=origin, passages=whole(made), splitter=splitter)
