"""`curbside ingest`: files, folders and archives go into the corpus, and a new snapshot is published."""

import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from commands.progress import Step
    from commands.settings import Settings
    from index.encoders.base import Encoder
    from ingest.report import Report
    from ingest.walk import Found


def ingest(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files, folders, zip, gz, xz and tar archives.", metavar="PATH…")],
    index: Annotated[bool, typer.Option(help="Publish a snapshot when all is read.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Read documents into the corpus and publish a new snapshot of it.

    FDA labels (SPL XML, openFDA JSON), PubMed XML, JATS, Markdown with front matter, HTML and PDF. What cannot be
    read is reported with its reason and stops nothing. Exits 1 where nothing could be read, or no snapshot be made.
    """
    from rich.console import Console

    from commands.progress import progress_bar
    from commands.publishing import encoder_of

    settings: Settings = context.obj
    encoder = encoder_of(settings)
    notes = Console(stderr=True, soft_wrap=True)
    with progress_bar("ingest", quiet=as_json) as step:
        report = ingest_paths(
            settings, paths, encoder, step, on_wait=lambda line: notes.print(line, markup=False), index=index
        )
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    else:
        report.show(Console())
    if report.unpublished or not report.read:
        raise typer.Exit(1)


def ingest_paths(
    settings: "Settings",
    paths: Iterable[Path],
    encoder: "Encoder",
    step: "Step",
    *,
    on_wait: Callable[[str], None],
    more: "Iterable[Found]" = (),
    index: bool = True,
) -> "Report":
    """Return what became of the files, and of `more`, once they are in the store and, with `index`, in a new snapshot.

    Only one process does this at a time: `on_wait` hears of a wait. Raises Busy where the wait was in vain.
    """
    from commands.publishing import publish
    from commands.stores import store_of
    from ingest import pipeline
    from ingest.lock import ingest_lock
    from ingest.splitter import EncoderSplitter
    from ingest.unpack import MIB, Limits

    with ingest_lock(settings.home, settings.lock_timeout_s, on_wait), store_of(settings) as store:
        return pipeline.ingest(
            paths,
            store,
            EncoderSplitter(encoder),
            retrieved=date.today(),
            more=more,
            publish=(lambda held: publish(settings, held, encoder, step)) if index else None,
            limits=Limits(max_bytes=settings.max_file_mb * MIB),
            progress=step,
        )
