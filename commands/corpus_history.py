"""`curbside corpus history` and `curbside corpus stale`: what changed in a document, and which answers it touches."""

import json
from dataclasses import asdict
from itertools import groupby
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def history(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A document's key, or the id of one of its versions.", metavar="KEY")],
    diff: Annotated[bool, typer.Option("--diff", help="Print the words that changed, old and new.")] = False,
    section: Annotated[str, typer.Option(help="Only this section: its number, LOINC code or title.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show every version of a document, where it came from, and which sections changed and when."""
    from rich.console import Console

    from commands.show_history import history_values, show_history
    from commands.stores import held
    from corpus.history import history_of

    with held(context.obj) as store:
        found = history_of(store, name)
    if as_json:
        typer.echo(json.dumps(history_values(found, section), default=str, ensure_ascii=False, indent=1))
    else:
        show_history(found, Console(), with_diff=diff, section=section)


def stale(context: typer.Context, as_json: AsJson = False) -> None:
    """List the kept answers that no longer stand on what they cite, with both wordings."""
    from commands.stores import held
    from corpus.flags import standing_flags

    with held(context.obj) as store:
        flags = standing_flags(store)
        by_answer = groupby(sorted(flags, key=lambda flag: (flag.answer_id, flag.n)), key=lambda flag: flag.answer_id)
        answers = [(store.answer(answer_id), list(found)) for answer_id, found in by_answer]
    if as_json:
        for answer, found in answers:
            values = {"answer": answer.id, "question": answer.question, "flags": [asdict(flag) for flag in found]}
            typer.echo(json.dumps(values, default=str, ensure_ascii=False))
        return
    for answer, found in answers:
        typer.echo(f"{answer.id}  {answer.question}")
        for flag in found:
            typer.echo(f"  [{flag.n}] {flag.reason}: {flag.why}")
            if flag.was != flag.now:
                typer.echo(f"      was: {flag.was}\n      now: {flag.now or '(no longer there)'}")
    if not answers:
        typer.echo("Every kept answer stands on what it cites.")
