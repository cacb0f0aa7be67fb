"""XML from strangers: parsed without entities, network, DTDs or unbounded trees."""

import html.entities
from typing import Any

from lxml import etree

from corpus.errors import UnreadableFile

_PROLOG_BYTES = 65536
_CHUNK_BYTES = 1024


def parse(data: bytes) -> etree._Element:
    """Return the root element, without comments and processing instructions.

    References to the named characters of HTML and the publishers' DTDs ("&alpha;") become those
    characters. Raises UnreadableFile for what is not well-formed, for documents that declare
    entities of their own, and for references to unknown ones.
    """
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"<!ENTITY" in data[:_PROLOG_BYTES]:
            raise UnreadableFile(_OWN_ENTITIES.format(names="")) from error
        raise UnreadableFile(f"not well-formed XML: {_told(error)}") from error
    dtd: Any = root.getroottree().docinfo.internalDTD
    declared = [str(entity.name) for entity in dtd.iterentities()] if dtd is not None else []
    if declared:
        raise UnreadableFile(_OWN_ENTITIES.format(names=" (" + ", ".join(declared[:5]) + ")"))
    _name_characters(root)
    return root


def root_tag(data: bytes) -> str:
    """Return the tag of the root element, "{namespace}name"; "" where the beginning is not XML. Never raises."""
    parser = etree.XMLPullParser(
        events=("start",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for at in range(0, min(len(data), _PROLOG_BYTES), _CHUNK_BYTES):
            parser.feed(data[at : at + _CHUNK_BYTES])
            events: Any = parser.read_events()
            for _, element in events:
                return str(element.tag)
    except (etree.XMLSyntaxError, ValueError):
        return ""
    return ""


def local_name(element: etree._Element | None) -> str:
    """Return the element's name without its namespace, "" for what is not an element."""
    return element.tag.rpartition("}")[2] if element is not None and isinstance(element.tag, str) else ""


_OWN_ENTITIES = (
    "the XML declares entities of its own{names}: they are never expanded, because they can exhaust memory"
    " or reach other files; save the document without them"
)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _told(error: Exception) -> str:
    """Return the parser's message with its place, in plain words where they say more."""
    message = str(error)
    if "Document is empty" in message:
        return "no element in it"
    if "XML_PARSE_HUGE" in message:
        return f"nested too deeply or with a single text that is too long: {message.partition(', use XML_PARSE')[0]}"
    if "Premature end" in message or "EndTag: '</' not found" in message:
        return f"it ends before its elements are closed, as a cut-off download does: {message}"
    return message


def _name_characters(root: etree._Element) -> None:
    """Replace references to named characters by the characters, in place."""
    for entity in list(root.iter(etree.Entity)):
        name = str(entity.text).strip("&;")
        char = html.entities.html5.get(f"{name};")
        if char is None:
            raise UnreadableFile(f"the XML refers to the entity &{name};, which is neither declared nor a standard one")
        parent = entity.getparent()
        if parent is None:
            continue
        text = char + (entity.tail or "")
        before = entity.getprevious()
        if before is None:
            parent.text = (parent.text or "") + text
        else:
            before.tail = (before.tail or "") + text
        entity.tail = None
        parent.remove(entity)
