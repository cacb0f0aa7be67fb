"""`curbside collection`: the collections that there are, and the check of one."""

from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import CurbsideError

if TYPE_CHECKING:
    from pathlib import Path

    from commands.settings import Settings
    from ingest.collection import Collection

app = typer.Typer(help="Look at what is followed, and check a collection's file.", no_args_is_help=True)


@app.command("list")
def list_collections(context: typer.Context) -> None:
    """List the collections: name, title, when each is refreshed, what it follows; or what is wrong with its file."""
    from ingest.collection import load, paths

    broken = False
    for path in paths([own(context.obj)]):
        try:
            typer.echo(_line(load(path)))
        except CurbsideError as error:
            broken = True
            typer.secho(f"{path.stem}: {error}", err=True, fg="red")
    if broken:
        raise typer.Exit(2)


@app.command("check")
def check(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="A collection's name, or the path of its file; without it all are checked.")
    ] = None,
) -> None:
    """Check that a collection's file says what can be followed. Nothing is asked of the network."""
    from ingest.collection import everything, find

    folders = [own(context.obj)]
    sound, wrong = ([find(name, folders)], []) if name else everything(folders)
    for one in sound:
        typer.echo(f"{one.path}: sound")
        typer.echo(_line(one))
        for source, asked in one.follow.items():
            for key, value in asked.model_dump(exclude_defaults=True).items():
                typer.echo(f"  {source}.{key}: {_told(value)}")
    for error in wrong:
        typer.secho(str(error), err=True, fg="red")
    if wrong:
        raise typer.Exit(2)


def own(settings: "Settings") -> "Path":
    """Return the folder of the user's own collections; it need not exist."""
    return settings.collections or settings.home / "collections"


def _line(one: "Collection") -> str:
    when = f"at {one.schedule} UTC" if one.schedule else "at no set time"
    return f"{one.name}  {one.title}; {when}; follows {', '.join(one.follow)}"


def _told(value: object) -> str:
    if not isinstance(value, tuple | list):
        return str(value)
    shown = ", ".join(map(str, value[:3]))
    return shown if len(value) <= 3 else f"{len(value)}, such as {shown}"
