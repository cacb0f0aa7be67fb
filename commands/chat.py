"""`curbside chat`: questions that follow from one another, on a terminal."""

from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import BadQuestion
from qa.audience import Audience

if TYPE_CHECKING:
    from rich.console import Console

    from commands.settings import Settings


def chat(
    context: typer.Context,
    audience: Annotated[
        Audience, typer.Option(help="Who reads it; a patient is shown first what is written for patients.")
    ] = Audience.CLINICIAN,
) -> None:
    """Hold a conversation: each question is understood from those before it. An empty line ends it."""
    from rich.console import Console
    from rich.text import Text

    from commands.open import opened
    from commands.show import show

    settings: Settings = context.obj
    console = Console()
    history: list[str] = []
    with opened(settings) as (answerer, keeper):
        console.print("Ask a question; an empty line ends the conversation, /new begins another.", style="dim")
        while question := _next(console):
            if question == "/new":
                history.clear()
                console.print("A new conversation.", style="dim")
                continue
            try:
                answer = answerer.ask(question, history, audience=audience)
            except BadQuestion as error:
                console.print(Text(str(error), style="yellow"))
                continue
            keeper.keep(answer)
            history.append(question)
            show(answer, console)


def _next(console: "Console") -> str:
    """Return the next line, "" at the end of input and where the reader breaks off."""
    try:
        return console.input("\n[bold]> [/bold]").strip()
    except (EOFError, KeyboardInterrupt):
        console.print()
        return ""
