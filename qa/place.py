"""Where in its report a sentence stands, by the heading that it stands under."""

import re
from functools import lru_cache

_CONCLUDES = re.compile(
    r"conclu|interpretation|implication|summary|recommend|key (?:point|message)|limits", re.IGNORECASE
)
_FINDS = re.compile(r"result|finding|outcome|efficacy|safety|fracture|adverse|density|cardiovascular", re.IGNORECASE)
_METHODS = re.compile(
    r"objective|aim|purpose|method|design|setting|participants|subjects|^patients|population|materials|funding|"
    r"registration|hypothes|intervention|measure|procedure",
    re.IGNORECASE,
)
_SETS_UP = re.compile(r"background|introduction|context|rationale", re.IGNORECASE)


@lru_cache(maxsize=10_000)
def place_share(heading: str) -> float:
    """Return 1 where a heading stands over conclusions, 0.7 over results, 0 for background, below 0 for methods."""
    if _CONCLUDES.search(heading):
        return 1.0
    if _FINDS.search(heading):
        return 0.7
    if _METHODS.search(heading):
        return -1.0
    return 0.0 if _SETS_UP.search(heading) else 0.3
