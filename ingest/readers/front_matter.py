"""Front matter: the YAML between two `---` lines that says what a Markdown file is.

Keys: key, kind, title (required); body, year, effective, version, url, licence, integrity, notice,
design, digest_of; the lists drugs, brands, authors, publication_types, subjects; and the mapping
identifiers (pmid, doi, pmcid, setid, nct, isbn, application). docs/markdown-format.md says what each
holds. Unknown keys, keys given twice, empty values, anchors and tags are refused with their line.
Values are read as text exactly as written; only the year becomes a number.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from corpus.document import Document, Integrity, Section, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers.yaml_text import read_mapping

IDENTIFIERS = {
    "pmid": (r"[1-9]\d{0,7}", "1 to 8 digits"),
    "doi": (r"10\.\d{4,9}/\S+", "begins with 10. and has a slash"),
    "pmcid": (r"PMC\d{1,9}", "PMC and digits"),
    "setid": (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "a UUID in lower case"),
    "nct": (r"NCT\d{8}", "NCT and 8 digits"),
    "isbn": (r"(?=(?:-?[\dX]){10}$|(?:-?\d){13}$)[\dX-]+", "10 or 13 digits, hyphens allowed"),
    "application": (r"(NDA|ANDA|BLA)\d{6}", "NDA, ANDA or BLA and 6 digits"),
}
_KEY_PREFIXES = {"pmid": "pmid", "doi": "doi", "pmcid": "pmcid", "nct": "nct", "spl": "setid"}
_NAMED_KEY = re.compile(r"(guideline|research|label):[a-z0-9]+([-._][a-z0-9]+)*")
_DIGEST = re.compile(r"A digest .+ of .+; read .+")


@dataclass(frozen=True, slots=True)
class Parts:
    """The two halves of a file: YAML from line 2 on, and the body with its first line's number."""

    yaml: str
    body: str
    body_line: int


def split_parts(text: str) -> Parts:
    """Return front matter and body. Raises UnreadableFile where the two `---` lines are not there."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise UnreadableFile(
            "no front matter: the first line is not `---`. Put `---`, then at least `key:`, `kind:` (guideline, label "
            "or research) and `title:`, then `---` before the text; docs/markdown-format.md has an example of each kind"
        )
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return Parts("\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2)
    raise UnreadableFile("the front matter that begins in line 1 has no end: a line `---` is missing after it")


def _date(value: str) -> str:
    year, month, day = ([*value.split("-"), "01", "01"])[:3]
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        raise ValueError("expected a date as 2019, 2019-04 or 2019-04-09")
    date(int(year), int(month), int(day))
    return value


def _key(value: str) -> str:
    prefix, _, rest = value.partition(":")
    name = _KEY_PREFIXES.get(prefix)
    if not (_NAMED_KEY.fullmatch(value) or (name and re.fullmatch(IDENTIFIERS[name][0], rest))):
        raise ValueError(
            "expected pmid:<digits>, doi:10.…, pmcid:PMC…, nct:NCT…, spl:<set id in lower case>, or "
            "guideline:, research: or label: and a name in lower case"
        )
    return value


def _identifiers(value: dict[str, str]) -> dict[str, str]:
    for name, number in value.items():
        if name not in IDENTIFIERS:
            raise ValueError(f"unknown identifier {name!r}: expected one of {', '.join(IDENTIFIERS)}")
        pattern, expected = IDENTIFIERS[name]
        if not re.fullmatch(pattern, number):
            raise ValueError(f"{name} {number!r} is not one: expected {expected}")
    return value


def _lower(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if value != value.lower():
            raise ValueError(
                f"{value!r} has capitals: active ingredients are written in lower case, brands under `brands`"
            )
    return values


def _digest(value: str) -> str:
    if not _DIGEST.fullmatch(value):
        raise ValueError("expected `A digest written for Curbside of <publication>; read <date or version>.`")
    return value


def _list(value: object) -> object:
    if isinstance(value, str):
        raise ValueError(f"expected a list: write [{value}]")
    return value


Line = Annotated[str, Field(min_length=1)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_list)]


class FrontMatter(BaseModel):
    """What the front matter states, validated."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Annotated[Line, AfterValidator(_key)]
    kind: SourceKind
    title: Line
    body: Line = ""
    year: Annotated[int | None, Field(ge=1800, le=2100)] = None
    effective: Annotated[Line, AfterValidator(_date)] = ""
    version: Line = ""
    url: Annotated[Line, Field(pattern=r"^https?://[^\s/]+\.\S+$")] = ""
    licence: Line = ""
    integrity: Integrity = Integrity.CURRENT
    notice: Line = ""
    design: Line = ""
    drugs: Annotated[Lines, AfterValidator(_lower)] = ()
    brands: Lines = ()
    authors: Lines = ()
    identifiers: Annotated[dict[str, str], AfterValidator(_identifiers)] = Field(default_factory=dict)
    publication_types: Lines = ()
    subjects: Lines = ()
    digest_of: Annotated[Line, AfterValidator(_digest)] = ""

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.integrity is not Integrity.CURRENT and not self.notice:
            raise ValueError(f"integrity is {self.integrity.value}: `notice` must say what the source says about it")
        prefix, _, rest = self.key.partition(":")
        stated = self.identifiers.get(_KEY_PREFIXES.get(prefix, ""), rest)
        if stated != rest:
            raise ValueError(f"key says {rest}, identifiers say {stated}: correct the wrong one")
        return self

    def document(self, sections: tuple[Section, ...]) -> Document:
        """Return the Document of these sections; an identifier that only the key names is listed first."""
        prefix, _, rest = self.key.partition(":")
        name = _KEY_PREFIXES.get(prefix)
        pairs = tuple(self.identifiers.items())
        if name and name not in self.identifiers:
            pairs = ((name, rest), *pairs)
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return Document(**(fields | {"identifiers": pairs, "sections": sections}))


def parse(yaml: str) -> FrontMatter:
    """Return the validated front matter. Raises UnreadableFile with the line of every mistake."""
    mapping = read_mapping(yaml, first_line=2)
    try:
        return FrontMatter.model_validate(mapping.values)
    except ValidationError as error:
        raise UnreadableFile("front matter: " + "; ".join(_say(e, mapping.lines) for e in error.errors())) from error


def _say(error: object, lines: dict[str, int]) -> str:
    assert isinstance(error, dict)
    key = str(error["loc"][0]) if error["loc"] else ""
    place = f"line {lines[key]}: " if key in lines else ""
    match error["type"]:
        case "extra_forbidden":
            said = f"unknown key `{key}`: expected one of {', '.join(FrontMatter.model_fields)}"
        case "missing":
            said = f"the key `{key}` is missing"
        case "string_too_short":
            said = f"`{key}` is empty: give a value or leave the line out"
        case "value_error":
            said = f"`{key}`: {error['ctx']['error']}" if key else str(error["ctx"]["error"])
        case _:
            said = f"`{key}` is {error['input']!r}: {error['msg']}"
    return place + said
