"""FDA labels as openFDA's drug label service answers them: JSON, one record a label."""

import json
import re

from corpus.document import Document, Section, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers.base import RawFile
from ingest.readers.label_facts import LABEL_URL, iso_date
from ingest.readers.openfda_sections import sections
from ingest.readers.plain import plain

NAME = "FDA label (openFDA JSON)"
LICENCE = "CC0 (openFDA)"

_ANSWER = re.compile(rb'\s*\{\s*(?:\}|"(?:meta|results|error)"\s*:\s*[\[{])')
_RECORD = re.compile(rb"\s*[\[{]")
_APPLICATION = re.compile(r"(?:NDA|ANDA|BLA)\d{6}")
_SEVERAL = re.compile(r"\band\b|[,/;&]", re.IGNORECASE)


def sniff(raw: RawFile) -> bool:
    """Return whether the content is an answer of openFDA, or a record or list of records out of one."""
    data = raw.data.removeprefix(b"\xef\xbb\xbf")
    if _ANSWER.match(data):
        return True
    return bool(_RECORD.match(data)) and b'"effective_time"' in data and (b'"set_id"' in data or b'"openfda"' in data)


def read(raw: RawFile) -> list[Document]:
    """Return one document a record, in file order; records without label text are left out. Raises UnreadableFile."""
    records = _records(_parsed(raw.data))
    documents = []
    for number, record in enumerate(records, 1):
        found = _sections(record)
        if not found:
            continue
        set_id = _first(record, "set_id") or _first(_about(record), "spl_set_id")
        if not set_id:
            raise UnreadableFile(
                f"record {number} of {len(records)} has no set_id, which names the label over its versions"
            )
        documents.append(_document(record, set_id.lower(), found))
    if not documents:
        raise UnreadableFile(f"{_counted(len(records))} without any text of a drug label: nothing to quote")
    return documents


def _sections(record: dict[str, object]) -> tuple[Section, ...]:
    try:
        return sections(record)
    except RecursionError as error:
        raise UnreadableFile("a table's elements are nested too deeply for a label") from error


def _document(record: dict[str, object], set_id: str, found: tuple[Section, ...]) -> Document:
    about = _about(record)
    effective = iso_date(_first(record, "effective_time"))
    drugs = [name.lower() for name in _all(about, "substance_name")]
    # "PEMBROLIZUMAB AND BERAHYALURONIDASE" is no name of one ingredient where the ingredients are listed.
    drugs += [name.lower() for name in _all(about, "generic_name") if not (drugs and _SEVERAL.search(name))]
    drugs = list(dict.fromkeys(drugs))
    brands = [name for name in _all(about, "brand_name") if name.lower() not in drugs]
    applications = [number for number in _all(about, "application_number") if _APPLICATION.fullmatch(number)]
    return Document(
        key=f"spl:{set_id}",
        kind=SourceKind.LABEL,
        title=_title(_all(about, "brand_name"), drugs) or f"FDA label {set_id}",
        sections=found,
        body=_first(about, "manufacturer_name"),
        year=int(effective[:4]) if effective else None,
        effective=effective,
        version=_first(record, "version"),
        url=f"{LABEL_URL}{set_id}",
        licence=LICENCE,
        drugs=tuple(drugs),
        brands=tuple(brands),
        identifiers=(("setid", set_id), *(("application", number) for number in applications)),
        publication_types=tuple(_all(about, "product_type")),
    )


def _title(names: list[str], drugs: list[str]) -> str:
    """Return "AMBIEN (zolpidem tartrate)", or the one of both that is known."""
    name = names[0] if names else ""
    others = [drug for drug in drugs if drug not in name.lower()]
    return f"{name} ({', '.join(others)})" if name and others else name or ", ".join(others)


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data)
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"the JSON is not in UTF-8: byte {error.start} cannot be read") from error
    except RecursionError as error:
        raise UnreadableFile("the JSON is nested too deeply") from error
    except ValueError as error:
        raise UnreadableFile(f"not valid JSON (cut off, perhaps): {error}") from error


def _records(answer: object) -> list[dict[str, object]]:
    """Return the records of an answer. Raises UnreadableFile that says what the service answered instead."""
    if isinstance(answer, dict) and "error" in answer:
        error = answer["error"]
        told = f"{error.get('code')}: {error.get('message')}" if isinstance(error, dict) else str(error)
        raise UnreadableFile(f"openFDA answered with an error in place of labels: {plain(told)[:200]}")
    if isinstance(answer, dict):
        answer = answer.get("results", [answer] if "openfda" in answer or "set_id" in answer else None)
    if answer is None:
        raise UnreadableFile("openFDA's answer has no results in it: ask the service again")
    if not isinstance(answer, list) or not all(isinstance(record, dict) for record in answer):
        raise UnreadableFile("the results are not a list of records, as openFDA's drug label service answers them")
    if not answer:
        raise UnreadableFile("openFDA's answer has an empty list of results")
    return answer


def _about(record: dict[str, object]) -> dict[str, object]:
    about = record.get("openfda")
    return about if isinstance(about, dict) else {}


def _all(record: dict[str, object], name: str) -> list[str]:
    """Return the distinct texts of a field, which may hold one text or a list of them."""
    value = record.get(name)
    texts = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(plain(text) for text in texts if isinstance(text, str) and plain(text)))


def _first(record: dict[str, object], name: str) -> str:
    return next(iter(_all(record, name)), "")


def _counted(records: int) -> str:
    return "one record" if records == 1 else f"{records} records"
