"""`curbside chat`: questions that follow from one another, on a terminal."""

import typer
from rich.console import Console

from commands.settings import Settings
from corpus.errors import BadQuestion


def chat(context: typer.Context) -> None:
    """Hold a conversation: each question is understood from those before it. An empty line ends it."""
    from commands.open import opened
    from commands.show import show

    settings: Settings = context.obj
    console = Console()
    history: list[str] = []
    with opened(settings) as (answerer, keeper):
        console.print("[dim]Ask a question; an empty line ends the conversation, /new begins another.[/dim]")
        while question := _next(console):
            if question == "/new":
                history.clear()
                continue
            try:
                answer = answerer.ask(question, history)
            except BadQuestion as error:
                console.print(f"[yellow]{error}[/yellow]")
                continue
            keeper.keep(answer)
            history.append(question)
            show(answer, console)


def _next(console: Console) -> str:
    """Return the next line, "" at the end of input."""
    try:
        return console.input("\n[bold]> [/bold]").strip()
    except (EOFError, KeyboardInterrupt):
        return ""
