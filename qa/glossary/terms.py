"""The glossary's terms, read from the TOML files beside this module: name, variants, explanation."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import Inconsistent

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """One term: how it is called, how else it is written, what it means, and the file that it stands in."""

    name: str
    variants: tuple[str, ...]
    means: str
    subject: str

    @property
    def written(self) -> tuple[str, ...]:
        """Return every way of writing it, the name first."""
        return (self.name, *self.variants)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=2)
    variants: list[str] = []
    means: str = Field(min_length=5)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    term: list[_Entry]


@cache
def terms() -> tuple[GlossaryTerm, ...]:
    """Return every term, by file and as they stand in it. Raises Inconsistent where a file is not as it must be."""
    return tuple(term for path in sorted(FOLDER.glob("*.toml")) for term in terms_of(path))


def terms_of(path: Path) -> tuple[GlossaryTerm, ...]:
    """Return the terms of one file. Raises Inconsistent."""
    try:
        read = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise Inconsistent(
            f"the glossary's file {path.name} is not as it must be ({error}): install Curbside again"
        ) from error
    return tuple(GlossaryTerm(one.name, tuple(one.variants), one.means, path.stem) for one in read.term)
