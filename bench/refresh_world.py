"""The world that the bench of refreshes asks: PubMed records of real abstracts, some of which change."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import escape
from itertools import chain
from pathlib import Path

from corpus.document import Document
from evals import corpora
from ingest.splitter import EncoderSplitter
from tests.replay.pubmed import PubMed, record

# Numbers no record of PubMed has yet: what is measured on is never taken for the publication itself.
FIRST_PMID = 90_000_000
QUERY = "Journal Article[pt]"
_PART = re.compile(rb"<AbstractText[^>]*>")
A_DAY = 40  # records entered on one day, so that PubMed's limit on one search is met by splitting it by days


@dataclass(slots=True)
class World:
    """The service, the passages of each record, and who changes it."""

    service: PubMed
    passages: dict[str, int]
    random: random.Random

    def withdraw(self, records: int) -> None:
        """Take so many records away, as deleted."""
        for pmid in self.random.sample(sorted(self.passages), records):
            del self.service.records[pmid], self.passages[pmid]
            self.service.deleted.add(pmid)

    def change(self, share: float) -> int:
        """Change every part of so many records that their passages are this share; return how many passages."""
        wanted, changed = share * sum(self.passages.values()), 0
        names = sorted(self.passages)
        self.random.shuffle(names)
        for pmid in names:
            if changed >= wanted:
                break
            told = self.service.records[pmid]
            word = f"Revision {self.random.randrange(10**6)}. ".encode()
            self.service.records[pmid] = _PART.sub(rb"\g<0>" + word, told)
            self.service.modified[pmid] = datetime.now(UTC).date()
            changed += self.passages[pmid]
        return changed


def build(data: Path, passages: int, splitter: EncoderSplitter, seed: int) -> World:
    """Return a world whose records make at least so many passages. Raises ValueError where there are not as many."""
    held: dict[str, int] = {}
    service = PubMed({}, {"queries": [QUERY]})
    made = 0
    for number, document in enumerate(_documents(data)):
        if made >= passages:
            return World(service, held, random.Random(seed))
        pmid = str(FIRST_PMID + number)
        count = len(splitter.split(document))
        service.records[pmid] = _record(pmid, document)
        service.entered[pmid] = date(2020, 1, 1) + timedelta(days=number // A_DAY)
        held[pmid], made = count, made + count
    raise ValueError(f"the texts make {made:,} passages, expected {passages:,}: ask for fewer")


def _documents(data: Path) -> Iterator[Document]:
    return chain(corpora.pubmedqa(data), corpora.scifact(data), corpora.bioasq(data))


def _record(pmid: str, document: Document) -> bytes:
    parts = "".join(
        f'<AbstractText Label="{escape(section.title)}">{escape(section.text)}</AbstractText>'
        for section in document.sections
    )
    return record(pmid, document.title, abstract=parts)
