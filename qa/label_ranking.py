"""Label passages ranked by what is asked: the drug, the section that the aspect leads to, and likeness together.

Sections of labels are so alike that similarity alone confuses drugs, and the sections of one drug. What is known of
the question tells both apart. The weights were chosen on MedicationQA and FDARx together.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from corpus.document import SourceKind
from index.candidates import EVERYTHING
from index.fusion import WEIGHTS, fuse, min_max
from index.hit import Filters, Hit
from index.query import Query
from index.search import Searcher
from index.snapshot import Snapshot
from qa.aspect import Scored
from qa.document_drugs import asked_names, document_match
from qa.label_sections import weight
from qa.label_titles import titles_of
from qa.label_words import label_terms
from qa.understand import Understanding

# What is added to the fused score, which is in 0..1: the drug's match, the section's, that of the aspect's own words.
DRUG_WEIGHT = 0.75
SECTION_WEIGHT = 0.3
WORDS_WEIGHT = 0.15
# So many of the best by drug and words have their section looked at: reading more costs more than it brings.
FINALISTS = 60
# What aspects behind the first count.
SECOND = 0.85
Scores = NDArray[np.float32]


def ranked_label_hits(
    understanding: Understanding,
    searcher: Searcher,
    query: Query,
    k: int,
    filters: Filters = EVERYTHING,
    *,
    all_shares: bool = True,
) -> list[Hit]:
    """Return at most k label passages, best first, ties by row.

    Candidates are those of the search over all labels and of one over those of the drugs asked about. `parts` holds
    beside the searchers' shares how well drug, section and the aspect's words match, each 0 to 1; `score`
    is in 0..1 and compares the hits of one search only. The likeness of sentences counts for nothing in labels:
    without `all_shares` it is left out, and nothing is read for it.
    """
    rows, parts = _candidates(understanding, searcher, query, filters)
    snapshot = searcher.snapshot
    if not len(rows):
        return []
    parts["drug"] = _drug_matches(understanding, snapshot, rows)
    parts["words"] = _words_of_aspect(understanding, snapshot, rows)
    first = fuse(parts, {**WEIGHTS[SourceKind.LABEL], "drug": 0.0, "words": 0.0})
    first += DRUG_WEIGHT * parts["drug"] + WORDS_WEIGHT * parts["words"]
    finalists = np.lexsort((rows, -first))[:FINALISTS]
    parts["section"] = np.zeros(len(rows), np.float32)
    if understanding.aspects:
        shares = [_section_match(understanding.aspects, snapshot, row) for row in rows[finalists].tolist()]
        parts["section"][finalists] = shares
    whole = 1 + DRUG_WEIGHT + WORDS_WEIGHT + SECTION_WEIGHT
    scores = ((first + SECTION_WEIGHT * parts["section"]) / whole).round(6).astype(np.float32)
    best = np.lexsort((rows, -scores))[: max(k, 0)]
    shown = {name: part[best] for name, part in parts.items()}
    if all_shares:
        shown = searcher.with_sentences(query, rows[best], shown)
    return searcher.hits(rows[best], scores[best], shown)


def labels_reranked(
    hits: Sequence[Hit], understanding: Understanding, searcher: Searcher, query: Query, filters: Filters = EVERYTHING
) -> list[Hit]:
    """Return the hits of a search with the places of its labels taken by the best ranked ones, in their order.

    Where a label stands among other sources, and its score there, stay as the search had them.
    """
    places = [hit for hit in hits if hit.document.kind is SourceKind.LABEL]
    best = ranked_label_hits(understanding, searcher, query, len(places), filters) if places else []
    ranked = iter([replace(hit, rank=place.rank, score=place.score) for hit, place in zip(best, places, strict=True)])
    return [next(ranked) if hit.document.kind is SourceKind.LABEL else hit for hit in hits]


def _candidates(
    understanding: Understanding, searcher: Searcher, query: Query, filters: Filters
) -> tuple[NDArray[np.int64], dict[str, Scores]]:
    """Return the rows to look at, each once, and what each searcher gives them."""
    found = [searcher.rank(query, kind=SourceKind.LABEL, filters=filters)]
    held = frozenset(name for mention in understanding.drugs for name in mention.held)
    if held and not filters.drugs:
        found.append(searcher.rank(query, kind=SourceKind.LABEL, filters=replace(filters, drugs=held)))
    if len(found) == 1:
        return found[0].rows, dict(found[0].parts)
    rows, first = np.unique(np.concatenate([one.rows for one in found]), return_index=True)
    return rows, {name: np.concatenate([one.parts[name] for one in found])[first] for name in found[0].parts}


def _drug_matches(understanding: Understanding, snapshot: Snapshot, rows: NDArray[np.int64]) -> Scores:
    asked = asked_names(understanding)
    if not asked:
        return np.zeros(len(rows), np.float32)
    documents, at = np.unique(snapshot.document_numbers[rows], return_inverse=True)
    matches = [document_match(asked, snapshot.document_at(int(number))) for number in documents]
    return np.array(matches, np.float32)[at]


def _words_of_aspect(understanding: Understanding, snapshot: Snapshot, rows: NDArray[np.int64]) -> Scores:
    """Return BM25 of the words that labels answer the first aspect with, moved to 0..1 over the candidates."""
    lexical = snapshot.lexical(SourceKind.LABEL)
    terms = label_terms(understanding.aspects[0].aspect) if understanding.aspects else ()
    if lexical is None or not terms:
        return np.zeros(len(rows), np.float32)
    return min_max(lexical.scores(terms)[np.searchsorted(snapshot.rows_of_kind(SourceKind.LABEL), rows)])


def _section_match(aspects: tuple[Scored, ...], snapshot: Snapshot, row: int) -> float:
    """Return how well a row's section answers by its place in the label alone, 0 to 1."""
    section = snapshot.section_of(row)
    titles = titles_of(section)
    return max(
        (
            (SECOND * scored.score / aspects[0].score if rank else 1.0)
            * weight(scored.aspect, section.code, section.number, titles)
            for rank, scored in enumerate(aspects)
        ),
        default=0.0,
    )
