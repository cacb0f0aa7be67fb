"""Documents to measure on, from the shared data: real texts, always in the same order.

Keys of what is no label are invented here, under "bench:", so that none is ever taken for an identifier.
"""

import json
import lzma
import tarfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.document import Document, Section, SourceKind
from corpus.errors import UnreadableFile
from corpus.passage import Passage, SplitDocument
from ingest import open_medicine
from ingest.readers.base import RawFile, read_any
from ingest.readers.blocks import BlockWriter

Part = tuple[str, list[str]]
Split = Callable[[Document], tuple[Passage, ...]]
STARTER = Path(__file__).resolve().parents[1] / "corpus/starter"


def documents(data: Path) -> Iterator[Document]:
    """Yield starter corpus, labels, PubMedQA, SciFact, BioASQ and MedQuAD, in this order, each key once."""
    seen: set[str] = set()
    for document in chain(starter(), labels(data), pubmedqa(data), scifact(data), bioasq(data), medquad(data)):
        if document.key not in seen:
            seen.add(document.key)
            yield document


def passages(found: Iterator[Document], split: Split, wanted: int) -> Iterator[SplitDocument]:
    """Yield the documents with their passages until there are `wanted`; the last one may lose its end.

    A document that cannot be split is left out. Fewer come where the documents hold no more.
    """
    left = wanted
    for document in found:
        if left <= 0:
            return
        try:
            cut = split(document)[:left]
        except UnreadableFile:
            continue
        if cut:
            left -= len(cut)
            yield SplitDocument(document, cut)


def starter() -> Iterator[Document]:
    """Yield the digests of the starter corpus, by path, and those of the package open-medicine."""
    for path in sorted(STARTER.rglob("*.md")):
        yield from read_any(RawFile(path.name, path.read_bytes()))
    for raw in open_medicine.files():
        yield from read_any(raw)


def labels(data: Path) -> Iterator[Document]:
    """Yield the FDA labels, by file name; what has no text (an index of drug classes) is left out."""
    for path in sorted((data / "labels/spl").glob("*.xml")):
        with suppress(UnreadableFile):
            yield from read_any(RawFile(path.name, path.read_bytes()))


def pubmedqa(data: Path) -> Iterator[Document]:
    """Yield the abstracts; they come without titles, so the first words of each stand for it."""
    for row in _rows(data / "research/pubmedqa_abstracts.jsonl.xz"):
        parts = [(str(part["label"]).capitalize(), [str(part["text"])]) for part in row["sections"]]
        title = " ".join(parts[0][1][0].split()[:12]) if parts else ""
        year = int(row["year"]) if str(row["year"]).isdigit() else None
        yield from _document(f"bench:pubmedqa-{row['pmid']}", SourceKind.RESEARCH, title, parts, year=year)


def scifact(data: Path) -> Iterator[Document]:
    """Yield the abstracts."""
    for row in _rows(data / "scifact/corpus.jsonl.xz"):
        parts = [("Abstract", [" ".join(row["sentences"])])]
        yield from _document(f"bench:scifact-{row['id']}", SourceKind.RESEARCH, str(row["title"]), parts)


def bioasq(data: Path) -> Iterator[Document]:
    """Yield what the snippets hold of each abstract, in order of its characters, none of it twice."""
    snippets: dict[str, dict[tuple[str, int, int], str]] = {}
    for row in _rows(data / "gold/bioasq.jsonl.xz"):
        for snippet in row["snippets"]:
            place = (str(snippet["section"]), int(snippet["begin"]), int(snippet["end"]))
            snippets.setdefault(str(snippet["pmid"]), {})[place] = str(snippet["text"])
    for pmid, found in snippets.items():
        titles = [text for (section, _, _), text in found.items() if section == "title"]
        runs = _apart({place[1:]: text for place, text in found.items() if place[0] != "title"}) or titles[:1]
        title = titles[0] if titles else " ".join(runs[0].split()[:12])
        yield from _document(f"bench:bioasq-{pmid}", SourceKind.RESEARCH, title, [("Abstract", runs)])


def medquad(data: Path) -> Iterator[Document]:
    """Yield the health pages that have answers, a section for each question answered."""
    with tarfile.open(data / "scale/medquad.tgz") as archive:
        members = {member.name: member for member in archive if member.name.endswith("_QA") or ".xml" in member.name}
        pages = []
        for name, member in members.items():
            stream = archive.extractfile(member) if name.endswith(".xml") and "__MACOSX" not in name else None
            if stream is not None:
                pages.append((name, stream.read()))
    for name, content in sorted(pages):
        page = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        focus = " ".join((page.findtext("Focus") or "").split())
        parts = []
        for pair in page.iterfind(".//QAPair"):
            question = " ".join((pair.findtext("Question") or "").split()).replace(" ?", "?")
            parts.append((question, (pair.findtext("Answer") or "").split("\n\n")))
        key = "bench:medquad-" + "-".join(Path(name).with_suffix("").parts[1:])
        yield from _document(key, SourceKind.GUIDELINE, focus, parts, url=page.get("url") or "")


def _document(
    key: str,
    kind: SourceKind,
    title: str,
    parts: Sequence[Part],
    *,
    year: int | None = None,
    url: str = "",
) -> Iterator[Document]:
    """Yield the document of these (heading, paragraphs); nothing where no part has text."""
    sections: list[Section] = []
    for heading, paragraphs in parts:
        writer = BlockWriter()
        for paragraph in paragraphs:
            writer.paragraph(paragraph)
        if writer:
            sections.append(writer.section([heading]))
    if sections:
        yield Document(key, kind, title, tuple(sections), year=year, url=url)


def _apart(runs: dict[tuple[int, int], str]) -> list[str]:
    """Return the texts in order of place, the longest of those that overlap."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(runs, key=lambda place: (place[0] - place[1], place)):
        if all(end <= first or last <= start for first, last in kept):
            kept.append((start, end))
    return [runs[place] for place in sorted(kept)]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
