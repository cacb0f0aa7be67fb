"""The records of an EFetch answer, each as a file of its own, with its revision and its notices."""

import hashlib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from corpus.errors import Rubbish, UnreadableFile
from ingest.connectors.base import Notice
from ingest.connectors.notices import only_tells, pubmed_notices
from ingest.fetching.client import Answered
from ingest.readers.base import RawFile
from ingest.readers.pubmed_fields import publication_types
from ingest.readers.xml_records import records

_RECORDS = ("PubmedArticle", "PubmedBookArticle")
_DELETED = ("DeleteCitation", "DeleteDocument")
_HEAD = b'<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>'
_TAIL = b"</PubmedArticleSet>\n"

# NLM touches these whenever it works on a record, and no reader takes anything from them.
_VOLATILE_ATTRIBUTES = ("Status", "Owner", "IndexingMethod", "VersionDate")
_VOLATILE = (
    "MedlineCitation/DateCompleted",
    "MedlineCitation/DateRevised",
    "MedlineCitation/NumberOfReferences",
    "PubmedData/History",
    "PubmedData/PublicationStatus",
    "PubmedData/ReferenceList",
)


@dataclass(frozen=True, slots=True)
class Record:
    """One record: a PubmedArticleSet of it alone, the SHA-256 of what it says, and what it says of standings.

    `only_tells` says why it is no evidence, "" where it may be.
    """

    file: RawFile
    revision: str
    notices: tuple[Notice, ...]
    only_tells: str = ""


@dataclass(frozen=True, slots=True)
class Records:
    """What an answer holds, by PMID, and which PMIDs it says were deleted."""

    held: Mapping[str, Record]
    deleted: frozenset[str]


def read_records(answered: Answered) -> Records:
    """Return the records of an EFetch answer. Of several versions of one the highest counts. Raises Rubbish."""
    held: dict[str, tuple[int, Record]] = {}
    deleted: set[str] = set()
    try:
        for element in records(answered.body, (*_RECORDS, *_DELETED)):
            if element.tag in _DELETED:
                deleted |= {(one.text or "").strip() for one in element.iterfind("PMID")}
                continue
            one = element.find("MedlineCitation/PMID")
            one = element.find("BookDocument/PMID") if one is None else one
            if one is None or not one.text:
                raise Rubbish(f"{answered.address} gives a record without a PMID")
            pmid, version = one.text.strip(), one.get("Version", "1")
            number = int(version) if version.isdecimal() else 1
            if pmid not in held or number > held[pmid][0]:
                held[pmid] = (number, _record(pmid, element))
    except UnreadableFile as error:
        raise Rubbish(f"{answered.address} answered with records that cannot be read ({error.reason})") from error
    return Records({pmid: record for pmid, (_, record) in held.items()}, frozenset(deleted))


def _record(pmid: str, element: etree._Element) -> Record:
    data = _HEAD + etree.tostring(element, encoding="utf-8", xml_declaration=False, with_tail=False) + _TAIL
    file, only = RawFile(f"pubmed-{pmid}.xml", data), only_tells(publication_types(element))
    return Record(file, _revision(element), pubmed_notices(element), only)


def _revision(element: etree._Element) -> str:
    """Return the SHA-256 of the record in canonical XML, without what is volatile."""
    still = deepcopy(element)
    still.tail = None
    for path in _VOLATILE:
        for one in still.findall(path):
            parent = one.getparent()
            if parent is not None:
                parent.remove(one)
    for citation in still.iterfind("MedlineCitation"):
        for name in _VOLATILE_ATTRIBUTES:
            if name in citation.attrib:
                del citation.attrib[name]
    return hashlib.sha256(etree.tostring(still, method="c14n")).hexdigest()
