"""`curbside corpus copy-to`: the corpus moves to another database, with all that was kept."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from commands.settings import Settings


def copy_to(
    context: typer.Context,
    address: Annotated[
        str,
        typer.Argument(
            help="postgresql://user:password@host:5432/name, empty; sqlite:///FILE to go back.", metavar="URL"
        ),
    ],
) -> None:
    """Copy all that is held into an empty database: documents, kept answers, reviews, accounts.

    Stop the service first: what is written meanwhile is not copied. All of it is copied, or nothing.
    """
    from rich.console import Console

    from commands.progress import progress_bar
    from commands.stores import held
    from corpus.copying import copy
    from corpus.looking import look
    from corpus.store import DATABASE, Store
    from ingest.lock import ingest_lock

    settings: Settings = context.obj
    notes = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    with (
        ingest_lock(settings.home, settings.lock_timeout_s, notes.print),
        held(settings) as source,
        Store.open(settings.home, address) as target,
        progress_bar("copying") as step,
    ):
        copied = copy(source, target, step)
    rows, place = sum(copied.values()), look(settings.home / DATABASE, address).place
    typer.echo(
        f"Copied {rows:,} rows of {len(copied)} tables to {place}; counts and fingerprint are the same.\n"
        "Set CURBSIDE_DATABASE, or `database` in curbside.toml, to that address to use it from now on. "
        f"Raw files, models and snapshots stay in {settings.home}."
    )
