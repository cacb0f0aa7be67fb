"""The embedded composer: the three parts of an answer, word for word from the sources, and numbered citations."""

from collections.abc import Iterator

from corpus.document import SourceKind
from index.search import Searcher
from qa.answer import Block, Part
from qa.asked import Asked
from qa.cite import Citations
from qa.guideline_part import guideline_points, heard
from qa.label_part import label_points
from qa.on_aspect import on_aspect
from qa.points import Point, Span
from qa.research_part import research_points
from qa.trial_part import trial_points

Blocks = list[tuple[str, list[Point]]]
# From so many passages on, the kinds of source are searched beside one another.
MANY = 20_000
_WHAT = {
    SourceKind.GUIDELINE: "guidelines",
    SourceKind.LABEL: "FDA drug labels",
    SourceKind.RESEARCH: "research publications",
}


def compose(asked: Asked, searcher: Searcher) -> dict[SourceKind, Blocks]:
    """Return what each kind of source says to the question, in the page's order; empty where it says nothing."""
    _begin(asked, searcher)
    guidelines = guideline_points(asked, searcher)
    if heard(asked, guidelines):
        # One body's word was asked for, and it has spoken: no more than the label's own warning goes with it.
        label = label_points(asked, searcher) if asked.is_safety else []
        return {SourceKind.GUIDELINE: guidelines, SourceKind.LABEL: label, SourceKind.RESEARCH: []}
    found = {
        SourceKind.GUIDELINE: guidelines,
        SourceKind.LABEL: label_points(asked, searcher) or trial_points(asked, searcher),
        SourceKind.RESEARCH: research_points(asked, searcher),
    }
    return on_aspect(asked, found)


def _begin(asked: Asked, searcher: Searcher) -> None:
    """Begin the passes over labels and research beside that over guidelines, where there is much to pass over.

    Most of a search over many passages is spent outside the interpreter; over few a thread costs more than it brings.
    """
    if len(searcher.snapshot) >= MANY and not asked.bodies:
        for query in asked.queries:
            searcher.begin(query, SourceKind.RESEARCH)
            searcher.begin(query, SourceKind.LABEL)


def parts_of(
    blocks: dict[SourceKind, Blocks], asked: Asked, searcher: Searcher, citations: Citations
) -> tuple[Part, ...]:
    """Return the parts with their claims cited; a part that has nothing says what was searched."""
    parts = []
    bodies = heard(asked, blocks.get(SourceKind.GUIDELINE, []))
    for kind in SourceKind:
        own = blocks.get(kind, [])
        cited = tuple(Block(heading, citations.claims(points)) for heading, points in own if points)
        documents = {
            span.document.key for _, points in own for point in points for span in (*point.quoted, *point.also)
        }
        said = searched(kind, asked, searcher, bool(cited))
        if kind is not SourceKind.GUIDELINE and not cited and bodies:
            said = f"Left out: the question is asked of {', '.join(sorted(bodies))}."
        parts.append(Part(kind, said, len(documents), cited))
    return tuple(parts)


def spans_of(blocks: dict[SourceKind, Blocks]) -> Iterator[Span]:
    """Yield every span that the points rest on."""
    for own in blocks.values():
        for _, points in own:
            for point in points:
                yield from (*point.quoted, *point.also)


def searched(kind: SourceKind, asked: Asked, searcher: Searcher, found: bool) -> str:
    """Return in words what was searched, and that it held no answer where it did not."""
    manifest = searcher.snapshot.manifest
    passages, documents = manifest.passages.get(kind, 0), manifest.documents.get(kind, 0)
    text = f"Searched {passages:,} passages of {documents:,} {_WHAT[kind]}"
    about = ", ".join(drug.shown for drug in asked.drugs)
    if about:
        text += f" for {about}"
    return text + "." if found else text + "; none of them answers the question."
