"""`curbside search`: the passages nearest to a question, and why."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from commands.settings import Settings
from corpus.document import SourceKind


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="What to look for, in quotes.")],
    kind: Annotated[SourceKind | None, typer.Option(help="Search only this kind of source.")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")] = 10,
    drug: Annotated[list[str] | None, typer.Option(help="Only documents about this drug; may be repeated.")] = None,
    year_from: Annotated[int | None, typer.Option(help="Only documents of this year or later.")] = None,
    year_to: Annotated[int | None, typer.Option(help="Only documents of this year or earlier.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the hits as JSON.")] = False,
) -> None:
    """Show the passages found for a question, best first, with each searcher's share of the score."""
    from commands.open import opened
    from index.hit import Filters
    from qa.wire import WireHit

    settings: Settings = context.obj
    filters = Filters(drugs=frozenset(drug or ()), year_from=year_from, year_to=year_to)
    with opened(settings) as (answerer, _):
        hits = [WireHit.of(hit) for hit in answerer.search(query, kind=kind, k=k, filters=filters)]
    if as_json:
        typer.echo(json.dumps([hit.model_dump() for hit in hits], ensure_ascii=False, indent=1))
        return
    table = Table("#", "score", "kind", "source", "text", box=None, padding=(0, 1))
    for hit in hits:
        where = f"{hit.title} · {hit.section.number} {hit.section.title}".strip()
        text = hit.text if len(hit.text) < 240 else hit.text[:237] + "…"
        table.add_row(str(hit.rank), f"{hit.score:.3f}", hit.kind, where, text)
    Console().print(table)
