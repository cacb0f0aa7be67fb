"""An openFDA record's texts, each kept once: fields printed inside other fields, tables inside texts.

openFDA prints a section as one string with its subsections inside, prints the coded ones among
those again as fields of their own, and gives tables as markup beside the text that also holds
their cells. What stands inside a text is replaced there by a holder, a character of the private
use area, which no published text has (`plain` takes them out).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from corpus.errors import UnreadableFile
from ingest.readers.openfda_fields import NOT_SECTIONS, code_of_field, opening, place, title_of_field
from ingest.readers.plain import plain
from ingest.readers.spl_inline import tidy
from ingest.readers.xml import parse

_TABLE = "_table"
_FIRST_HOLDER = 0xE000
_MOST_HOLDERS = 6000
# Shorter texts may stand inside others by chance.
_SHORTEST_INSIDE = 30


@dataclass(frozen=True, slots=True)
class Part:
    """One field's text after its number and title, holders standing for the tables and parts in it."""

    code: str
    title: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The outermost parts in the order of a label, and what each holder stands for."""

    outermost: tuple[Part, ...]
    held: dict[str, "Part | etree._Element"]


def parts(record: dict[str, object]) -> Parts:
    """Return what a record says, every text once."""
    held: dict[str, Part | etree._Element] = {}
    tables = dict(zip(_holders(0), _tables(record), strict=False))
    held.update(tables)
    fields = [
        (name, _with_tables(tidy(plain(text)), tables))
        for name, value in record.items()
        if not name.endswith(_TABLE) and name not in NOT_SECTIONS
        for text in _texts(value)
    ]
    printed = {text: at for at, (_, text) in enumerate(fields)}
    fields.sort(key=lambda pair: (len(pair[1]), pair[0]))
    texts = [text for _, text in fields]
    made = [Part("", "", "", "")] * len(fields)
    inner: dict[int, list[int]] = {}
    outermost: list[tuple[int, Part]] = []
    for at, (name, text) in enumerate(fields):
        if text in texts[at + 1 :]:
            continue
        made[at] = _part(name, text, [(texts[one], made[one]) for one in inner.get(at, [])], held)
        around = next((other for other in range(at + 1, len(texts)) if _stands_in(text, texts[other])), None)
        if around is None:
            outermost.append((printed[text], made[at]))
        else:
            inner.setdefault(around, []).append(at)
    outermost.sort(key=lambda pair: (place(pair[1].code), pair[0]))
    return Parts(tuple(part for _, part in outermost), held)


def _part(name: str, text: str, inside: list[tuple[str, Part]], held: dict[str, "Part | etree._Element"]) -> Part:
    """Return the part of a field, the longest texts inside it taken out first."""
    code = code_of_field(name)
    begins = opening(text, code)
    rest = begins.text
    for inner_text, inner in reversed(inside):
        if _stands_in(inner_text, rest):
            holder = chr(_FIRST_HOLDER + len(held))
            held[holder] = inner
            rest = rest.replace(inner_text, f" {holder} ")
    return Part(code, begins.title or title_of_field(name), begins.number, " ".join(rest.split()))


def _stands_in(text: str, other: str) -> bool:
    return len(text) >= _SHORTEST_INSIDE and len(text) < len(other) and other.count(text) == 1


def _texts(value: object) -> list[str]:
    texts = [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
    return [text for text in dict.fromkeys(texts) if plain(text)]


def _holders(first: int) -> Iterator[str]:
    return (chr(_FIRST_HOLDER + at) for at in range(first, _MOST_HOLDERS))


def _tables(record: dict[str, object]) -> list[etree._Element]:
    """Return the record's tables, each once."""
    sources = dict.fromkeys(text for name, value in record.items() if name.endswith(_TABLE) for text in _texts(value))
    found: list[etree._Element] = []
    for source in sources:
        try:
            found += parse(f"<div>{source}</div>".encode()).findall(".//table")
        except UnreadableFile:
            continue  # The text beside it holds the cells too.
    return found


def _with_tables(text: str, tables: dict[str, etree._Element]) -> str:
    """Return the text with holders where the cells of a table stand in it."""
    for holder, table in tables.items():
        where = _find(text, "".join(plain("".join(map(str, table.itertext()))).split()))
        if where:
            text = f"{text[: where[0]]} {holder} {text[where[1] :]}"
    return " ".join(text.split())


def _find(text: str, wanted: str) -> tuple[int, int] | None:
    """Return where the wanted characters stand in the text, white space apart, if they stand there just once."""
    packed = text.replace(" ", "")
    start = packed.find(wanted)
    if len(wanted) < _SHORTEST_INSIDE or start < 0 or packed.find(wanted, start + 1) >= 0:
        return None
    offsets = [at for at, char in enumerate(text) if char != " "]
    return offsets[start], offsets[start + len(wanted) - 1] + 1
