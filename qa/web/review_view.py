"""An answer laid out for its reviewer: every sentence with its quotes in their surroundings and what was said of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.document import SourceKind
from corpus.store import Store
from qa.answer import Answer, Block, Citation, Claim
from qa.review.log import Entry, entries
from qa.review.seen import Seen
from qa.web.layout import KINDS

# So many characters of a section are shown before a quote and after it, to the next word.
AROUND = 240


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation's characters with those around them; "…" where the section goes on."""

    citation: Citation
    before: str
    after: str
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, by its place in the answer from 0; `kind` is None in plain words, where it is not replaced."""

    number: int
    claim: Claim
    kind: SourceKind | None
    quotes: tuple[Quote, ...]
    comments: tuple[Entry, ...]

    @property
    def is_flagged(self) -> bool:
        """Return whether a source of it changed."""
        return any(quote.is_flagged for quote in self.quotes)


@dataclass(frozen=True, slots=True)
class Group:
    """The sentences under one heading of one part."""

    part: str
    heading: str
    sentences: tuple[Sentence, ...]


class Surroundings:
    """Reads what stands around quotes; each section once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._texts: dict[str, str] = {}

    def of(self, citation: Citation) -> tuple[str, str]:
        """Return the characters before a quote and after it."""
        section = citation.section.id
        if section not in self._texts:
            self._texts[section] = self._store.section(section).text
        text = self._texts[section]
        first, last = max(0, citation.start - AROUND), min(len(text), citation.end + AROUND)
        before, after = text[first : citation.start], text[citation.end : last]
        if first:
            before = f"…{before[before.find(' ') :]}"
        if last < len(text):
            after = f"{after[: after.rfind(' ') + 1]}…"
        return before, after


def groups(seen: Seen, store: Store) -> tuple[Group, ...]:
    """Return every sentence that a reviewer can point at, under its headings, numbered as the desk numbers them."""
    flagged = {flag.n for flag in seen.state.flags}
    cited = {citation.n: citation for citation in seen.answer.citations}
    around = Surroundings(store)
    comments: dict[int, list[Entry]] = {}
    for entry in entries(seen.events):
        if entry.claim is not None and entry.what.startswith("commented"):
            comments.setdefault(entry.claim, []).append(entry)
    found, number = [], 0
    for part, kind, block in _blocks(seen.answer):
        sentences = []
        for claim in block.claims:
            quotes = tuple(Quote(cited[n], *around.of(cited[n]), n in flagged) for n in claim.citations)
            sentences.append(Sentence(number, claim, kind, quotes, tuple(comments.get(number, ()))))
            number += 1
        found.append(Group(part, block.heading, tuple(sentences)))
    return tuple(found)


def sentence_of(answer: Answer, number: int) -> tuple[Claim, SourceKind | None] | None:
    """Return a sentence by its place, and the kind of its part; None where there is none."""
    every = [(claim, kind) for _, kind, block in _blocks(answer) for claim in block.claims]
    return every[number] if 0 <= number < len(every) else None


def _blocks(answer: Answer) -> Iterator[tuple[str, SourceKind | None, Block]]:
    for part in answer.parts:
        yield from ((KINDS[part.kind][0], part.kind, block) for block in part.blocks)
    plain: Sequence[Block] = answer.plain.blocks if answer.plain else ()
    yield from (("In Plain Words", None, block) for block in plain)
