"""The report of an evaluation and its JSON format `curbside.eval/1`: what was measured, question by question."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import BadInput
from evals.measures.base import Better

FORMAT = "curbside.eval/1"
MAX_NAMED = 5


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Value(_Part):
    """A value with its 95 % interval over n questions; None where its denominator is 0: there was nothing to judge."""

    n: int
    value: float | None
    low: float | None = None
    high: float | None = None


class Fallen(_Part):
    """What a figure became under a sabotage, and whether it fell out of its interval, as it must."""

    value: float | None
    fell: bool


class FigureResult(Value):
    """One figure of one set. `questions` are, by id, what each adds to numerator and denominator.

    `by_type` are types of question with 5 questions and more. `wanted` is the target, None where there is none.
    `void`: it did not fall under a sabotage that must spoil it (`under`), so it says nothing. `note` says what else
    limits it.
    """

    measure: str
    name: str
    definition: str
    better: Better
    by_type: dict[str, Value] = {}
    questions: dict[str, tuple[float, float]] = {}
    wanted: float | None = None
    void: bool = False
    note: str = ""
    under: dict[str, Fallen] = {}
    is_shown: bool = True

    @property
    def met(self) -> bool | None:
        """Return whether the target is met; None without a target, False for a figure that is void or has no value."""
        if self.wanted is None:
            return None
        if self.value is None or self.void:
            return False
        return self.value >= self.wanted if self.better == "higher" else self.value <= self.wanted


class Latency(_Part):
    """Wall time a question in milliseconds, questions a second, and the most memory that the process held, in MiB."""

    p50: Value
    p95: Value
    p99: Value
    per_second: float
    resident_mib: float


class RiskCurve(_Part):
    """Risk against coverage: of the questions answered first by confidence, the share answered wrongly.

    `points` are (coverage, risk), both 0 to 1, in order of coverage; `aurc` the area under them, lower being better.
    """

    name: str
    about: str
    points: tuple[tuple[float, float], ...]
    aurc: Value


class GotClaim(_Part):
    """A claim that was made, and what it cites: document and section, with the quote."""

    text: str
    cited: tuple[str, ...]


class Got(_Part):
    """What a question brought, as evidence: how it was met, what was found first, what was said."""

    status: str = ""
    reason: str = ""
    standalone: str = ""
    documents: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    claims: tuple[GotClaim, ...] = ()


class QuestionResult(_Part):
    """One question, what would be right in words, what it brought; `error` is "" unless it failed."""

    id: str
    text: str
    type: str = ""
    wanted: tuple[str, ...] = ()
    got: Got = Got()
    ms: float = 0.0
    error: str = ""


class SetResult(_Part):
    """One gold set. `fingerprints` are those of the gold set, its corpus, the index snapshot and the encoder."""

    name: str
    about: str
    tasks: tuple[str, ...]
    n: int
    failures: int
    fingerprints: dict[str, str] = {}
    figures: tuple[FigureResult, ...] = ()
    latency: Latency | None = None
    risks: tuple[RiskCurve, ...] = ()
    notes: tuple[str, ...] = ()
    questions: tuple[QuestionResult, ...] = ()

    def figure(self, measure: str, name: str) -> FigureResult | None:
        """Return the figure of that name, None where it was not measured."""
        return next((one for one in self.figures if (one.measure, one.name) == (measure, name)), None)


class Report(_Part):
    """One run of the evaluation: when, with what, and its sets."""

    format: Literal["curbside.eval/1"] = "curbside.eval/1"
    created: str
    command: str
    seed: int
    draws: int
    seconds: float
    machine: str
    versions: dict[str, str] = {}
    fingerprints: dict[str, str] = {}
    sets: tuple[SetResult, ...] = ()
    notes: tuple[str, ...] = ()

    def gold_set(self, name: str) -> SetResult | None:
        """Return the set of that name, None where it was not run."""
        return next((one for one in self.sets if one.name == name), None)


def to_json(report: Report) -> str:
    """Return the report as JSON, indented by one space, with a line feed at its end."""
    return report.model_dump_json(indent=1) + "\n"


def read_report(path: Path) -> Report:
    """Return the report of a file. Raises BadInput, naming the first things that do not fit, where it is none."""
    try:
        return Report.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise BadInput(f"{path} is not there: expected a report that `curbside eval` wrote") from None
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, one['loc'])) or 'file'}: {one['msg']}" for one in error.errors()[:MAX_NAMED]]
        more = f" and {error.error_count() - MAX_NAMED} more" if error.error_count() > MAX_NAMED else ""
        raise BadInput(f"{path} is no report in the format {FORMAT}: {'; '.join(wrong)}{more}") from None
