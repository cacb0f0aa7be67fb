"""Europe PMC's search answers (JSON, resultType=core): one document a record that has an abstract.

The key is that of the same publication in PubMed XML and JATS: PMID, else PMCID, else DOI, else Europe PMC's own
source and number. A preprint says that it is one, in its design and its publication types.
"""

import json
import re
from typing import Annotated

import lxml.html
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from corpus.document import Document, Integrity, Section, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers.base import MOST_TOLD, PartlyUnreadable, RawFile
from ingest.readers.blocks import BlockWriter
from ingest.readers.inline import inline_text
from ingest.readers.iso_dates import year_of
from ingest.readers.plain import plain
from ingest.readers.pubmed_design import GUIDELINES, telling
from ingest.readers.pubmed_integrity import Standing, marked_title, severest
from ingest.readers.standing_links import happened

NAME = "Europe PMC records (JSON)"
ABSTRACT = "Abstract"

_HEADING = re.compile(r"<h4>(.*?)</h4>", re.IGNORECASE | re.DOTALL)
# A "<" that begins no tag of an abstract is a sign: "p<0.05", "x<y".
_SIGN = re.compile(r"<(?!/?(?:i|b|u|em|strong|sup|sub|p|br|h[1-6]|italic|bold|sc)\s*/?>)", re.IGNORECASE)
_DAY = re.compile(r"\d{4}(-\d\d){0,2}")
_RETRACTED = "retracted publication"
_WITHDRAWN = frozenset(("preprint withdrawal", "preprint removal"))

Text = Annotated[str, BeforeValidator(lambda value: "" if value is None else str(value))]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, alias_generator=to_camel)


class _Author(_Part):
    full_name: Text = ""
    collective_name: Text = ""


class _Authors(_Part):
    author: tuple[_Author, ...] = ()


class _Types(_Part):
    pub_type: tuple[Text, ...] = ()


class _Keywords(_Part):
    keyword: tuple[Text, ...] = ()


class _Link(_Part):
    id: Text = ""
    type: Text = ""
    reference: Text = ""


class _Links(_Part):
    comment_correction: tuple[_Link, ...] = ()


class _Journal(_Part):
    title: Text = ""


class _Issue(_Part):
    journal: _Journal = _Journal()


class _Book(_Part):
    publisher: Text = ""


class _Record(_Part):
    """The fields of a record that are read; the service writes their names in one word ("abstractText")."""

    id: Text = Field(pattern=r"^\w+$")
    source: Text = Field(pattern=r"^\w+$")
    pmid: Text = ""
    pmcid: Text = ""
    doi: Text = ""
    title: Text = ""
    abstract_text: Text = ""
    license: Text = ""
    version_number: Text = ""
    first_publication_date: Text = ""
    author_list: _Authors = _Authors()
    pub_type_list: _Types = _Types()
    keyword_list: _Keywords = _Keywords()
    comment_correction_list: _Links = _Links()
    journal_info: _Issue = _Issue()
    book_or_report_details: _Book = _Book()


def sniff(raw: RawFile) -> bool:
    """Return whether the content is an answer of Europe PMC's search in JSON."""
    data = raw.data.removeprefix(b"\xef\xbb\xbf").lstrip()
    return data.startswith(b"{") and b'"hitCount"' in data and b'"resultList"' in data


def read(raw: RawFile) -> list[Document]:
    """Return one document a record, in file order. Raises UnreadableFile, PartlyUnreadable where some have no text."""
    documents: list[Document] = []
    refused: list[str] = []
    for number, record in enumerate(_records(raw.data), 1):
        try:
            documents.append(_document(_Record.model_validate(record)))
        except ValidationError as error:
            first = error.errors()[0]
            refused.append(f"record {number:,}: {'.'.join(map(str, first['loc']))}: {first['msg']}"[:200])
        except UnreadableFile as error:
            refused.append(f"record {number:,}, {error.reason}")
    if refused and documents:
        raise PartlyUnreadable(documents, refused)
    if not documents:
        why = "; ".join(refused[:MOST_TOLD])[:600] or "it holds no record"
        raise UnreadableFile(f"no abstract in this answer of Europe PMC (resultType=core gives them): {why}")
    return documents


def _records(data: bytes) -> list[object]:
    try:
        said = json.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"not JSON to its end, as a cut-off download is not: {error}") from error
    listed = said.get("resultList") if isinstance(said, dict) else None
    found = listed.get("result", []) if isinstance(listed, dict) else None
    if not isinstance(found, list):
        raise UnreadableFile("an answer of Europe PMC without a list of results")
    return found


def _document(record: _Record) -> Document:
    title, name = plain(_words(record.title)).rstrip(), f"{record.source}:{record.id}"
    sections = _sections(plain(record.abstract_text))
    if not title or not sections:
        raise UnreadableFile(f"{name}: it has no {'abstract' if title else 'title'}")
    types = tuple(dict.fromkeys(filter(None, map(plain, record.pub_type_list.pub_type))))
    given = (("pmid", record.pmid), ("pmcid", record.pmcid), ("doi", record.doi))
    named = tuple((kind, plain(value)) for kind, value in given if plain(value))
    day = record.first_publication_date if _DAY.fullmatch(record.first_publication_date) else ""
    state = severest([*_said(record, types), *marked_title(title)])
    return Document(
        key=f"{named[0][0]}:{named[0][1]}" if named else f"europepmc:{name}",
        kind=SourceKind.RESEARCH if GUIDELINES.isdisjoint(types) else SourceKind.GUIDELINE,
        title=title,
        sections=sections,
        body=plain(record.journal_info.journal.title) or plain(record.book_or_report_details.publisher),
        year=year_of(day),
        effective=day,
        version=plain(record.version_number),
        url=f"https://europepmc.org/article/{record.source}/{record.id}",
        licence=f"{plain(record.license).upper() or 'abstract © its authors'}; record from Europe PMC",
        integrity=state.integrity,
        notice=plain(state.notice),
        design="Preprint" if record.source == "PPR" else telling(types),
        authors=tuple(filter(None, (plain(one.full_name or one.collective_name) for one in record.author_list.author))),
        identifiers=named,
        publication_types=types or (("Preprint",) if record.source == "PPR" else ()),
        subjects=tuple(dict.fromkeys(filter(None, map(plain, record.keyword_list.keyword)))),
    )


def _sections(abstract: str) -> tuple[Section, ...]:
    """Return the abstract's parts under their headings ("<h4>Methods</h4>…")."""
    first, *rest = _HEADING.split(abstract)
    sections = []
    for heading, text in [("", first), *zip(rest[::2], rest[1::2], strict=True)]:
        writer = BlockWriter()
        writer.paragraph(_words(text))
        if writer:
            sections.append(writer.section((ABSTRACT, plain(_words(heading)).rstrip(":. "))))
    return tuple(sections)


def _said(record: _Record, types: tuple[str, ...]) -> list[Standing]:
    said = []
    for link in record.comment_correction_list.comment_correction:
        state = happened(link.type)
        if state is not None:
            said.append(Standing(state[0], f"{state[1]}: {link.reference or link.id or 'a source that is not named'}"))
    for one in types:
        if one.lower() == _RETRACTED:
            said.append(Standing(Integrity.RETRACTED, f'publication type "{one}"'))
        elif one.lower() in _WITHDRAWN:
            said.append(Standing(Integrity.WITHDRAWN, f'publication type "{one}"'))
    return said


def _words(text: str) -> str:
    """Return text with the markup of abstracts as plain characters."""
    return inline_text(lxml.html.fragment_fromstring(_SIGN.sub("&lt;", text), create_parent="div"))
