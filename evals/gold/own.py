"""A user's own gold set: JSON Lines, one question a line, every wrong line named; docs/gold-format.md is the schema."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.document import Document
from corpus.errors import BadInput
from evals.gold.base import GoldQuestion, GoldSet, Place, Task
from qa.answer import Status

MAX_NAMED = 20
MEASURES: dict[Task, tuple[str, ...]] = {
    Task.SEARCH: ("retrieval",),
    Task.ANSWER: ("sections", "facts", "citations", "boxed_warning", "refusals", "rouge"),
    Task.REWRITE: ("followups",),
    Task.RATIONALE: ("rationale",),
}
"""By task, the measures that may have something to say; one that has not leaves no figure."""

Text = Annotated[str, Field(pattern=r"\w")]
Grades = dict[Text, Annotated[int, Field(ge=0, le=9)]]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Place(_Record):
    document: Text
    number: str = ""
    title: str = ""
    loinc: Annotated[str, Field(pattern=r"^(\d{1,5}-\d)?$")] = ""


class _Line(_Record):
    id: Text
    question: Text
    type: str = ""
    history: list[Text] = []
    standalone: str = ""
    relevant: Grades | list[Text] = {}
    places: list[_Place] = []
    required: list[Text] = []
    optional: list[Text] = []
    forbidden: list[Text] = []
    ideal: list[Text] = []
    rationale: dict[Text, list[Annotated[int, Field(ge=0)]]] = {}
    answerable: bool = True
    without: list[Text] = []
    expects: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> "_Line":
        """Refuse what contradicts itself, and what nothing could be measured by."""
        known = [str(one) for one in Status]
        if self.expects and self.expects not in known:
            raise ValueError(f"expects is {self.expects!r}, must be one of {', '.join(known)}")
        answers = [name for name in ("relevant", "places", "required", "rationale") if getattr(self, name)]
        if answers and (not self.answerable or self.expects == Status.REFUSED):
            said = "answerable is false" if not self.answerable else "expects is 'refused'"
            raise ValueError(f"{said}, yet {' and '.join(answers)} says what answers it")
        if self.standalone and not self.history:
            raise ValueError("standalone needs history: the questions that were asked before this one")
        if not _tasks(self):
            raise ValueError(
                "nothing to measure: give relevant, places, required, forbidden, ideal, rationale, standalone, "
                "expects or answerable"
            )
        return self


def load_own(path: Path, documents: Callable[[], Iterator[Document]] | None = None) -> GoldSet:
    """Return the gold set of a file, named as the file is; `documents` as in `GoldSet`.

    What is done with the questions follows from what they say: `relevant` → search; `places`, facts, `ideal`,
    `expects` or `answerable` → answer; `standalone` → rewrite; `rationale` → choose sentences. Raises BadInput that
    names every wrong line, at most 20, or a file that is not there or holds no question.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}): expected a gold set in JSON Lines") from None
    lines: list[_Line] = []
    wrong: list[str] = []
    seen: dict[str, int] = {}
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            line = _Line.model_validate(_object(raw))
        except ValidationError as error:
            wrong += [f"line {number}: {said}" for said in _said(error)]
        except (ValueError, RecursionError) as error:
            wrong.append(f"line {number}: {_not_json(error)}")
        else:
            if line.id in seen:
                wrong.append(f"line {number}: id: {line.id!r} is that of line {seen[line.id]} already")
            seen.setdefault(line.id, number)
            lines.append(line)
    if wrong:
        more = [f"and {len(wrong) - MAX_NAMED} more"] if len(wrong) > MAX_NAMED else []
        raise BadInput("\n  ".join([f"{path} is no gold set (docs/gold-format.md):", *wrong[:MAX_NAMED], *more]))
    if not lines:
        raise BadInput(f"{path} holds no question: expected one a line, as docs/gold-format.md says")
    tasks = frozenset(task for line in lines for task in _tasks(line))
    return GoldSet(
        name=path.stem,
        about=f"{len(lines)} questions of {path.name}.",
        questions=tuple(map(_question, lines)),
        tasks=tasks,
        measures=tuple(name for task in Task if task in tasks for name in MEASURES[task]),
        documents=documents,
    )


def _tasks(line: _Line) -> set[Task]:
    says = {
        Task.SEARCH: bool(line.relevant),
        Task.ANSWER: bool(line.places or line.required or line.forbidden or line.ideal or line.expects)
        or "answerable" in line.model_fields_set,
        Task.REWRITE: bool(line.standalone),
        Task.RATIONALE: bool(line.rationale),
    }
    return {task for task, is_said in says.items() if is_said}


def _question(line: _Line) -> GoldQuestion:
    relevant = line.relevant if isinstance(line.relevant, dict) else dict.fromkeys(line.relevant, 1)
    return GoldQuestion(
        id=line.id,
        text=line.question,
        type=line.type,
        history=tuple(line.history),
        standalone=line.standalone,
        relevant=relevant,
        places=tuple(Place(one.document, one.number, one.title, one.loinc) for one in line.places),
        required=tuple(line.required),
        optional=tuple(line.optional),
        forbidden=tuple(line.forbidden),
        ideal=tuple(line.ideal),
        rationale={key: tuple(numbers) for key, numbers in line.rationale.items()},
        answerable=line.answerable and line.expects not in (Status.REFUSED, Status.DECLINED),
        without=frozenset(line.without),
        expects=line.expects,
    )


def _object(raw: bytes) -> dict[str, Any]:
    found = json.loads(raw.decode("utf-8"), object_pairs_hook=_once)
    if not isinstance(found, dict):
        raise ValueError("no JSON object: expected one question in braces")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object. Raises ValueError for a key that stands twice, which JSON itself would let pass."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for place, (key, _) in enumerate(pairs) if key in dict(pairs[:place]))
        raise ValueError(f"the key {twice!r} stands twice")
    return found


def _said(error: ValidationError) -> Iterator[str]:
    for one in error.errors():
        # Of a union only the place in the file is of interest, not the shapes that were tried.
        where = ".".join(str(part) for part in one["loc"] if "[" not in str(part))
        message = one["msg"].removeprefix("Value error, ")
        yield f"{where}: {message}" if where else message


def _not_json(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"no JSON: {error.msg} at character {error.pos + 1}"
    if isinstance(error, RecursionError):
        return "nested too deep"
    return "no UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
