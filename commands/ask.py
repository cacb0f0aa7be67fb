"""`curbside ask`: one question, one cited page."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from qa.audience import Audience

if TYPE_CHECKING:
    from commands.settings import Settings


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="The question, in quotes.")],
    after: Annotated[
        list[str] | None, typer.Option(help="A question asked before this one; repeat it for a conversation.")
    ] = None,
    audience: Annotated[
        Audience, typer.Option(help="Who reads it; a patient is shown first what is written for patients.")
    ] = Audience.CLINICIAN,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON (docs/answer-format.md).")] = False,
) -> None:
    """Answer one question, word for word from the sources, with citations."""
    from commands.open import opened

    settings: Settings = context.obj
    with opened(settings) as (answerer, keeper):
        answer = answerer.ask(question, after or (), audience=audience)
        keeper.keep(answer)
    if as_json:
        from qa.answer_json import to_json

        typer.echo(json.dumps(to_json(answer), ensure_ascii=False, indent=1))
    else:
        from rich.console import Console

        from commands.show import show

        show(answer, Console())
