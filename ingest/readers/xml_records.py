"""The records of a large XML file one at a time, so that memory stays bounded however many there are."""

from collections.abc import Collection, Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from corpus.errors import UnreadableFile


def records(data: bytes, tags: Collection[str]) -> Iterator[etree._Element]:
    """Yield each element with one of the tags, in file order; it is emptied when the next one is asked for.

    Nothing is expanded and no network is touched. Raises UnreadableFile where the file is not
    well-formed, saying how many records came before that, and where it declares or uses entities.
    """
    count = 0
    stream = etree.iterparse(
        BytesIO(data), events=("end",), tag=tuple(tags),
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        for _, element in stream:
            _refuse_entities(element, count)
            yield element
            count += 1
            _forget(element)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(
            f"not well-formed XML after {count:,} whole records, as a cut-off or damaged download is: {error}"
        ) from error


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and parent[0] is not element:
        del parent[0]


def _refuse_entities(element: etree._Element, count: int) -> None:
    dtd: Any = element.getroottree().docinfo.internalDTD if count == 0 else None
    names = [str(entity.name) for entity in dtd.iterentities()] if dtd is not None else []
    names += [str(entity.text).strip("&;") for entity in element.iter(etree.Entity)]
    if names:
        raise UnreadableFile(
            f"record {count + 1:,} relies on the entity &{names[0]};: entities are never expanded, because they can"
            " exhaust memory or reach other files; save the file without them"
        )
