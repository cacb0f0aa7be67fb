"""From the Guidelines: the lead, Key Points, and Considerations."""

import re

from corpus.document import SourceKind
from index.search import Searcher
from qa.asked import Asked
from qa.evidence import sentences_of_hits
from qa.grouping import Chosen, Limits, as_point, choose
from qa.points import Point
from qa.ranking import rank

LIMITS = Limits(most=8, per_document=4, floor=0.42)
PASSAGES = 40
KEY_POINTS = "Key Points"
CONSIDERATIONS = "Considerations"
_CAUTIONS = re.compile(
    r"\b(?:not|avoid\w*|against|caution\w*|except|unless|only (?:in|if|when|for)|limit\w*|risk of|adverse|monitor\w*|"
    r"contraindicat\w*|insufficient|uncertain\w*|conditional\w*|low[- ](?:quality|certainty)|consider\w*|weigh\w*|"
    r"however|intoleran\w*|harm\w*|reassess\w*|stop\w*|discontinu\w*)\b",
    re.IGNORECASE,
)


def guideline_points(asked: Asked, searcher: Searcher) -> list[tuple[str, list[Point]]]:
    """Return (heading, points): the lead under "", then Key Points and Considerations; nothing where none answers.

    The lead is the best point that recommends; what limits or cautions goes to Considerations.
    """
    hits = asked.hits(searcher, SourceKind.GUIDELINE, PASSAGES)
    evidence = sentences_of_hits(searcher.snapshot, hits, asked.vectors)
    chosen = choose(rank(evidence, asked), LIMITS)
    if not chosen:
        return []
    lead = next((one for one in chosen if not _cautions(one)), chosen[0])
    rest = [one for one in chosen if one is not lead]
    blocks = [
        ("", [lead]),
        (KEY_POINTS, [one for one in rest if not _cautions(one)]),
        (CONSIDERATIONS, [one for one in rest if _cautions(one)]),
    ]
    return [
        (heading, [as_point(searcher.snapshot, one, _context(one)) for one in members])
        for heading, members in blocks
        if members
    ]


def _cautions(one: Chosen) -> bool:
    return _CAUTIONS.search(one.evidence.text) is not None


def _context(one: Chosen) -> str:
    """Return whose recommendation it is: the body and the year, as the source states them."""
    document = one.evidence.document
    body = document.body or document.title
    return body if document.year is None or str(document.year) in body else f"{body} {document.year}"
