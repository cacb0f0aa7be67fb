"""`curbside refresh`: brings what is followed up to date, once or on a schedule."""

import json
import os
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import BadInput

if TYPE_CHECKING:
    from rich.console import Console

    from commands.settings import Settings
    from ingest.collection import Collection
    from ingest.refresh.job import Order
    from ingest.refresh.report import RefreshReport


def refresh(
    context: typer.Context,
    collection: Annotated[
        str | None, typer.Argument(help="A collection's name, or the path of its file; all of them if left out.")
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option(help="Only this source of it, e.g. openfda; may be repeated.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; change nothing.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Stay, and refresh at the times the collections name.")
    ] = False,
    accept_shrinking: Annotated[
        bool, typer.Option("--accept-shrinking", help="Believe a source that lists much less than before.")
    ] = False,
    history: Annotated[bool, typer.Option("--history", help="List the runs there were, and end.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the reports as JSON.")] = False,
    cause: Annotated[
        str, typer.Option(help="Who began it, for the history; the service says schedule or request.")
    ] = "command",
    run_id: Annotated[
        str, typer.Option(help="The id to give the run, where the service has told somebody of it.")
    ] = "",
) -> None:
    """Ask the sources that a collection follows what they have now, and take in what has changed.

    The plan is shown first. What is unchanged is neither read nor encoded again; the index moves over in one
    step, and kept answers that cite what has changed are flagged. Exits 1 where a source was stopped.
    """
    from rich.console import Console

    from commands.refreshing import all_collections, collection_of
    from corpus.refreshing import RunState
    from ingest.refresh.job import Order

    settings: Settings = context.obj
    if history:
        _history(settings, as_json)
        return
    notes = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    wrong: list[str] = []
    chosen = [collection_of(settings, collection)] if collection else all_collections(settings, wrong.append)
    for line in wrong:
        notes.print(line, style="red")
    chosen = _following(chosen, source or [])
    if watch:
        from commands.scheduling import watch_collections

        watch_collections(settings, chosen, notes)
        return
    if cause != "command":
        os.nice(10)  # begun by a service: its questions go first
    order = Order(frozenset(source or ()), dry_run, accept_shrinking, cause, run_id)
    reports = [_run(settings, one, order, notes, as_json) for one in chosen]
    if as_json:
        typer.echo(json.dumps([report.as_json() for report in reports], ensure_ascii=False, indent=1))
    if wrong or any(report.state is not RunState.DONE for report in reports):
        raise typer.Exit(1)


def _following(chosen: "list[Collection]", sources: list[str]) -> "list[Collection]":
    """Return the collections that follow one of the sources, all of them where none is named. Raises BadInput."""
    follow = {name for one in chosen for name in one.follow}
    unknown = sorted(set(sources) - follow)
    if unknown:
        names = ", ".join(one.name for one in chosen) or "no collection"
        known = ", ".join(sorted(follow))
        raise BadInput(f"{names} does not follow {', '.join(unknown)}: expected some of {known}")
    return [one for one in chosen if not sources or set(sources) & set(one.follow)]


def _run(
    settings: "Settings", chosen: "Collection", order: "Order", notes: "Console", as_json: bool
) -> "RefreshReport":
    from rich.console import Console

    from commands.progress import progress_bar
    from commands.refreshing import run_refresh

    def announce(report: "RefreshReport") -> None:
        if not order.dry:
            notes.print(f"{chosen.name}: the plan of run {report.run}")
            report.show_plan(notes)

    with progress_bar(f"refresh {chosen.name}", quiet=as_json) as step:
        report = run_refresh(settings, chosen, order, step, on_wait=notes.print, announce=announce)
    if not as_json:
        report.show(Console())
    return report


def _history(settings: "Settings", as_json: bool) -> None:
    from dataclasses import asdict

    from commands.refreshing import as_they_stand
    from commands.stores import held
    from corpus.refreshing import runs

    with held(settings) as store, store.engine.connect() as connection:
        past = as_they_stand(settings, runs(connection))
    if as_json:
        typer.echo(json.dumps([asdict(run) for run in past], default=str, ensure_ascii=False, indent=1))
        return
    for run in past:
        ended = f"{(run.ended - run.started).total_seconds():.0f} s" if run.ended else "not ended"
        typer.echo(
            f"{run.started:%Y-%m-%d %H:%M}  {run.id}  {run.collection:<16} {run.state:<11} {run.cause:<9} {ended}"
        )
