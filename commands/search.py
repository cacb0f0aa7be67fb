"""`curbside search`: the passages nearest to a question, and why."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.document import SourceKind

if TYPE_CHECKING:
    from rich.text import Text

    from commands.settings import Settings
    from qa.wire import WireHit

SHOWN_CHARS = 300


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="What to look for, in quotes.")],
    kind: Annotated[SourceKind | None, typer.Option(help="Search only this kind of source.")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")] = 10,
    drug: Annotated[list[str] | None, typer.Option(help="Only documents about this drug; may be repeated.")] = None,
    year_from: Annotated[
        int | None, typer.Option(min=0, max=9999, help="Only documents of this year or later.")
    ] = None,
    year_to: Annotated[
        int | None, typer.Option(min=0, max=9999, help="Only documents of this year or earlier.")
    ] = None,
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
    from rich.console import Console
    from rich.text import Text

    from commands.lines import print_folded

    console = Console()
    for hit in hits:
        print_folded(console, _head(hit), hang=4)
        text = hit.text if len(hit.text) <= SHOWN_CHARS else hit.text[:SHOWN_CHARS].rsplit(None, 1)[0] + " …"
        print_folded(console, Text(text.replace("\n", " / ")), 4)
    if not hits:
        console.print("No passage was found: the filters leave none.")


def _head(hit: "WireHit") -> "Text":
    """Return where a hit stands, and each searcher's share of its score."""
    from rich.text import Text

    where = " ".join(filter(None, (hit.section.number, hit.section.title)))
    text = Text(f"{hit.rank:>2}. ", style="green")
    text.append(" · ".join(filter(None, (hit.title, where))), style="bold")
    shares = ", ".join(f"{name} {share:.3f}" for name, share in hit.parts.items())
    state = "" if hit.integrity == "current" else f"{hit.integrity}, "
    text.append(f"  {state}{hit.kind}, score {hit.score:.3f} ({shares}), {hit.passage}", style="dim")
    return text
