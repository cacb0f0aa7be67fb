"""How often answers are read: counted in memory, and written now and then, so that no reader waits for a writer."""

import threading
from collections import Counter

import structlog

from corpus import reads
from corpus.errors import Busy
from corpus.store import Store
from corpus.transactions import writing

EVERY_S = 10.0
_log = structlog.get_logger()


class ReadCounter:
    """Counts the reads of kept answers. Threads may share it; what was not written when it is killed is lost."""

    def __init__(self, store: Store, every_s: float = EVERY_S) -> None:
        self._store = store
        self._every_s = every_s
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._timer: threading.Timer | None = None

    def note(self, answer_id: str) -> None:
        """Count one read of an answer that is kept; it is written within EVERY_S."""
        with self._lock:
            self._counts[answer_id] += 1
            if self._timer is None:
                self._timer = threading.Timer(self._every_s, self.flush)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        """Write what was counted; where the store takes nothing now it is kept for the next time."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        if not counts:
            return
        try:
            with writing(self._store.engine) as connection:
                reads.add(connection, counts)
        except Busy as error:
            _log.warning("reads are not counted yet", why=str(error))
            with self._lock:
                self._counts += counts
