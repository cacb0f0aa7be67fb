"""FDA labels as DailyMed publishes them: Structured Product Labeling, HL7 version 3."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from corpus.document import Document, Section, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers.base import RawFile
from ingest.readers.blocks import BlockWriter
from ingest.readers.label_facts import LABEL_URL, iso_date
from ingest.readers.loinc import BOXED_WARNING, UNCLASSIFIED, title_of
from ingest.readers.numbers import split_number
from ingest.readers.plain import plain
from ingest.readers.spl_inline import inline_text
from ingest.readers.spl_notes import Notes
from ingest.readers.spl_products import Products, distinct, products
from ingest.readers.spl_text import write_text
from ingest.readers.xml import parse, root_tag

NAME = "FDA label (SPL XML)"
LICENCE = "public domain (FDA/DailyMed)"

_ROOT = "{urn:hl7-org:v3}document"
_NOT_NARRATIVE = frozenset(("48780-1", "48779-3"))
_HIGHLIGHTS = re.compile(r".*?\bSee full prescribing information for [^.]*\.\s*", re.IGNORECASE | re.DOTALL)
_APPROVED = re.compile(r"\s*Initial U\.?\s?S\.? Approval\b.*", re.IGNORECASE | re.DOTALL)
_SAYS_NOTHING = frozenset(("", "drug facts", "drug label"))


def sniff(raw: RawFile) -> bool:
    """Return whether the root element is an SPL document's."""
    return root_tag(raw.data) == _ROOT


def read(raw: RawFile) -> list[Document]:
    """Return the one label of a file. Raises UnreadableFile."""
    root = parse(raw.data)
    if root.tag != _ROOT:
        raise UnreadableFile(f"the root element is <{root.tag}>, an SPL label has {_ROOT}")
    set_id = _value(root, "setId", "root").lower()
    if not set_id:
        raise UnreadableFile("the SPL document has no set id (<setId root=…>), which names the label over its versions")
    try:
        sections = tuple(section for part in _parts(root) for section in _sections(part, _Place()))
    except RecursionError as error:
        raise UnreadableFile("elements are nested too deeply for a label") from error
    if not sections:
        raise UnreadableFile(_without_text(root))
    printed = _title(root)
    found = products(root, printed)
    effective = iso_date(_value(root, "effectiveTime", "value"))
    return [
        Document(
            key=f"spl:{set_id}",
            kind=SourceKind.LABEL,
            title=document_title(printed, found) or f"FDA label {set_id}",
            sections=sections,
            body=_text(root.find("{*}author/{*}assignedEntity/{*}representedOrganization/{*}name")),
            year=int(effective[:4]) if effective else None,
            effective=effective,
            version=_value(root, "versionNumber", "value"),
            url=f"{LABEL_URL}{set_id}",
            licence=LICENCE,
            drugs=found.drugs,
            brands=found.brands,
            identifiers=(("setid", set_id), *(("application", number) for number in found.applications)),
            publication_types=distinct((_value(root, "code", "displayName"), *found.marketing)),
        )
    ]


def document_title(printed: str, found: Products) -> str:
    """Return a label's title without the standing words of the highlights; from its products where it has none.

    "" where neither says a name.
    """
    title = plain(_APPROVED.sub("", _HIGHLIGHTS.sub("", printed)))
    if title.casefold() not in _SAYS_NOTHING:
        return title
    if not found.names:
        return plain(printed) or ", ".join(found.ingredients)
    name = found.names[-1] if len(found.names) < 3 else found.names[0]
    others = [drug.lower() for drug in found.ingredients if drug.casefold() not in name.casefold()]
    return f"{name} ({', '.join(others)})" if others else name


def _parts(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the sections directly inside a document or a section."""
    inside = "{*}component/{*}structuredBody/" if element.tag == _ROOT else ""
    yield from element.iterfind(f"{inside}{{*}}component/{{*}}section")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a section lies: titles and codes from the outermost in, and the number of the innermost title."""

    heading: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    number: str = ""


def _sections(element: etree._Element, above: _Place) -> Iterator[Section]:
    """Yield the section that an element holds, where it has text, and those inside it."""
    code = _value(element, "code", "code")
    if code in _NOT_NARRATIVE:
        return
    number, printed = split_number(_text(element.find("{*}title")).rstrip(" :"))
    title = printed or _standing_title(code, above)
    place = _Place((*above.heading, title), (*above.codes, code), number) if title else above
    inside = list(_parts(element))
    writer = BlockWriter()
    text = element.find("{*}text")
    if text is not None:
        write_text(text, writer, printed)
    if writer:
        yield writer.section(place.heading, place.number, code, place.codes)
    elif not inside and code == UNCLASSIFIED and above.heading and (number or len(printed.split()) > 3):
        # "4.1 Active liver disease": a contraindication that stands in the title alone.
        writer.paragraph(printed)
        yield writer.section(above.heading, number or above.number, code, above.codes)
    for part in inside:
        yield from _sections(part, place)


def _standing_title(code: str, above: _Place) -> str:
    """Return the title that a section without one has by its code.

    Boxes around doses, deep inside another section, are sometimes coded as boxed warnings: they get none.
    """
    return "" if code == UNCLASSIFIED or (code == BOXED_WARNING and above.heading) else title_of(code)


def _title(root: etree._Element) -> str:
    title = root.find("{*}title")
    return "" if title is None else inline_text(title, Notes())


def _text(element: etree._Element | None) -> str:
    return "" if element is None else plain(inline_text(element, Notes()))


def _value(element: etree._Element, child: str, attribute: str) -> str:
    found = element.find(f"{{*}}{child}")
    return "" if found is None else plain(found.get(attribute) or "")


def _without_text(root: etree._Element) -> str:
    kind = _value(root, "code", "displayName")
    return f"the SPL document{f' ({kind})' if kind else ''} has no section with text: there is nothing to quote"
