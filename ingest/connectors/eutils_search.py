"""Every PMID that a search matches, past the 9,999 that PubMed gives of one.

Of a longer search PubMed gives the first 9,999 and refuses to go on. It is halved by the day on which a record
was entered, of which each record has exactly one, until every part is short enough. Two halves must add up to
the whole.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from corpus.errors import Rubbish, SourceRefused
from ingest.connectors.eutils import Eutils, Found, History, misspelt

MOST = 9_999
POSTED = 5_000  # PMIDs in one list for the history server
_DOIS = 100  # in one search
_FIRST, _LAST = date(1700, 1, 1), date(2100, 1, 1)


def matching(eutils: Eutils, term: str, since: date | None = None, most: int = MOST) -> list[str]:
    """Return the PMIDs that match, each once, modified on or after a day where one is given.

    `most` is how many PubMed gives of one search. Raises Rubbish where pages or halves do not add up, SourceRefused
    where nothing matches for a phrase that PubMed does not know.
    """
    found = eutils.search(term, most=most, since=since)
    if found.count == 0 and found.unknown and since is None:
        eutils.forget(found.answered)
        raise misspelt(found.answered, "phrase", found.unknown)
    if found.count <= most:
        return _whole(eutils, term, since, most)
    return list(dict.fromkeys(_halved(eutils, term, since, most, (_FIRST, _LAST), found)))


def among(eutils: Eutils, pmids: Sequence[str], since: date | None = None) -> set[str]:
    """Return those of the PMIDs that PubMed has, modified on or after a day where one is given."""
    found: set[str] = set()
    for start in range(0, len(pmids), POSTED):
        part = pmids[start : start + POSTED]
        found |= eutils.anew_once(partial(eutils.post, part), partial(_listed, eutils, since))
    return found


def with_dois(eutils: Eutils, dois: Sequence[str]) -> set[str]:
    """Return the PMIDs of the records that PubMed has under the DOIs; it does not have every DOI."""
    found: set[str] = set()
    for start in range(0, len(dois), _DOIS):
        term = " OR ".join(f'"{doi}"[doi]' for doi in dois[start : start + _DOIS])
        found |= set(eutils.search(term, most=MOST).pmids)
    return found


def _listed(eutils: Eutils, since: date | None, kept: History) -> set[str]:
    return set(_pages(eutils, eutils.search(f"#{kept.key}", most=POSTED, since=since, history=kept), POSTED))


def _halved(
    eutils: Eutils, term: str, since: date | None, most: int, days: tuple[date, date], whole: Found
) -> list[str]:
    first, last = days
    if first == last:
        raise SourceRefused(
            f"{term!r} matches {whole.count:,} records entered on {first}, and PubMed gives {most:,} of one search:"
            " narrow the query",
            200,
        )
    middle = first + timedelta(days=(last - first).days // 2)
    halves = ((first, middle), (middle + timedelta(days=1), last))
    terms = [f'({term}) AND ("{a:%Y/%m/%d}"[edat] : "{b:%Y/%m/%d}"[edat])' for a, b in halves]
    searched = [eutils.search(one, most=most, since=since) for one in terms]
    counts = [one.count for one in searched]
    if sum(counts) < whole.count:
        eutils.forget(whole.answered, *(one.answered for one in searched))
        raise Rubbish(
            f"{term!r} matches {whole.count:,} records entered from {first} to {last}, but its halves"
            f" {counts[0]:,} and {counts[1]:,}: not all of them would be seen"
        )
    found: list[str] = []
    for part, half, matched in zip(terms, halves, searched, strict=True):
        if matched.count > most:
            found += _halved(eutils, term, since, most, half, matched)
        elif matched.count:
            found += _whole(eutils, part, since, most)
    return found


def _whole(eutils: Eutils, term: str, since: date | None, most: int) -> list[str]:
    return eutils.anew_once(
        lambda: eutils.search(term, most=most, since=since), lambda found: _pages(eutils, found, most)
    )


def _pages(eutils: Eutils, found: Found, most: int) -> list[str]:
    """Return all PMIDs of a search: the page at hand, then the rest from the list that the server keeps."""
    pmids = dict.fromkeys(found.pmids)
    while len(pmids) < found.count:
        page = eutils.search(f"#{found.history.key}", most=most, start=len(pmids), history=found.history)
        fresh = [pmid for pmid in page.pmids if pmid not in pmids]
        if not fresh:
            eutils.forget(found.answered, page.answered)
            raise Rubbish(
                f"{found.answered.address}: {found.count:,} records match, but after {len(pmids):,} of them"
                " no others come"
            )
        pmids |= dict.fromkeys(fresh)
    return list(pmids)
