"""`curbside corpus standing`: sets by hand where a publication stands, and lifts what a source has lifted."""

from typing import TYPE_CHECKING, Annotated

import typer

from corpus.document import Integrity

if TYPE_CHECKING:
    from commands.settings import Settings


def standing(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="A publication's key, e.g. pmid:27641143.")],
    state: Annotated[Integrity, typer.Argument(help="Where it stands from now on.")],
    why: Annotated[str, typer.Option(help="What was published, and where: it is kept and shown.")],
) -> None:
    """Set where a publication stands, e.g. current once its journal has lifted an expression of concern.

    A refresh makes a standing graver and never lighter. The index is published anew, and kept answers that no longer
    stand are flagged.
    """
    from rich.console import Console

    from commands.ingest import ingest_paths
    from commands.progress import progress_bar
    from commands.publishing import encoder_of
    from commands.stores import held

    settings: Settings = context.obj
    with held(settings) as store:
        was = store.get(key).integrity
        store.set_integrity(key, state, why)
    with progress_bar("standing") as step:
        notes = Console(stderr=True, soft_wrap=True, markup=False)
        report = ingest_paths(settings, [], encoder_of(settings), step, on_wait=notes.print)
    typer.echo(f"{key}: {was} → {state}; {report.flagged:,} kept answers flagged")
    if report.unpublished:
        typer.echo(f"no new snapshot: {report.unpublished}", err=True)
        raise typer.Exit(1)
