"""Trials by name: which a question names, and the publications that report them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from corpus.document import Document, SourceKind
from index.hit import Hit
from index.query import Query
from index.search import Searcher
from index.tokens import tokens
from qa.bodies import ABBREVIATIONS
from qa.design import strength

# A trial goes by capitals: FRAME, ARCH, DATA-Switch, HORIZON-PFT, ACTIVExtend, FIT.
_STUDY = re.compile(r"\b[A-Z][A-Z0-9]{2,}[a-z]*(?:-[A-Z][A-Za-z0-9]+)*\b")
_NOT_STUDIES = frozenset(
    "fda usa nih ema bmd bmi otc faq pdf dna rna mri egfr hiv ldl hdl cns ecg ekg copd icd icu".split()
)
# How many people were in it: a result is read with whom it was found in.
_PEOPLE = re.compile(
    r"\b(?:\d{1,3}(?:,\d{3})+|\d{2,6}) (?:[\w-]+ ){0,4}?(?:wom[ae]n|men|patients|participants|people|persons|adults|"
    r"subjects|individuals|children|volunteers)\b",
    re.IGNORECASE,
)
_OF_SEVERAL = re.compile(r"review|meta-?analys|pooled|guideline|consensus", re.IGNORECASE)
PASSAGES = 30
MOST_REPORTS = 2
MOST_READ = 5_000
READ = 0.5  # the score of a passage that no search has ranked


def studies_in(text: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the names of trials that a question holds, as written; `known` are the names of other things in it."""
    if text.isupper():
        return ()
    other = {*known, *ABBREVIATIONS}
    names = (name for name in _STUDY.findall(text) if not (name in other or name.lower() in _NOT_STUDIES))
    return tuple(dict.fromkeys(names))


def names_trial(text: str, names: Sequence[str]) -> bool:
    """Return whether a text names one of the trials, written as there: "ACTIVE" is not "active"."""
    return any(name in text and _whole(name).search(text) is not None for name in names)


@lru_cache(maxsize=1024)
def _whole(name: str) -> re.Pattern[str]:
    """Return what matches a name that is no part of a longer word."""
    return re.compile(rf"(?<![\w]){re.escape(name)}(?!\w)")


def hits_of(names: Sequence[str], queries: Sequence[Query], searcher: Searcher) -> list[Hit]:
    """Return the research passages that name one of the trials, of those that a search for each of them brings."""
    found = [hit for query in queries for hit in searcher.search(query, kind=SourceKind.RESEARCH, k=PASSAGES)]
    # A name that is an everyday word ("MORE") is in no index of words: where the passages are few they are read.
    if any(not tokens(name) for name in names):
        found += _read(searcher)
    return [hit for hit in found if names_trial(f"{hit.document.title} {hit.passage.text}", names)]


def _read(searcher: Searcher) -> list[Hit]:
    """Return all passages of research, none where there are more than MOST_READ."""
    snapshot = searcher.snapshot
    rows = snapshot.rows_of_kind(SourceKind.RESEARCH).tolist()
    if len(rows) > MOST_READ:
        return []
    return [
        Hit(rank, READ, {}, row, snapshot.passage(row), snapshot.section_of(row), snapshot.document_of(row))
        for rank, row in enumerate(rows, 1)
    ]


def reports_of(hits: Sequence[Hit]) -> tuple[Document, ...]:
    """Return at most MOST_REPORTS publications that report a trial themselves, the likeliest first.

    Those of the strongest design among the ones that name it, reviews left out, the one that speaks of it most
    first: what is written later about a trial is called an analysis or an extension of it.
    """
    spoken = Counter(hit.document.key for hit in hits)
    documents = {hit.document.key: hit.document for hit in hits}
    documents = {key: one for key, one in documents.items() if not _OF_SEVERAL.search(_stated(one))}
    strongest = max((_design(one) for one in documents.values()), default=0.0)
    own = [one for one in documents.values() if _design(one) == strongest]
    return tuple(sorted(own, key=lambda one: (-spoken[one.key], one.year or 0, one.key))[:MOST_REPORTS])


def counts_people(text: str) -> bool:
    """Return whether a sentence says how many people were studied."""
    return _PEOPLE.search(text) is not None


def _design(document: Document) -> float:
    return strength(document.design, document.publication_types)


def _stated(document: Document) -> str:
    return " ".join((document.design, *document.publication_types))
