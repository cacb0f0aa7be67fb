"""Publications that speak of the question and are not used: retracted or withdrawn, named as that and never quoted."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Document, Integrity, Section, SourceKind
from corpus.passage import Passage
from index.hit import Filters
from index.search import Searcher
from qa.asked import Asked
from qa.synonyms import broader
from qa.terms import Term, beginning, coverage, normalised

MOST = 3
# Up to so many passages are looked at before they are searched.
FEW = 50
_WITHHELD = Filters(integrity=frozenset(state for state in Integrity if not state.is_evidence))


def withheld(asked: Asked, searcher: Searcher) -> list[Document]:
    """Return at most MOST retracted or withdrawn publications about the drug and the terms asked about."""
    found: dict[str, Document] = {}
    held = searcher.withheld(SourceKind.RESEARCH)
    terms = _widened(asked) if held else []
    # Mostly there are few, and none speaks of the question: a search of them would only put them in order.
    looked_at = map(searcher.snapshot.place, held if len(held) <= FEW else ())
    if not held or (len(held) <= FEW and not any(_is_about(asked, terms, *place) for place in looked_at)):
        return []
    for hit in searcher.search(asked.queries[0], kind=SourceKind.RESEARCH, k=10, filters=_WITHHELD):
        if _is_about(asked, terms, hit.passage, hit.section, hit.document):
            found.setdefault(hit.document.key, hit.document)
    return list(found.values())[:MOST]


def _is_about(asked: Asked, terms: Sequence[Term], passage: Passage, section: Section, document: Document) -> bool:
    """Return whether a passage, under its title, is about the drug, the trial and the terms asked about."""
    if coverage(terms, normalised(f"{document.title} {passage.text}")) < (0.5 if asked.drugs else 0.75):
        return False
    if asked.drugs and not asked.concerns(document, section):
        return False
    return not asked.studies or asked.names_study(passage.text, document)


def _widened(asked: Asked) -> list[Term]:
    """Return the terms, a condition met by what it is one of as well: a retracted trial in neurological diseases is
    to be named to whoever asks about one of them."""
    wider = {one.surface: broader(one.id) for one in asked.understanding.concepts}
    return [replace(term, variants=(*term.variants, *map(beginning, wider.get(term.name, ())))) for term in asked.terms]


def named(documents: list[Document]) -> str:
    """Return sentences that name them as what they are, each with what its source says of that, "" for none."""
    return " ".join(f"Not used, because {one.integrity}: {_reference(one)}. {one.notice}".strip() for one in documents)


def _reference(document: Document) -> str:
    numbers = ", ".join(f"{scheme.upper()} {value}" for scheme, value in document.identifiers[:2])
    return f"“{document.title.rstrip('.')}” ({numbers})" if numbers else f"“{document.title.rstrip('.')}”"
