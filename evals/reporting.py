"""From outcomes to a report: shares by measure, the same of spoilt outcomes, figures, and which of them are void."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from evals.cost import latency, machine, versions
from evals.estimates import DEFAULT, QuestionShares, Sampling, figure_estimates, ratio
from evals.evidence import got, wanted
from evals.gold.base import GoldSet
from evals.intervals import SEED
from evals.measures.base import Figure, Measure, Sabotage, Share
from evals.outcome import Outcome
from evals.report import Fallen, FigureResult, QuestionResult, Report, RiskCurve, SetResult
from evals.sabotage import SABOTAGES, sabotaged
from evals.void import SWAPPED, asks_alike, fell

Shares = Mapping[str, Mapping[str, QuestionShares]]
"""By measure, by figure, by question id."""
Step = Callable[[str, int, int], None]
NOT_ASKED = "there is no outcome"


@dataclass(frozen=True, slots=True)
class MeasuredSet:
    """A gold set with an outcome for each of its questions, in order, and their shares.

    `spoilt` are the shares after each sabotage that changed something, of the measures that must fall under it.
    """

    gold: GoldSet
    outcomes: tuple[Outcome, ...]
    measures: Mapping[str, Measure]
    shares: Shares
    spoilt: Mapping[Sabotage, Shares] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetRun:
    """A measured set and what is known of its run.

    `seconds` is the wall time of all its questions, 0 where they were asked one after another. `wanted` are targets by
    figure name. `notes` limit a figure or a whole measure, by name ("matcher's kappa 0.41, stated 0.60"); `remarks`
    are said of the set.
    """

    measured: MeasuredSet
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    resident_mib: float = 0.0
    wanted: Mapping[str, float] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    risks: Sequence[RiskCurve] = ()
    remarks: Sequence[str] = ()


def measure_set(
    gold: GoldSet,
    outcomes: Sequence[Outcome],
    measures: Mapping[str, Measure],
    *,
    sabotage: bool = True,
    seed: int = SEED,
    step: Step | None = None,
) -> MeasuredSet:
    """Return the set with its shares, and those of its spoilt outcomes unless `sabotage` is False.

    A question without an outcome counts as failed; an outcome of no question of the set is left out. `step` is told
    (measure, done, total).
    """
    by_question = {one.question: one for one in outcomes}
    ordered = tuple(by_question.get(one.id, Outcome(one.id, error=NOT_ASKED)) for one in gold.questions)
    shares = {name: _shares(gold, ordered, name, one, step) for name, one in measures.items()}
    spoilt: dict[Sabotage, Shares] = {}
    for way in SABOTAGES if sabotage else ():
        must = {name: one for name, one in measures.items() if any(way in figure.falls_under for figure in one.figures)}
        changed = tuple(sabotaged(way, ordered, seed)) if must else ordered
        if changed != ordered:
            spoilt[way] = {name: _shares(gold, changed, f"{name}, {way}", one, step) for name, one in must.items()}
    return MeasuredSet(gold, ordered, dict(measures), shares, spoilt)


def build_report(
    runs: Sequence[SetRun],
    *,
    command: str,
    seconds: float,
    fingerprints: Mapping[str, str],
    created: str = "",
    notes: Sequence[str] = (),
    sampling: Sampling = DEFAULT,
    step: Step | None = None,
) -> Report:
    """Return the report of the sets. `fingerprints` are those of the whole run, of the code first of all.

    `created` is the moment in ISO 8601, that of the call where "". `step` is told ("figures", done, total).
    """
    sets = []
    for number, run in enumerate(runs):
        if step:
            step("figures", number, len(runs))
        sets.append(_set_result(run, sampling))
    return Report(
        created=created or datetime.now(UTC).isoformat(timespec="seconds"),
        command=command,
        seed=sampling.seed,
        draws=sampling.draws,
        seconds=seconds,
        machine=machine(),
        versions=versions(),
        fingerprints=dict(fingerprints),
        sets=tuple(sets),
        notes=tuple(notes),
    )


def _shares(
    gold: GoldSet, outcomes: Sequence[Outcome], name: str, measure: Measure, step: Step | None
) -> dict[str, QuestionShares]:
    """Return the shares of every question, by figure and question id. Raises ValueError for an unnamed figure."""
    found: dict[str, dict[str, Share]] = {}
    for number, (question, outcome) in enumerate(zip(gold.questions, outcomes, strict=True)):
        if step:
            step(name, number, len(outcomes))
        for figure, share in measure.shares(question, outcome).items():
            found.setdefault(figure, {})[question.id] = share
    if unknown := found.keys() - {figure.name for figure in measure.figures}:
        raise ValueError(f"{name} measured {', '.join(sorted(unknown))}, expected only the figures that it names")
    return dict(found)


def _set_result(run: SetRun, sampling: Sampling) -> SetResult:
    measured = run.measured
    gold = measured.gold
    types = {one.id: one.type for one in gold.questions}
    figures: list[FigureResult] = []
    for name, measure in measured.measures.items():
        for found in figure_estimates(name, measure.figures, measured.shares[name], types, sampling):
            figures.append(_judged(found, measure.figures, run))
    return SetResult(
        name=gold.name,
        about=gold.about,
        tasks=tuple(sorted(gold.tasks)),
        n=len(gold.questions),
        failures=sum(bool(one.error) for one in measured.outcomes),
        fingerprints={"gold set": gold.fingerprint, **run.fingerprints},
        figures=tuple(figures),
        latency=latency(
            [one.ms for one in measured.outcomes],
            seconds=run.seconds,
            resident_mib=run.resident_mib,
            sampling=sampling,
        ),
        risks=tuple(run.risks),
        notes=tuple(run.remarks),
        questions=tuple(
            QuestionResult(
                id=question.id,
                text=question.text,
                type=question.type,
                wanted=wanted(question),
                got=got(outcome),
                ms=outcome.ms,
                error=outcome.error,
            )
            for question, outcome in zip(gold.questions, measured.outcomes, strict=True)
        ),
    )


def _judged(found: FigureResult, figures: Sequence[Figure], run: SetRun) -> FigureResult:
    """Return the figure with its target, its notes and what it became under each sabotage."""
    figure = next(one for one in figures if one.name == found.name)
    under: dict[str, Fallen] = {}
    said: list[str] = []
    for way in figure.falls_under:
        if way in run.measured.spoilt:
            value = ratio(run.measured.spoilt[way][found.measure].get(found.name, {}))
            fallen = Fallen(value=value, fell=fell(found, value))
            if way == SWAPPED and not fallen.fell and _asks_alike(run.measured, found):
                said.append(f"not tried by {SWAPPED}: it asks the same of every question here")
            else:
                under[way] = fallen
    stood = [way for way, one in under.items() if not one.fell]
    said += [f"void: did not get worse by more than its interval with {', '.join(stood)}"] if stood else []
    said += [run.notes[name] for name in (found.measure, found.name) if name in run.notes]
    update = {"wanted": run.wanted.get(found.name), "void": bool(stood), "note": "; ".join(said), "under": under}
    return found.model_copy(update=update)


def _asks_alike(measured: MeasuredSet, found: FigureResult) -> bool:
    asked = [one for one in measured.gold.questions if one.id in found.questions]
    return asks_alike(measured.measures[found.measure], found.name, asked, measured.outcomes)
