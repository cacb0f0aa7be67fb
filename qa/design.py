"""How much a study design can carry: the order in which research is shown."""

import re
from functools import lru_cache

# What a design can carry, 1 to 0; the first that matches counts. Terms as journals and MEDLINE print them.
_DESIGNS = (
    (1.0, r"meta-?analys|systematic review|network meta|cochrane"),
    # Before the trials: "post hoc analysis of a randomized trial" is not the trial.
    (
        0.7,
        r"post hoc|subgroup|sub-?study|extension|(?:secondary|exploratory|baseline) analysis|\banalysis of (?:a|the) ",
    ),
    (0.5, r"\bpilot\b|feasibility"),
    (1.0, r"(?<!non)(?<!non-)randomi[sz]ed|phase (?:3|iii)|(?<!un)controlled trial"),
    (0.7, r"pooled|open-label|phase (?:2|ii)|clinical trial"),
    (
        0.55,
        r"cohort|case-control|observational|registry|pharmacovigilance|propensity|retrospective|prospective|real-world",
    ),
    (0.45, r"mendelian|genetic|gwas|pharmacokinetic|phase (?:1|i)\b|cost-effectiveness|cross-sectional"),
    (0.35, r"review|consensus|guideline"),
    (0.1, r"case report|case series|letter|comment|editorial|in vitro|animal"),
)
_COMPILED = tuple((share, re.compile(pattern, re.IGNORECASE)) for share, pattern in _DESIGNS)
# Where the source states no design.
UNKNOWN = 0.4


@lru_cache(maxsize=4096)
def strength(design: str, publication_types: tuple[str, ...] = ()) -> float:
    """Return 1 for trials and reviews of trials down to 0.1 for single cases, from what the source states."""
    stated = " ; ".join((design, *publication_types))
    weak = _COMPILED[-1]
    if weak[1].search(stated):
        return weak[0]
    return next((share for share, pattern in _COMPILED if pattern.search(stated)), UNKNOWN)
