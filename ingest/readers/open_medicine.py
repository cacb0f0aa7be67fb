"""Guideline digests of the package open-medicine (MIT), bundled with their registry entry by `ingest/open_medicine.py`.

One guideline a bundle. Metadata are those of the package's registry, unchanged; where another source
is known to disagree (`open_medicine_notes.py`), the document's notice says what each says, and a
disputed DOI is not made a link. The key names the digest, not the publication: the digest is another
text. Lines that advertise the package's calculators are left out.
"""

import json
import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.document import Document, Integrity, Section, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers.base import RawFile
from ingest.readers.markdown import read_body
from ingest.readers.open_medicine_notes import disagreements

NAME = "open-medicine guideline digest"
LICENCE = "MIT"

_ADVERTISED = re.compile(r"^>\s*\*\*OpenMedicine Calculators?:.*$", re.MULTILINE)


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    title: Annotated[str, Field(min_length=1)]
    doi: Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")]
    year: Annotated[int, Field(ge=1800, le=2100)]
    organization: Annotated[str, Field(min_length=1)]
    sections: Annotated[tuple[str, ...], Field(min_length=1)]
    topics: tuple[str, ...] = ()
    superseded_by: str | None = None


class _Bundle(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    package: Literal["open-medicine"]
    version: Annotated[str, Field(min_length=1)]
    entry: _Entry
    files: dict[str, str]


def sniff(raw: RawFile) -> bool:
    """Return whether the content is a bundle of this package."""
    head = raw.data[:2048]
    return (
        head.startswith(b"{") and b'"entry"' in head and re.search(rb'"package": "open-medicine"', raw.data) is not None
    )


def read(raw: RawFile) -> list[Document]:
    """Return the one document of a bundle. Raises UnreadableFile."""
    try:
        bundle = _Bundle.model_validate(json.loads(raw.data))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UnreadableFile(f"the registry's {place or 'bundle'} is {first['input']!r:.80}: {first['msg']}") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"not JSON in UTF-8: {error}") from error
    entry = bundle.entry
    known = disagreements(entry.id)
    disputed = any(each.field == "DOI" and each.package_says == entry.doi for each in known)
    notices = [each.sentence for each in known]
    if entry.superseded_by:
        notices.insert(0, f"The registry of open-medicine says: superseded by {entry.superseded_by}.")
    return [
        Document(
            key=f"guideline:open-medicine-{entry.id}",
            kind=SourceKind.GUIDELINE,
            title=entry.title,
            sections=tuple(section for name in entry.sections for section in _sections(bundle, name)),
            body=entry.organization,
            year=entry.year,
            version=f"open-medicine {bundle.version}",
            url="" if disputed else f"https://doi.org/{entry.doi}",
            licence=LICENCE,
            integrity=Integrity.SUPERSEDED if entry.superseded_by else Integrity.CURRENT,
            notice=" ".join(notices),
            identifiers=(("doi", entry.doi),),
            subjects=entry.topics,
            digest_of=(
                f"A digest by the open-medicine package (MIT) of {entry.title} ({entry.organization}, {entry.year});"
                f" read in version {bundle.version}."
            ),
        )
    ]


def _sections(bundle: _Bundle, name: str) -> tuple[Section, ...]:
    if name not in bundle.files:
        raise UnreadableFile(f"the registry names a section {name!r} of {bundle.entry.id} that has no file")
    text = _ADVERTISED.sub("", bundle.files[name])
    try:
        return read_body(text, SourceKind.GUIDELINE, "").finish()
    except UnreadableFile as error:
        raise UnreadableFile(f"{bundle.entry.id}/{name}.md, {error.reason}") from error
