"""`curbside corpus`: what is held, one document of it, its counts, and the check of all of it."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from commands.corpus_copy import copy_to
from commands.corpus_history import history, stale
from commands.corpus_standing import standing
from commands.stores import held
from corpus.document import SourceKind

if TYPE_CHECKING:
    from corpus.records import Version

app = typer.Typer(help="Look at what is held, and check that it is as it was stored.", no_args_is_help=True)
app.command("copy-to")(copy_to)
app.command("history")(history)
app.command("stale")(stale)
app.command("standing")(standing)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list")
def list_documents(
    context: typer.Context,
    kind: Annotated[SourceKind | None, typer.Option(help="Only this kind of source.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the current version of every document, a line each; with --json a JSON object each."""
    with held(context.obj) as store:
        for version in store.versions(kind=kind):
            typer.echo(json.dumps(asdict(version), default=str, ensure_ascii=False) if as_json else _line(version))


@app.command("show")
def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A document's key or version id, or a passage's id.", metavar="ID")],
    text: Annotated[bool, typer.Option("--text", help="Print the text of every section.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show a document: where it came from, where it stands, its versions and its sections."""
    from rich.console import Console

    from commands.show_document import as_values, show_document

    with held(context.obj) as store:
        if as_json:
            typer.echo(json.dumps(as_values(store, name), default=str, ensure_ascii=False, indent=1))
        else:
            show_document(store, name, Console(), with_text=text)


@app.command("stats")
def stats(context: typer.Context, as_json: AsJson = False) -> None:
    """Count what is held."""
    with held(context.obj) as store:
        counts = asdict(store.stats()) | {"fingerprint": store.fingerprint()}
    if as_json:
        typer.echo(json.dumps(counts, indent=1))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, count in counts.items():
        words = ", ".join(f"{n:,} {what}" for what, n in count.items()) if isinstance(count, dict) else count
        table.add_row(name.replace("_", " "), f"{words:,}" if isinstance(words, int) else words or "none")
    Console().print(table)


@app.command("verify")
def verify(context: typer.Context, as_json: AsJson = False) -> None:
    """Hash and slice again all that is held: raw files, sections, passages, answers. Exits 1 on a problem."""
    from commands.progress import progress_bar
    from corpus.verify import verify as verify_store

    found = []
    with held(context.obj) as store, progress_bar("checking", quiet=as_json) as progress:
        for problem in verify_store(store, progress):
            found.append(asdict(problem))
            if not as_json:
                typer.echo(f"{problem.where}: {problem.what}")
        counts = store.stats()
    if as_json:
        typer.echo(json.dumps({"problems": found}, ensure_ascii=False, indent=1))
    elif not found:
        typer.echo(
            f"No problem in {counts.raw_files:,} raw files, {counts.versions:,} versions, "
            f"{counts.sections:,} sections, {counts.passages:,} passages and {counts.answers:,} kept answers."
        )
    if found:
        raise typer.Exit(1)


def _line(version: "Version") -> str:
    date = version.effective or str(version.year or "")
    state = "" if version.integrity == "current" else f"[{version.integrity}] "
    return f"{version.kind:<9}  {date:<10}  {version.key:<44}  {state}{version.title}"
