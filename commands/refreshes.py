"""What the service knows of refreshes: it begins each as a process of its own, and reads the runs in the store."""

import secrets
import threading
from subprocess import Popen

import structlog

from commands.settings import Settings
from corpus import refreshing
from corpus.errors import BadInput
from corpus.refreshing import Run, RunState, begin_run, end_run
from corpus.store import Store


class OwnRefreshes:
    """Refreshes of one data folder, for `qa.serve_refresh`."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store

    def begin(self, collection: str, sources: list[str]) -> str:
        """Return the id of a run that has begun, or waits for the one that runs. Raises NotFound and BadInput."""
        # Imported here: a service that never refreshes need not load what reads the sources.
        from commands.refreshing import begin_refresh, collection_of

        found = collection_of(self._settings, collection)
        unknown = sorted(set(sources) - set(found.follow))
        if unknown:
            follows = ", ".join(found.follow)
            raise BadInput(f"{collection} does not follow {', '.join(unknown)}: expected some of {follows}")
        run_id = secrets.token_hex(8)
        with self._store.writing() as connection:
            begin_run(connection, found.name, "request", run_id)
        process = begin_refresh(str(found.path), sources, "request", run_id)
        threading.Thread(target=self._wait, args=(process, run_id), daemon=True).start()
        return run_id

    def runs(self, limit: int, collection: str | None) -> tuple[Run, ...]:
        """Return the latest runs, the newest first."""
        with self._store.engine.connect() as connection:
            return refreshing.runs(connection, limit, collection)

    def run(self, run_id: str) -> Run:
        """Return one run. Raises NotFound."""
        with self._store.engine.connect() as connection:
            return refreshing.run(connection, run_id)

    def _wait(self, process: "Popen[bytes]", run_id: str) -> None:
        """Hear how a run ended; one whose process ended without a word is told of as failed."""
        _, errors = process.communicate()
        why = errors.decode("utf-8", "replace")[-1000:].strip()
        structlog.get_logger().info("refresh ended", run=run_id, status=process.returncode, why=why)
        if self.run(run_id).state is RunState.RUNNING:
            with self._store.writing() as connection:
                end_run(
                    connection, run_id, RunState.FAILED, {"why": why or f"its process ended ({process.returncode})"}
                )
