"""What every document of every reader must be, checked by the contract suite."""

import unicodedata
from pathlib import Path

from corpus.document import Document, Section
from corpus.errors import UnreadableFile
from ingest.readers.base import RawFile, Reader

_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")


def real_files(shared: Path) -> list[RawFile]:
    """Return every file of the shared data that a user might hand to `ingest`, archives and long tables left out."""
    folders = ("labels", "guidelines", "research/jats", "refresh", "edge")
    paths = sorted(path for folder in folders for path in (shared / "data" / folder).rglob("*") if path.is_file())
    return [RawFile(str(path.relative_to(shared / "data")), path.read_bytes()) for path in paths]


def read_or_refuse(reader: Reader, raw: RawFile) -> list[Document]:
    """Return the documents, [] where the reader refuses with a reason. Any other exception is a failure."""
    try:
        documents = reader.read(raw)
    except UnreadableFile as refused:
        assert refused.reason.strip() == refused.reason != ""
        assert len(refused.reason) < 1000
        return []
    assert documents, "a reader returns a document or says why not"
    return documents


def check_document(document: Document) -> None:
    assert document.key == document.key.strip()
    assert ":" in document.key
    assert document.title
    assert document.sections
    for text in (document.title, document.body, *document.drugs, *document.brands, *document.authors):
        _check_characters(text)
    assert all(drug == drug.lower() for drug in document.drugs)
    for section in document.sections:
        check_section(section)


def check_section(section: Section) -> None:
    """Blocks are the text's lines in order; leads lie before them; nothing invisible, no markup's rests."""
    assert section.text.strip()
    assert section.codes == () or len(section.codes) == len(section.heading)
    for title in section.heading:
        _check_characters(title)
        assert title.strip() == title != ""
    at = 0
    for block in section.blocks:
        assert not section.text[at : block.start].strip(), "blocks leave out only white space"
        line = section.text[block.start : block.end]
        assert block.start >= at and line.strip() == line != ""
        _check_characters(line)
        assert "  " not in line
        assert block.lead is None or 0 <= block.lead[0] < block.lead[1] <= block.start
        at = block.end
    assert section.blocks and not section.text[at:].strip()


def _check_characters(text: str) -> None:
    assert unicodedata.is_normalized("NFC", text)
    assert not [char for char in text if unicodedata.category(char) in _UNSEEN], text
