"""JSON Lines of label sections or of abstracts: one record a line, as question sets bring them.

A line is one of

    {"id", "drug", "section_title", "text", "setid", "url"}                          a label section
    {"id", "drug", "section_number", "section_title", "loinc", "text", "set_id"}     a label section
    {"pmid", "year", "mesh": [...], "sections": [{"label", "text"}, ...]}            an abstract

Lines of one set id make one label, with a section for each line, in file order; without a set id a
line is a label of its own. The names under `drug` are kept as brands, as printed: the file does not
say which are ingredients. Section titles that are standard give the LOINC code where the line has
none, and " > " in a title is a heading path. `line_id` tells from which line a section comes, so that
answers can be held against the ids of a question set.

Any line that does not fit makes the whole file unreadable, and the message names the first of them:
a section must not go missing unseen.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from corpus.document import Document, Section, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers import loinc
from ingest.readers.base import RawFile
from ingest.readers.blocks import BlockWriter
from ingest.readers.numbers import split_number
from ingest.readers.plain import plain

NAME = "label sections or abstracts (JSON Lines)"
LINE = "line"
MAX_NAMED = 5

_SHAPES = (
    frozenset(("id", "drug", "section_title", "text", "setid")),
    frozenset(("id", "drug", "section_title", "text", "set_id")),
    frozenset(("pmid", "sections")),
)
_BULLET = re.compile(r"\s*([-•*–]|○|◦)\s+")
_NO_TITLE = frozenset(("na", "n/a", "none", "untitled"))

Text = Annotated[str, Field(pattern=r"\w")]
OrEmpty = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
SetId = Annotated[OrEmpty, Field(pattern=r"^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})?$")]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Passage(_Record):
    id: Text
    drug: Text
    section_title: OrEmpty
    text: Text
    setid: SetId
    url: OrEmpty = ""
    section_number: OrEmpty = ""
    loinc: OrEmpty = ""


class _NumberedPassage(_Record):
    id: Text
    drug: Text
    section_title: OrEmpty
    text: Text
    set_id: SetId
    section_number: OrEmpty = ""
    loinc: Annotated[OrEmpty, Field(pattern=r"^(\d{5}-\d)?$")] = ""
    url: OrEmpty = ""

    @property
    def setid(self) -> str:
        return self.set_id


class _Part(_Record):
    label: OrEmpty = ""
    text: Text


class _Abstract(_Record):
    pmid: Annotated[str, Field(pattern=r"^[1-9]\d{0,7}$")]
    sections: Annotated[tuple[_Part, ...], Field(min_length=1)]
    year: Annotated[int | None, Field(ge=1800, le=2100)] = None
    mesh: tuple[str, ...] = ()


_LINE = TypeAdapter[_Passage | _NumberedPassage | _Abstract](_Passage | _NumberedPassage | _Abstract)


def sniff(raw: RawFile) -> bool:
    """Return whether the first line is an object with the keys of one of the three shapes."""
    first = raw.data.removeprefix(b"\xef\xbb\xbf").lstrip()[: 1 << 20].partition(b"\n")[0]
    if not first.startswith(b"{"):
        return False
    try:
        record = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and any(shape <= record.keys() for shape in _SHAPES)


def read(raw: RawFile) -> list[Document]:
    """Return the labels and abstracts of a file, in the order in which it first names them. Raises UnreadableFile."""
    labels: dict[str, list[_Passage | _NumberedPassage]] = {}
    abstracts: dict[str, _Abstract] = {}
    seen: set[str] = set()
    wrong: list[str] = []
    for number, line in _lines(raw.data):
        try:
            record = _LINE.validate_python(json.loads(line))
        except (ValueError, RecursionError) as error:
            wrong.append(f"line {number}: {_say(error)}")
            continue
        name = record.pmid if isinstance(record, _Abstract) else record.id
        if name in seen:
            wrong.append(f"line {number}: {name} is given twice")
        seen.add(name)
        if isinstance(record, _Abstract):
            abstracts[f"pmid:{name}"] = record
        else:
            labels.setdefault(f"spl:{record.setid.lower()}" if record.setid else f"label:{name}", []).append(record)
    if wrong:
        more = f"; and {len(wrong) - MAX_NAMED} more" if len(wrong) > MAX_NAMED else ""
        raise UnreadableFile("; ".join(wrong[:MAX_NAMED]) + more)
    if not seen:
        raise UnreadableFile("no line with a record: expected one JSON object a line")
    return [_label(key, lines) for key, lines in labels.items()] + [_abstract(k, a) for k, a in abstracts.items()]


def line_id(document: Document, section: int) -> str:
    """Return the id of the line that a label's section comes from; `section` counts from 0 in `document.sections`.

    Raises ValueError for a document that this reader did not make.
    """
    ids = [value for name, value in document.identifiers if name == LINE]
    if len(ids) != len(document.sections):
        raise ValueError(f"{document.key} was not read from JSON Lines of label sections: it has no line ids")
    return ids[section]


def _lines(data: bytes) -> Iterator[tuple[int, str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(f"line {bad} is not UTF-8: save as UTF-8") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _say(error: ValueError | RecursionError) -> str:
    if not isinstance(error, ValidationError):
        return f"not JSON ({error})" if isinstance(error, ValueError) else "not JSON (nested too deeply)"
    # A union reports every shape; the one with the fewest complaints is the one that was meant.
    shapes: dict[str, list[str]] = {}
    for each in error.errors():
        place = ".".join(str(part) for part in each["loc"][1:])
        shapes.setdefault(str(each["loc"][0]), []).append(f"{place}: {each['msg']}")
    return "; ".join(min(shapes.values(), key=len)[:3])


def _label(key: str, lines: list[_Passage | _NumberedPassage]) -> Document:
    names = list({plain(line.drug).casefold(): plain(line.drug) for line in reversed(lines)}.values())[::-1]
    set_id = key.removeprefix("spl:") if key.startswith("spl:") else ""
    return Document(
        key=key,
        kind=SourceKind.LABEL,
        title="; ".join(names),
        sections=tuple(_section(line) for line in lines),
        url=next((line.url for line in lines if line.url), ""),
        brands=tuple(names),
        identifiers=((("setid", set_id),) if set_id else ()) + tuple((LINE, line.id) for line in lines),
    )


def _section(line: _Passage | _NumberedPassage) -> Section:
    parts = [part for part in line.section_title.split(" > ") if plain(part).casefold() not in _NO_TITLE]
    titled = [split_number(part) for part in parts]
    codes = [loinc.code_of(title) for _, title in titled]
    if line.loinc and codes:
        codes[-1] = line.loinc
    number = (titled[-1][0] if titled else "") or line.section_number
    code = line.loinc or (codes[-1] if codes else "")
    return _written(line.text).section([title for _, title in titled], number, code, codes)


def _written(text: str) -> BlockWriter:
    """Return the text in blocks: lines that begin with a dash or bullet are items, lines with " | " rows."""
    writer = BlockWriter()
    in_table = False
    for line in text.split("\n"):
        if " | " in line:
            (writer.row if in_table else writer.header)(line.split(" | "))
            in_table = True
            continue
        in_table = False
        if bullet := _BULLET.match(line):
            writer.item(line[bullet.end() :], 1 if bullet[1] in "○◦" else 0)
        else:
            writer.paragraph(line)
    return writer


def _abstract(key: str, record: _Abstract) -> Document:
    sections: list[Section] = []
    for part in record.sections:
        writer = BlockWriter()
        for line in part.text.split("\n"):
            writer.paragraph(line)
        sections.append(writer.section([part.label] if plain(part.label) else []))
    return Document(
        key=key,
        kind=SourceKind.RESEARCH,
        title=f"PMID {record.pmid}",
        sections=tuple(sections),
        year=record.year,
        url=f"https://pubmed.ncbi.nlm.nih.gov/{record.pmid}/",
        identifiers=(("pmid", record.pmid),),
        subjects=_plain_all(record.mesh),
    )


def _plain_all(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, (plain(name) for name in names)))
