"""USPSTF recommendations as JSON: one guideline a topic, with a section for every graded statement.

The file is an object with `specificRecommendations`, a list of records with `id`, `title` ("Topic --
population"), `grade` (A, B, C, D or I), `text` (HTML) and `general` (the id of the topic); `servFreq`
(how often) and `riskText` (who is at risk) become subsections. Other keys are not read. The records
state neither year nor address, so the documents have none. A record that is not of this shape makes
the whole file unreadable: a graded statement must not go missing unseen.
"""

import html
import json
import re
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.document import Document, Section, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers.base import RawFile
from ingest.readers.html_body import read_body
from ingest.readers.html_decode import tree
from ingest.readers.plain import plain

NAME = "USPSTF recommendations (JSON)"
BODY = "US Preventive Services Task Force"
MAX_BYTES = 64 * 1024 * 1024

_KEY = b'"specificRecommendations"'
_PARAGRAPH = re.compile(r"(?:\s*<br\s*/?>(?:\s|&nbsp;)*){2,}", re.IGNORECASE)
_REFERENCES = re.compile(r"(?<=[.,;:)])\s*<sup>(?:[\s\d,–-]|&nbsp;|</?a\b[^>]*>)+</sup>", re.IGNORECASE)
_HEADING = re.compile(r"(</?h)[1-4]\b", re.IGNORECASE)


class _Statement(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: int
    title: Annotated[str, Field(pattern=r"\S\s+--\s+\S")]
    grade: Literal["A", "B", "C", "D", "I"]
    text: Annotated[str, Field(pattern=r"\S")]
    general: Annotated[str, Field(pattern=r"^\d+$")]
    servFreq: str = ""  # noqa: N815  the file's own name
    riskText: str = ""  # noqa: N815

    @property
    def topic(self) -> str:
        return plain(html.unescape(self.title.partition(" -- ")[0]))

    @property
    def population(self) -> str:
        return plain(html.unescape(self.title.partition(" -- ")[2]))


class _File(BaseModel):
    specificRecommendations: Annotated[list[_Statement], Field(min_length=1)]  # noqa: N815


def sniff(raw: RawFile) -> bool:
    """Return whether the content is a JSON object with `specificRecommendations` near its beginning."""
    head = raw.data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and _KEY in head


def read(raw: RawFile) -> list[Document]:
    """Return one document a topic, in the order in which the file first names it. Raises UnreadableFile."""
    topics: dict[str, list[_Statement]] = {}
    for statement in _parse(raw.data).specificRecommendations:
        topics.setdefault(statement.general, []).append(statement)
    return [_document(topic, statements) for topic, statements in topics.items()]


def _parse(data: bytes) -> _File:
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"{len(data):,} bytes of JSON: at most {MAX_BYTES:,} are read; divide the file")
    try:
        return _File.model_validate(json.loads(data.decode("utf-8-sig")))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UnreadableFile(f"{place or 'the content'} is {first['input']!r:.80}: {first['msg']}") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise UnreadableFile(f"not JSON in UTF-8: {error}") from error


def _document(topic: str, statements: Sequence[_Statement]) -> Document:
    titles = {statement.topic for statement in statements}
    if len(titles) > 1:
        raise UnreadableFile(f"topic {topic} has more than one title: {'; '.join(sorted(titles))}")
    sections = [section for statement in statements for section in _sections(statement)]
    grades = dict.fromkeys(statement.grade for statement in statements)
    return Document(
        key=f"guideline:uspstf-{topic}",
        kind=SourceKind.GUIDELINE,
        title=statements[0].topic,
        sections=tuple(dict.fromkeys(sections)),
        body=BODY,
        design=f"USPSTF grade {', '.join(grades)}",
        identifiers=(("uspstf", topic),),
    )


def _sections(statement: _Statement) -> tuple[Section, ...]:
    """Return the statement under its population and grade, then how often and who is at risk."""
    parts = [
        f"<h2>{html.escape(statement.population)} (grade {statement.grade})</h2>{_fragment(statement.text)}",
        f"<h3>Frequency of service</h3>{_fragment(statement.servFreq)}" if statement.servFreq.strip() else "",
        f"<h3>Risk assessment</h3>{_fragment(statement.riskText)}" if statement.riskText.strip() else "",
    ]
    page = f'<html><head><meta charset="utf-8"></head><body>{"".join(parts)}</body></html>'
    return read_body(tree(page.encode("utf-8", "replace")), "").finish()


def _fragment(markup: str) -> str:
    """Return HTML without marks of references, with paragraphs for double line breaks, and headings below ours."""
    marked = _REFERENCES.sub("", markup)
    lowered = _HEADING.sub(r"\g<1>5", _PARAGRAPH.sub("</p><p>", marked))
    return f"<div><p>{lowered}</p></div>"
