"""The report as one HTML file: no script, nothing fetched, every text escaped."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import NotReady
from evals.compare import Comparison
from evals.report import Fallen, FigureResult, QuestionResult, Report, RiskCurve, SetResult, Value
from evals.report_plots import bars_by_type, latencies, risk_coverage

TEMPLATE = Path(__file__).resolve().parent / "templates/report.html"
WORST = 30
"""Questions that a set shows with their evidence."""


@dataclass(frozen=True, slots=True)
class _Worst:
    """A question that went wrong, and by which figures."""

    question: QuestionResult
    why: str


@dataclass(frozen=True, slots=True)
class _ShownSet:
    """A set as the template needs it; plots are SVG elements, marked safe."""

    result: SetResult
    anchor: str
    shown: tuple[FigureResult, ...]
    latency_plot: str
    risks: tuple[tuple[RiskCurve, str], ...]
    types: tuple[str, ...]
    by_type: tuple[FigureResult, ...]
    type_plots: tuple[tuple[FigureResult, str], ...]
    spoilt: tuple[tuple[FigureResult, str, Fallen], ...]
    worst: tuple[_Worst, ...]
    left: int


def report_html(report: Report, comparison: Comparison | None = None) -> str:
    """Return the page, with the comparison where there is one.

    Needs the extra `eval`. Raises NotReady where Jinja2 or matplotlib is not installed.
    """
    try:
        from jinja2 import Environment, StrictUndefined
    except ImportError:
        raise NotReady("jinja2 is not installed: run `pip install 'curbside[eval]'` (to write a report)") from None
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals |= {"number": number, "milliseconds": _milliseconds}
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    sets = [_shown_set(one, place) for place, one in enumerate(report.sets)]
    return template.render(
        report=report,
        comparison=comparison,
        sets=sets,
        overview=[_overview(one) for one in sets],
        verdict=verdict(report),
    )


def number(value: float) -> str:
    """Return the value as it is shown: three places, fewer where it is large."""
    return f"{value:.3f}" if abs(value) < 100 else f"{value:,.0f}"


def verdict(report: Report) -> str:
    """Return a sentence on how many targets are met."""
    judged = [one for held in report.sets for one in held.figures if one.met is not None]
    if not judged:
        return "No figure has a target."
    met = sum(one.met is True for one in judged)
    return f"{met} of {len(judged)} targets are met."


def worst_questions(held: SetResult) -> list[tuple[QuestionResult, tuple[str, ...]]]:
    """Return every question that failed or fell short of the best in a shown figure, the worst first.

    The worst are those that failed, then those that lost most in figures with a target, then in all; equal ones stand
    in the set's order. Figures that are void are left out.
    """
    lost: dict[str, list[tuple[float, float, str]]] = {}
    for figure in (one for one in held.figures if one.is_shown and not one.void):
        for key, (value, of) in figure.questions.items():
            if of:
                share = value / of
                short = 1 - share if figure.better == "higher" else share
                if short > 0:
                    loss = min(short, 1.0)
                    said = f"{figure.measure} {figure.name} {share:.3g}"
                    lost.setdefault(key, []).append((loss if figure.wanted is not None else 0.0, loss, said))

    def order(one: QuestionResult) -> tuple[bool, float, float]:
        losses = lost.get(one.id, [])
        return not one.error, -sum(loss[0] for loss in losses), -sum(loss[1] for loss in losses)

    wrong = sorted((one for one in held.questions if one.error or one.id in lost), key=order)
    return [(one, (*(["failed"] if one.error else []), *(said for *_, said in lost.get(one.id, [])))) for one in wrong]


def _shown_set(held: SetResult, place: int) -> _ShownSet:
    from markupsafe import Markup

    anchor = f"set-{place + 1}"
    shown = tuple(one for one in held.figures if one.is_shown)
    worst = worst_questions(held)
    by_type = tuple(one for one in shown if one.by_type)
    # A plot of each figure would make the page too long to read: those with a target, or the first.
    bars = tuple(one for one in by_type if len(one.by_type) > 1)
    plotted = tuple(one for one in bars if one.wanted is not None) or bars[:1]
    return _ShownSet(
        result=held,
        anchor=anchor,
        shown=shown,
        latency_plot=Markup(latencies(f"{anchor}-ms", [one.ms for one in held.questions])),
        risks=tuple(
            (one, Markup(risk_coverage(f"{anchor}-risk-{number}", one))) for number, one in enumerate(held.risks)
        ),
        types=tuple(sorted({name for one in by_type for name in one.by_type})),
        by_type=by_type,
        type_plots=tuple(
            (one, Markup(bars_by_type(f"{anchor}-type-{number}", one.by_type, one.value)))
            for number, one in enumerate(plotted)
        ),
        spoilt=tuple((one, way, fallen) for one in shown for way, fallen in one.under.items()),
        worst=tuple(_Worst(question, "; ".join(why)) for question, why in worst[:WORST]),
        left=max(0, len(worst) - WORST),
    )


def _overview(one: _ShownSet) -> dict[str, object]:
    figures = one.result.figures
    return {
        "anchor": one.anchor,
        "name": one.result.name,
        "n": one.result.n,
        "failures": one.result.failures,
        "met": sum(figure.met is True for figure in figures),
        "missed": sum(figure.met is False for figure in figures),
        "void": sum(figure.void for figure in figures),
    }


def _milliseconds(one: Value) -> str:
    if one.value is None or one.low is None or one.high is None:
        return "–"
    return f"{one.value:,.0f} ({one.low:,.0f}–{one.high:,.0f})"


def quality_markdown(report: Report) -> str:
    """Return the page docs/quality.md: every shown figure with n, interval and target, and what it was measured on."""
    return "\n".join(_quality(report)).rstrip() + "\n"


def _quality(report: Report) -> Iterator[str]:
    yield from ("# Quality", "")
    yield f"Written by `{report.command}` on {report.created[:10]}; do not edit it by hand. {verdict(report)}"
    yield ""
    yield (
        f"Values stand with their 95 % interval (percentile bootstrap over questions, {report.draws} draws, seed "
        f"{report.seed}). A question that failed counts as wrong. A figure is void where outcomes spoilt on purpose "
        "did not make it worse by more than its interval."
    )
    yield ""
    for held in report.sets:
        yield from _quality_set(held)
    yield from ("## The run", "")
    yield f"{report.machine}; {report.seconds:.0f} s. {', '.join(f'{k} {v}' for k, v in report.versions.items())}."
    yield ""
    yield from (f"- {name}: `{value}`" for name, value in report.fingerprints.items())


def _quality_set(held: SetResult) -> Iterator[str]:
    yield from (f"## {_cell(held.name)}", "", held.about, "")
    yield f"{held.n} questions, {held.failures} failed."
    yield from ("", *(f"> {note}" for note in held.notes), *([""] if held.notes else []))
    yield from ("| measure | figure | n | value (95 %) | target | |", "|---|---|---|---|---|---|")
    for one in held.figures:
        if one.is_shown:
            sign = "≥" if one.better == "higher" else "≤"
            target = "" if one.wanted is None else f"{sign} {number(one.wanted)}"
            state = "void" if one.void else {True: "met", False: "**missed**", None: ""}[one.met]
            said = "; ".join(part for part in (state, one.note.removeprefix("void: ")) if part)
            yield f"| {one.measure} | {_cell(one.name)} | {one.n} | {_value(one)} | {target} | {_cell(said)} |"
    yield ""
    if held.latency:
        percentiles = ((name, getattr(held.latency, name)) for name in ("p50", "p95", "p99"))
        times = ", ".join(f"{name} {_milliseconds(one)} ms" for name, one in percentiles)
        memory = f", {held.latency.resident_mib:,.0f} MiB" if held.latency.resident_mib else ""
        yield from (f"Cost: {times}; {held.latency.per_second:.2f} questions a second{memory}.", "")
    for curve in held.risks:
        yield from (f"Risk and coverage, {_cell(curve.name)}: area under the curve {_value(curve.aurc)}.", "")
    yield " · ".join(f"{name} `{_short(value)}`" for name, value in held.fingerprints.items())
    yield ""


def _value(one: Value) -> str:
    if one.value is None:
        return "–"
    ends = "" if one.low is None or one.high is None else f" ({number(one.low)}–{number(one.high)})"
    return number(one.value) + ends


def _short(fingerprint: str) -> str:
    """Return the first 16 digits of a hash; a name with a hash in it ("model/precision/hash") whole."""
    return fingerprint if "/" in fingerprint else fingerprint[:16]


def _cell(text: str) -> str:
    """Return the text so that it stays in its cell and is shown, not read as mark-up."""
    return " ".join(text.split()).replace("|", r"\|").replace("<", "&lt;")
