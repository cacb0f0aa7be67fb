"""Collections: what is followed of which source, and when, a TOML file each.

A file's name is the collection's name. Its tables are named after connectors, and each connector says what
its table may hold. Those that come with Curbside lie in corpus/collections.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from corpus.errors import BadInput, CurbsideError, NotFound
from ingest.connectors.base import Asked, sources
from ingest.schedule import crontab

SUFFIX = ".toml"
M = TypeVar("M", bound=BaseModel)
NAME = r"^[a-z0-9][a-z0-9_-]{0,63}$"


class _Head(BaseModel):
    """What a collection says of itself, before its tables."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=NAME)
    title: str = Field(min_length=1, max_length=200)
    schedule: Annotated[str, AfterValidator(crontab)] = ""
    max_shrink: float = Field(0.2, ge=0, le=1)


@dataclass(frozen=True, slots=True)
class Collection:
    """What is followed: by connector, what its table asks for.

    `schedule` is a crontab in UTC, "" for none, its days of the week by name. `max_shrink` is the share of a
    source's items that may be missing before the source is taken for broken, 0..1.
    """

    name: str
    title: str
    schedule: str
    max_shrink: float
    follow: dict[str, Asked]
    path: Path

    @property
    def folder(self) -> Path:
        """Return the folder of its file, from which relative paths in it count."""
        return self.path.parent


def load(path: Path) -> Collection:
    """Return the collection in a file.

    Raises NotFound, and BadInput that names the file and the key, what was found and what was expected.
    """
    told = _parsed(path)
    tables = {name: value for name, value in told.items() if name not in _Head.model_fields}
    given = {name: value for name, value in told.items() if name not in tables}
    head = _valid(_Head, {"name": path.stem, **given}, f"{path}: ")
    if head.name != path.stem:
        raise BadInput(f'{path}: name is "{head.name}", but the file is called {path.name}: make them the same')
    follow = {name: _table(path, name, table) for name, table in tables.items()}
    if not follow:
        raise BadInput(f"{path}: it follows nothing: expected at least one of the tables {_tables()}")
    return Collection(head.name, head.title, head.schedule, head.max_shrink, follow, path.resolve())


def packaged() -> Path:
    """Return the folder of the collections that come with Curbside."""
    return Path(str(files("corpus") / "collections"))


def paths(folders: Iterable[Path]) -> list[Path]:
    """Return the file of each collection, by name: of several with one name that in the first of the folders.

    The folders need not exist; those that come with Curbside are the last.
    """
    found: dict[str, Path] = {}
    for folder in (*folders, packaged()):
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            found.setdefault(path.stem, path)
    return [found[name] for name in sorted(found)]


def everything(folders: Iterable[Path]) -> tuple[list[Collection], list[CurbsideError]]:
    """Return every collection whose file is sound, by name, and what is wrong with each of the others."""
    sound: list[Collection] = []
    wrong: list[CurbsideError] = []
    for path in paths(folders):
        try:
            sound.append(load(path))
        except CurbsideError as error:
            wrong.append(error)
    return sound, wrong


def find(name: str, folders: Iterable[Path]) -> Collection:
    """Return the collection of a name, or in the file of a path. Raises NotFound that names those there are."""
    if name.endswith(SUFFIX) or "/" in name:
        return load(Path(name))
    there = paths(folders)
    for path in there:
        if path.stem == name:
            return load(path)
    raise NotFound(f"no collection {name!r}: there are {', '.join(path.stem for path in there)}, or give a file's path")


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NotFound(f"{path} is no file: give the name of a collection, or the path of its .toml file") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not in UTF-8: byte {error.start} cannot be read") from error
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{path} is not valid TOML: {error}") from error


def _table(path: Path, name: str, table: object) -> Asked:
    known = sources()
    if name not in known:
        keys = ", ".join(_Head.model_fields)
        raise BadInput(f"{path}: {name} is unknown: expected the keys {keys}, and the tables {_tables()}")
    if not isinstance(table, dict):
        raise BadInput(f"{path}: {name} is {table!r}: expected one table, which begins with the line [{name}]")
    return _valid(known[name].Follow, table, f"{path}: [{name}] ")


def _tables() -> str:
    return ", ".join(f"[{name}]" for name in sources())


def _valid(model: type[M], given: dict[str, Any], where: str) -> M:
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise BadInput("; ".join(where + _line(one, model) for one in error.errors())) from error


def _line(error: ErrorDetails, model: type[BaseModel]) -> str:
    """Return one error as "key: what was expected (found …)"."""
    key = ".".join(map(str, error["loc"]))
    if error["type"] == "extra_forbidden":
        return f"{key} is unknown: expected {', '.join(model.model_fields)}"
    said = error["msg"].removeprefix("Value error, ")
    if error["type"] == "missing":
        return f"{key} is missing"
    found = "" if not key else f" (found {error['input']!r})"
    return f"{key}: {said}{found}" if key else said
