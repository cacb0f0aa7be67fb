"""A format of one line a document ("key: text"), and a splitter of one passage a section."""

import re

from corpus.document import Document, Integrity, Section, SourceKind
from corpus.errors import UnreadableFile
from corpus.passage import Passage, Sentence, passage_id
from ingest.readers.base import RawFile


def read(raw: RawFile) -> list[Document]:
    """Return a document a line; "key v2: text" is its version 2, "key!: text" a retracted one."""
    documents = []
    for line in raw.data.decode().splitlines():
        match = re.fullmatch(r"(\S+?)(?: v(\d+))?(!)?: (.*)", line)
        if match is None:
            raise UnreadableFile(f"expected 'key: text', found {line[:20]!r}")
        key, version, retracted, text = match.groups()
        if text == "crash":
            raise KeyError("a bug in the reader")
        state = Integrity.RETRACTED if retracted else Integrity.CURRENT
        sections = (Section(("Text",), text),)
        documents.append(Document(key, SourceKind.LABEL, key, sections, version=version or "", integrity=state))
    return documents


class WholeSplitter:
    """One passage a section; `cuts` counts how often it was asked."""

    def __init__(self, fingerprint: str = "whole") -> None:
        self.fingerprint = fingerprint
        self.cuts = 0

    def split(self, document: Document) -> tuple[Passage, ...]:
        """Return the passages. Raises UnreadableFile for "unsplittable"."""
        self.cuts += 1
        found = []
        for n, section in enumerate(document.sections):
            if section.text == "unsplittable":
                raise UnreadableFile("no room for text")
            end = len(section.text)
            number = passage_id(document.key, section.id, 0, end)
            found.append(Passage(number, n, 0, end, section.text, (Sentence(0, end),)))
        return tuple(found)
