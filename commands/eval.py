"""`curbside eval`: gold questions asked and measured; a report, a comparison with an earlier one, an exit status."""

import shlex
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.progress import Step
    from commands.settings import Settings
    from evals.gold.base import GoldSet
    from evals.judging import Judgement
    from evals.report import Report
    from evals.reporting import SetRun
    from index.encoders.base import Encoder

SHORT = 25  # questions of each set in a short run
REGRESSED = 1


def evaluate(
    context: typer.Context,
    gold: Annotated[
        list[str] | None,
        typer.Option(help="A set that comes with Curbside, or a .jsonl file of yours; may be repeated. All, if none."),
    ] = None,
    corpus: Annotated[
        Path | None, typer.Option(exists=True, help="Folder or file that the questions of your .jsonl are asked of.")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="An earlier report.json: exit with status 1 where a figure got worse.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Folder for report.html and report.json; evals/report in the data folder.")
    ] = None,
    shared: Annotated[Path, typer.Option(help="Folder of the gold data that the sets read.")] = Path("../shared"),
    most: Annotated[int | None, typer.Option(min=1, help="At most so many questions of each set, drawn.")] = None,
    short: Annotated[bool, typer.Option("--short", help=f"The same as --most {SHORT}, without sabotage.")] = False,
    sabotage: Annotated[
        bool, typer.Option(help="Spoil the outcomes too: a measure that does not fall is void.")
    ] = True,
    seed: Annotated[int | None, typer.Option(help="Seed of what is drawn and of the intervals.")] = None,
    timeout_s: Annotated[float, typer.Option(min=0.1, help="A question that takes longer counts as wrong.")] = 30.0,
    quality: Annotated[Path | None, typer.Option(help="Write the figures as Markdown too, to this file.")] = None,
    names: Annotated[bool, typer.Option("--list", help="Say which sets there are, and stop.")] = False,
) -> None:
    """Ask gold questions and measure what comes back, with intervals, each figure beside its target."""
    from evals.plugins import set_names

    if names:
        typer.echo("\n".join(set_names()))
        return
    from commands.logs import log_for_terminal
    from commands.progress import progress_bar
    from commands.publishing import encoder_of
    from evals.compare import compare, comparison_text
    from evals.estimates import Sampling
    from evals.gold.scifact import abstracts
    from evals.intervals import SEED
    from evals.judging import limits
    from evals.report import read_report, to_json
    from evals.report_html import quality_markdown, report_html
    from evals.reporting import build_report
    from evals.runner import Runner, RunSettings

    log_for_terminal()
    settings: Settings = context.obj
    began = time.perf_counter()
    before = read_report(baseline) if baseline else None
    folder = settings.home / "evals"
    seed = SEED if seed is None else seed
    encoder = encoder_of(settings)
    chosen = RunSettings(
        folder, settings.home, seed, timeout_s, sabotage and not short, SHORT if short and most is None else most
    )
    runs: list[SetRun] = []
    with progress_bar("eval") as step:
        runner = Runner(encoder, chosen, step)
        for one in _sets(gold or set_names(), corpus, shared):
            runs.append(runner.run(one, abstracts(shared) if one.name == "scifact" else None))
        judged = _judged(runs, shared, encoder, step)
        result = build_report(
            [replace(run, notes=limits(judged)) for run in runs],
            command=shlex.join(["curbside", *sys.argv[1:]]),
            seconds=time.perf_counter() - began,
            fingerprints={"code": runner.code, "encoder": encoder.fingerprint},
            notes=[one.said for one in judged],
            sampling=Sampling(seed),
            step=step,
        )
    found = compare(before, result) if before else None
    into = report or folder / "report"
    into.mkdir(parents=True, exist_ok=True)
    _write(into / "report.json", to_json(result))
    _write(into / "report.html", report_html(result, found))
    if quality:
        _write(quality, quality_markdown(result))
    _print(result)
    typer.secho(f"report: {into / 'report.html'}", err=True, fg="green")
    if found:
        typer.echo(comparison_text(found))
        if found.regressed:
            raise typer.Exit(REGRESSED)


def _write(path: Path, text: str) -> None:
    """Put the text in the file's place in one step: a report that is read is whole."""
    fresh = path.with_name(path.name + ".tmp")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def _print(report: "Report") -> None:
    """Show every figure that has a value, a line each, with its interval and its target."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in ("set", "figure", "n", "value (95 %)", "target"):
        table.add_column(name, justify="right" if name == "n" else "left", no_wrap=name == "value (95 %)")
    for one in report.sets:
        for figure in one.figures:
            if not figure.is_shown or figure.value is None:
                continue
            target = "" if figure.wanted is None else f"{figure.wanted:g} {'met' if figure.met else 'missed'}"
            interval = "" if figure.low is None else f" ({figure.low:.3f}–{figure.high:.3f})"
            note = " void" if figure.void else ""
            table.add_row(one.name, figure.name, str(figure.n), f"{figure.value:.3f}{interval}{note}", target)
    Console().print(table)


def _judged(runs: "Sequence[SetRun]", shared: Path, encoder: "Encoder", step: "Step") -> "tuple[Judgement, ...]":
    """Return the matcher judged, where a figure that rests on it was measured and the judged pairs are there."""
    from evals.judging import judgements

    rests = any({"facts", "citations"} & run.measured.measures.keys() for run in runs)
    if not rests or not (shared / "data").is_dir():
        return ()
    step("judging the matcher", 0, 0)
    return judgements(shared, encoder)


def _sets(names: list[str], corpus: Path | None, shared: Path) -> "list[GoldSet]":
    """Return the sets of these names and files. Raises BadInput."""
    from corpus.errors import BadInput
    from evals.gold.own import load_own
    from evals.homes import documents_under
    from evals.plugins import load_set

    found = []
    for name in names:
        if not name.endswith(".jsonl"):
            found.append(load_set(name, shared))
            continue
        documents = None
        if corpus is not None:
            held, skipped = documents_under(corpus)
            for line in skipped:
                typer.secho(f"not read: {line}", err=True, fg="yellow")
            documents = partial(iter, held)
            if not held:
                raise BadInput(f"{corpus} holds no document that can be read: expected what `curbside ingest` takes")
        found.append(load_own(Path(name), documents))
    if corpus is not None and not any(name.endswith(".jsonl") for name in names):
        raise BadInput("--corpus is for a gold set of yours: name its .jsonl file with --gold")
    return found
