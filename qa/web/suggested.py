"""Suggested follow-ups, remembered while the same snapshot is served: finding them asks several questions."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

from qa.answer import Answer
from qa.answerer import Answerer
from qa.suggest import suggestions

KEPT = 500


class Suggested:
    """Gives suggestions. Threads may share it; one answer's are not worked out twice at once."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._lock = threading.Lock()
        self._found: OrderedDict[tuple[str, str], tuple[str, ...]] = OrderedDict()

    def of(self, answer: Answer, earlier: Sequence[str]) -> tuple[str, ...]:
        """Return the questions to suggest after an answer. Raises NotReady where nothing is published."""
        key = (answer.id, self._answerer.library().snapshot.manifest.id)
        with self._lock:
            if key not in self._found:
                self._found[key] = suggestions(answer, self._answerer, earlier)
                if len(self._found) > KEPT:
                    self._found.popitem(last=False)
            return self._found[key]
