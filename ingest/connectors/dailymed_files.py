"""The SPL document of one version of a label, as DailyMed serves it: bare, or in an archive among its images."""

from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from corpus.errors import Rubbish, UnreadableFile
from ingest.archives import is_archive, members
from ingest.fetching.client import Answered
from ingest.readers.xml import parse, root_tag
from ingest.unpack import DEFAULT_LIMITS

_ROOT = "{urn:hl7-org:v3}document"


@dataclass(frozen=True, slots=True)
class Label:
    """An SPL document's bytes and the version that it says it is."""

    data: bytes
    version: int


def label_of(data: bytes, where: str, set_id: str) -> Label:
    """Return the SPL document in the bytes.

    Raises Rubbish where they are no SPL document or another label's, UnreadableFile where the document is damaged.
    """
    if root_tag(data) != _ROOT:
        raise Rubbish(f"{where} answered with {data[:60]!r}, expected an SPL document")
    root = parse(data)
    said, version = _value(root.find("{*}setId"), "root"), _value(root.find("{*}versionNumber"), "value")
    if said.lower() != set_id or not version.isdigit():
        raise Rubbish(f"{where} answered with version {version!r} of set id {said!r}, expected {set_id}")
    return Label(data, int(version))


def from_archive(answered: Answered, set_id: str, version: int) -> Label:
    """Return the one SPL document of an archive; its images are passed over. Raises Rubbish."""
    where = answered.address
    if answered.status != 200 or not is_archive(BytesIO(answered.body)):
        raise Rubbish(f"{where} answered {answered.status} with {answered.start()}, expected an archive")
    try:
        label = label_of(_document(answered.body, where), where, set_id)
    except UnreadableFile as error:
        raise Rubbish(f"{where} gave an archive that cannot be read: {error.reason}") from error
    if label.version != version:
        raise Rubbish(f"{where} gave version {label.version}, expected {version}")
    return label


def _document(archive: bytes, where: str) -> bytes:
    inside = members("label.zip", BytesIO(archive), len(archive), DEFAULT_LIMITS)
    found = [one.content for one in inside if isinstance(one.content, bytes) and root_tag(one.content) == _ROOT]
    if len(found) != 1:
        raise Rubbish(f"{where} gave an archive with {len(found)} SPL documents, expected one")
    return found[0]


def _value(element: etree._Element | None, name: str) -> str:
    return "" if element is None else element.get(name) or ""
