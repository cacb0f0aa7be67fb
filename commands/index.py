"""`curbside index`: publish a snapshot of the corpus as it is, or go back to the one before."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from commands.settings import Settings


def index(
    context: typer.Context,
    rollback: Annotated[
        bool, typer.Option("--rollback", help="Serve the snapshot before the current one again.")
    ] = False,
) -> None:
    """Publish a new snapshot of the corpus; only what is new is encoded, and the old one serves until then."""
    from rich.console import Console

    from commands.progress import progress_bar
    from commands.publishing import encoder_of, publish
    from commands.stores import held
    from index.publish import rollback as roll_back
    from ingest.lock import ingest_lock

    settings: Settings = context.obj
    console = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    with held(settings) as store, ingest_lock(settings.home, settings.lock_timeout_s, console.print):
        if rollback:
            served = roll_back(settings.home).id
        else:
            with progress_bar("index") as step:
                served = publish(settings, store, encoder_of(settings), step)
    console.print(f"serving snapshot {served}")
