"""`curbside serve`: the HTTP service."""

from typing import Annotated

import typer

from commands.settings import Settings


def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on, instead of the setting.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on, instead of the setting.")] = None,
) -> None:
    """Serve questions, search, kept answers and passages over HTTP; /docs describes the API."""
    import uvicorn

    from commands.open import opened
    from qa.serve import create_app

    settings: Settings = context.obj
    with opened(settings) as (answerer, keeper):
        app = create_app(answerer, keeper)
        uvicorn.run(app, host=host or settings.host, port=port or settings.port, log_level="info")
