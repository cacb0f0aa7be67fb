"""Labels to measure on: MedicationQA's passages, FDARx's sections, and the whole labels of the shared data."""

import json
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from corpus.document import Document, Section, SourceKind
from evals.corpora import labels
from ingest.readers.blocks import BlockWriter

# "5.3Bleeding", "2.1\tRecommended Dosage", "8. Use in Specific Populations"
_NUMBERED = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2})*)\.?\s*(?=[^\W\d])(.*)", re.DOTALL)


def label_documents(data: Path) -> Iterator[Document]:
    """Yield MedicationQA's passages, the whole labels, and FDARx's labels, in this order."""
    yield from chain(medicationqa(data), labels(data), fdarx(data))


def medicationqa(data: Path) -> Iterator[Document]:
    """Yield the 290 passages as labels of one section each, of the drug that the row names."""
    for row in rows(data / "labels/medicationqa_passages.jsonl"):
        path = tuple(part.strip() for part in str(row["section_title"]).split(">"))
        yield Document(
            medicationqa_key(str(row["id"])),
            SourceKind.LABEL,
            str(row["drug"]),
            (_section(path, str(row["text"])),),
            url=str(row["url"]),
            drugs=(str(row["drug"]).lower(),),
        )


def fdarx(data: Path) -> Iterator[Document]:
    """Yield the labels that the sections belong to, by first appearance, each with what is held of it, by number.

    The parts of one section, which come as rows of the same title, are joined. A section without a number
    stands first; so do the boxed warnings.
    """
    texts: dict[str, dict[tuple[str, str, str], list[str]]] = {}
    drugs: dict[str, str] = {}
    for row in rows(data / "labels/fdarx_sections.jsonl"):
        number, title = numbered(str(row["section_title"]))
        place = (number or str(row["section_number"] or ""), title, str(row["loinc"] or ""))
        if text := str(row["text"]).strip():
            texts.setdefault(row["set_id"], {}).setdefault(place, []).append(text)
            drugs.setdefault(row["set_id"], str(row["drug"]))
    for set_id, held in texts.items():
        places = sorted(held, key=lambda place: [int(part) for part in place[0].split(".") if part])
        sections = tuple(
            _section((title,), "\n".join(held[number, title, code]), number, code) for number, title, code in places
        )
        drug = drugs[set_id]
        yield Document(fdarx_key(set_id), SourceKind.LABEL, drug, sections, drugs=(drug.lower(),))


def medicationqa_key(identity: str) -> str:
    """Return the key of the document of a passage."""
    return f"bench:medicationqa-{identity}"


def fdarx_key(set_id: str) -> str:
    """Return the key of the document of a label."""
    return f"bench:fdarx-{set_id}"


def numbered(title: str) -> tuple[str, str]:
    """Return the number that a printed title begins with, "" where it has none, and the title without it."""
    found = _NUMBERED.fullmatch(title)
    return (found[1], " ".join(found[2].split())) if found else ("", " ".join(title.split()))


def _section(path: tuple[str, ...], text: str, number: str = "", code: str = "") -> Section:
    writer = BlockWriter()
    for paragraph in text.split("\n"):
        writer.paragraph(paragraph)
    return writer.section(list(path), number=number, code=code)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)
