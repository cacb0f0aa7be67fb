"""Questions that are offered, remembered while the same snapshot is served: finding them asks several questions."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

from qa.answer import Answer
from qa.answerer import Answerer
from qa.audience import Audience
from qa.examples import examples
from qa.suggest import suggestions

KEPT = 500


class Suggested:
    """Gives questions to ask. Threads may share it; nothing is worked out twice at once."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._lock = threading.Lock()
        self._found: OrderedDict[tuple[str, str], tuple[str, ...]] = OrderedDict()

    def after(self, answer: Answer, earlier: Sequence[str]) -> tuple[str, ...]:
        """Return the questions to ask after an answer. Raises NotReady where nothing is published."""
        return self._once(answer.id, lambda: suggestions(answer, self._answerer, earlier))

    def first(self, reader: Audience | None) -> tuple[str, ...]:
        """Return the questions to begin with. Raises NotReady where nothing is published."""
        audience = reader or Audience.CLINICIAN
        return self._once(f"first for {audience}", lambda: examples(self._answerer, audience))

    def _once(self, name: str, find: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
        key = (name, self._answerer.library().snapshot.manifest.id)
        with self._lock:
            if key not in self._found:
                self._found[key] = find()
                if len(self._found) > KEPT:
                    self._found.popitem(last=False)
            return self._found[key]
