"""From the Research: points under topical headings, conclusions and trials first."""

from corpus.document import SourceKind
from index.search import Searcher
from qa.asked import PASSAGES, Asked
from qa.evidence import sentences_of_hits
from qa.grouping import Chosen, Limits, as_point, choose
from qa.points import Point
from qa.ranking import rank
from qa.terms import normalised
from qa.themes import THEMES, heading_of, themes_of

LIMITS = Limits(most=8, per_document=3, floor=0.42)
# Where a trial is named, what that trial found may come from one publication alone.
WIDE = Limits(most=8, per_document=8, floor=0.42)


def research_points(asked: Asked, searcher: Searcher) -> list[tuple[str, list[Point]]]:
    """Return (heading, points), the heading with the best point first; nothing where no sentence answers."""
    hits = asked.hits(searcher, SourceKind.RESEARCH, PASSAGES)
    evidence = sentences_of_hits(searcher.snapshot, hits, asked.vectors)
    chosen = choose(rank(evidence, asked), WIDE if asked.studies else LIMITS)
    grouped: dict[str, list[Chosen]] = {}
    for one in chosen:
        grouped.setdefault(_theme(one, asked), []).append(one)
    return [
        (heading_of(theme), [as_point(searcher.snapshot, one, _context(one, asked)) for one in members])
        for theme, members in grouped.items()
    ]


def _theme(one: Chosen, asked: Asked) -> str:
    """Return the topic a point is filed under: one that was asked for, else its own first."""
    own = themes_of(one.evidence.spoken)
    for theme in own:
        if theme in asked.themes:
            return theme
    return own[0] if own else THEMES[-1].name


def _context(one: Chosen, asked: Asked) -> str:
    """Return the title of the publication where the sentence does not name the drug it speaks of."""
    if asked.drugs and not asked.names_drug(normalised(one.evidence.text)):
        return one.evidence.document.title
    return ""
