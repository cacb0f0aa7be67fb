"""The command `curbside`: one thin door to the folders behind it."""

import errno
import sys

import typer

from commands import (
    accounts,
    ask,
    chat,
    collection,
    corpus,
    doctor,
    eval,
    index,
    ingest,
    refresh,
    search,
    serve,
    setup,
)
from corpus.errors import CurbsideError

app = typer.Typer(
    name="curbside",
    help="Answers clinical questions from guidelines, FDA drug labels and research, word for word, with citations.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("setup")(setup.setup)
app.command("ask")(ask.ask)
app.command("chat")(chat.chat)
app.command("search")(search.search)
app.command("ingest")(ingest.ingest)
app.command("index")(index.index)
app.command("refresh")(refresh.refresh)
app.command("serve")(serve.serve)
app.command("eval")(eval.evaluate)
app.command("doctor")(doctor.doctor)
app.add_typer(corpus.app, name="corpus")
app.add_typer(accounts.app, name="accounts")
app.add_typer(collection.app, name="collection")


@app.callback()
def settings(context: typer.Context) -> None:
    """Read the settings once, for every command."""
    # Imported here, as the commands import what they need when they run: help is there in half a second.
    from commands.settings import load

    context.obj = load()


def main() -> None:
    """Run the command; a failure that was foreseen is one sentence on standard error, and exit status 2."""
    try:
        app()
    except CurbsideError as error:
        _fail(str(error))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            _fail(f"{error.strerror}: make room and run it again; what was held before is held and served as it was")
        if error.filename is None:
            raise
        _fail(f"{error.filename}: {error.strerror}: check that it exists and may be read and written")


def _fail(sentence: str) -> None:
    typer.secho("curbside: ", err=True, nl=False, fg="red", bold=True)
    typer.echo(sentence, err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
