"""Logging, always on standard error: plain warnings for a command at a terminal, JSON lines for the service."""

import logging
import sys
from typing import TextIO

import structlog


def log_for_terminal() -> None:
    """Send what is logged at warning and above to standard error: standard output is for answers alone."""
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.dev.ConsoleRenderer(colors=False)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        # Looked up at each line: the stream that stood there first may have been closed since.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def log_for_service(stream: TextIO | None = None) -> None:
    """Send one JSON object a line, ours and uvicorn's alike, to standard error or to `stream`, at info and above.

    Each line carries the id of the request that it belongs to.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        # The plain traceback: the renderer with local variables would print the question.
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    last = structlog.processors.JSONRenderer(ensure_ascii=False)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last]
        )
    )
    logging.getLogger("faiss.loader").setLevel(logging.WARNING)  # which instructions its build uses
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
