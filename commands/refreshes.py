"""What the service knows of refreshes: it begins each as a process of its own, and reads the runs in the store."""

import secrets
import threading
from collections.abc import Sequence

import structlog

from commands.begun import Begun, begin_refresh
from commands.settings import Settings
from corpus import refreshing
from corpus.errors import BadInput
from corpus.refreshing import Run, RunState, begin_run, end_run, note_why
from corpus.store import Store


class OwnRefreshes:
    """Refreshes of one data folder, for `qa.serve_refresh`."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._waiting: set[str] = set()

    def begin(self, collection: str, sources: list[str]) -> str:
        """Return the id of a run that has begun, or waits for the one that runs. Raises NotFound and BadInput."""
        # Imported here: a service that never refreshes need not load what reads the sources.
        from commands.refreshing import collection_of

        found = collection_of(self._settings, collection)
        unknown = sorted(set(sources) - set(found.follow))
        if unknown:
            follows = ", ".join(found.follow)
            raise BadInput(f"{collection} does not follow {', '.join(unknown)}: expected some of {follows}")
        run_id = secrets.token_hex(8)
        with self._store.writing() as connection:
            begin_run(connection, found.name, "request", run_id)
        self._waiting.add(run_id)
        begun = begin_refresh(str(found.path), sources, "request", run_id)
        threading.Thread(target=self._wait, args=(begun, run_id), daemon=True).start()
        return run_id

    def runs(self, limit: int, collection: str | None) -> tuple[Run, ...]:
        """Return the latest runs, the newest first."""
        with self._store.engine.connect() as connection:
            found = refreshing.runs(connection, limit, collection)
        return self._as_they_stand(found)

    def run(self, run_id: str) -> Run:
        """Return one run. Raises NotFound."""
        with self._store.engine.connect() as connection:
            found = refreshing.run(connection, run_id)
        return self._as_they_stand([found])[0]

    def _as_they_stand(self, runs: Sequence[Run]) -> tuple[Run, ...]:
        from commands.refreshing import as_they_stand

        return as_they_stand(self._settings, runs, frozenset(self._waiting))

    def _wait(self, begun: Begun, run_id: str) -> None:
        """Hear how a run ended; why its process ended is noted where it did not come to an end.

        One that had not had its turn has failed; the next run goes on with one that was interrupted.
        """
        status, why = begun.wait()
        structlog.get_logger().info("refresh ended", run=run_id, status=status, why=why)
        with self._store.writing() as connection:
            noted = refreshing.run(connection, run_id)
            reason = why or f"its process ended ({status})"
            if not noted.has_begun:
                end_run(connection, run_id, RunState.FAILED, {"why": reason})
            elif noted.state is RunState.RUNNING:
                note_why(connection, noted, reason)
        self._waiting.discard(run_id)
