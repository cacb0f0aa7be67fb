"""`curbside serve`: the HTTP service."""

from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from commands.settings import Settings

# How long requests that have begun may go on after the service was told to stop.
GRACE_S = 10


def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on, instead of the setting.")] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port to listen on, instead of the setting.")
    ] = None,
) -> None:
    """Serve the pages and the API over HTTP: open the address in a browser; /docs describes the API.

    A newly published snapshot is moved to without a restart. Where none is published yet, /readyz says so.
    At the first start one admin's account is made, and its one-time password printed.
    """
    import structlog
    import uvicorn

    from commands.accounts import tell_first
    from commands.logs import log_for_service
    from commands.open import answerer_of
    from commands.refreshes import OwnRefreshes
    from commands.stores import store_of
    from corpus.errors import CurbsideError
    from qa.accounts.doors import Doors
    from qa.keep import AnswerKeeper
    from qa.review.reads import ReadCounter
    from qa.serve import create_app

    settings: Settings = context.obj
    answerer = answerer_of(settings)
    log_for_service()
    log = structlog.get_logger()
    try:
        log.info("ready", snapshot=answerer.library().snapshot.manifest.id)
    except CurbsideError as error:
        log.warning("not ready yet", why=str(error))
    with store_of(settings) as store, ExitStack() as stack:
        if settings.schedule:
            from commands.refreshing import all_collections
            from commands.scheduling import scheduled

            for line in stack.enter_context(scheduled(settings, all_collections(settings, log.warning))):
                log.info("scheduled", what=line)
        doors, reads = Doors.of(store), ReadCounter(store)
        stack.callback(reads.flush)
        address, at = host or settings.host, port or settings.port
        tell_first(doors.accounts.first(), f"http://{address}:{at}/login")
        uvicorn.run(
            create_app(
                answerer,
                AnswerKeeper(store),
                store,
                OwnRefreshes(settings, store),
                doors=doors,
                read=reads.note,
                require_login=settings.require_login,
                show_recent=settings.show_recent,
            ),
            host=address,
            port=at,
            log_config=None,
            access_log=False,  # it would print the questions of /api/search; RequestLog says what may be said
            server_header=False,
            timeout_graceful_shutdown=GRACE_S,
        )
