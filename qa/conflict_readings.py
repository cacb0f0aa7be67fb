"""What the passages and the documents that are compared state, read once each."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from corpus.document import Document, Integrity, Role, Section, SourceKind
from corpus.passage import Passage
from index.hit import Hit
from index.search import Searcher
from index.snapshot import Snapshot
from qa import conflict_finding, conflict_grade, conflict_numbers, conflict_recommendation, conflict_strength
from qa.answer import ConflictKind
from qa.asked import AskedDrug
from qa.conflict_statement import Clash, Reader, Sentence, Stated
from qa.label_part import labels_of
from qa.points import Span
from qa.terms import normalised

KINDS: dict[ConflictKind, tuple[Reader, Clash]] = {
    ConflictKind.NUMBERS: (conflict_numbers.read, conflict_numbers.clash),
    ConflictKind.STRENGTH: (conflict_strength.read, conflict_strength.clash),
    ConflictKind.RECOMMENDATION: (conflict_recommendation.read, conflict_recommendation.clash),
    ConflictKind.FINDING: (conflict_finding.read, conflict_finding.clash),
    ConflictKind.GRADE: (conflict_grade.read, conflict_grade.clash),
}
# Kinds that were right at least four times of five when measured (docs/conflicts.md); the others are not shown.
SHOWN = tuple(ConflictKind)
# How many publications about a drug are read whole, whatever was found of them, and up to how many passages.
MOST_PUBLICATIONS, SHORT = 60, 12
MOST_DRUGS = 2_000  # that it is kept of which these are
_CURRENT = frozenset({Integrity.CURRENT, Integrity.CORRECTED})


@dataclass(frozen=True, slots=True)
class Said:
    """A statement at its place."""

    stated: Stated
    span: Span


class Readings:
    """What passages state, read once each. Threads may share it: at worst two of them read the same passage."""

    def __init__(self, most: int = 50_000) -> None:
        self._most = most
        self._read: dict[tuple[str, str], tuple[Said, ...]] = {}
        self._about: dict[tuple[str, str, frozenset[str]], tuple[int, ...]] = {}

    def of(self, document: Document, section: Section, passage: Passage) -> tuple[Said, ...]:
        """Return what a passage states, in order."""
        return self._once(document, passage.id, lambda: _statements(document, section, passage))

    def of_naming(self, names: tuple[str, ...], hit: Hit) -> tuple[Said, ...]:
        """Return what a passage states; one not read before is read only if it, its headings or title hold a name."""
        held = self._read.get((hit.document.content_hash, hit.passage.id))
        if held is not None:
            return held
        texts = (hit.document.title, *hit.section.heading[-2:], hit.passage.text)
        spoken = "".join(map(normalised, texts))
        is_named = any(name in spoken for name in names)
        return self.of(hit.document, hit.section, hit.passage) if is_named else ()

    def about(self, drug: AskedDrug, searcher: Searcher) -> tuple[int, ...]:
        """Return the documents on a drug that are read whole: its label, and publications no longer than abstracts."""
        snapshot = searcher.snapshot
        key = snapshot.manifest.id, drug.surface.lower(), drug.names
        found = self._about.get(key)
        if found is None:
            numbers = map(int, snapshot.documents_about(drug.names))
            research = (n for n in numbers if snapshot.document_at(n).kind is SourceKind.RESEARCH)
            short = islice((n for n in research if len(snapshot.rows(n)) <= SHORT), MOST_PUBLICATIONS)
            found = (*short, *labels_of(searcher, drug)[:1])
            if len(self._about) >= MOST_DRUGS:
                self._about.clear()
            self._about[key] = found
        return found

    def of_document(self, number: int, snapshot: Snapshot) -> tuple[Said, ...]:
        """Return what a whole document of a snapshot states, in order."""
        document = snapshot.document_at(number)

        def read() -> tuple[Said, ...]:
            rows = snapshot.rows(number).tolist()
            said = (_statements(document, snapshot.section_of(row), snapshot.passage(row)) for row in rows)
            return tuple(one for own in said for one in own)

        return self._once(document, "", read)

    def _once(self, document: Document, passage: str, read: Callable[[], tuple[Said, ...]]) -> tuple[Said, ...]:
        key = document.content_hash, passage
        found = self._read.get(key)
        if found is None:
            found = read()
            if len(self._read) >= self._most:
                self._read.clear()
            self._read[key] = found
        return found


def _statements(document: Document, section: Section, passage: Passage) -> tuple[Said, ...]:
    """Return what the sentences of a passage state, none where the publication no longer stands as it is."""
    if document.integrity not in _CURRENT:
        return ()
    found = []
    for one in passage.sentences:
        text = section.text[one.start : one.end]
        if one.role is Role.CAPTION or one.role is Role.HEADER:
            continue
        lead = section.text[slice(*one.lead)] if one.lead else ""
        sentence = Sentence(
            text,
            lead,
            section.heading,
            document.title,
            document.kind,
            f"{document.design} ; {' '.join(document.publication_types)}",
            document.body,
            document.drugs,
            one.role is Role.ITEM,
        )
        span = Span(document, section, one.start, one.end, passage.id, one.role)
        found += [Said(stated, span) for kind in SHOWN for stated in KINDS[kind][0](sentence)]
    return tuple(found)
