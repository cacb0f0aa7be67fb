"""The check of an answer against the store, citation by citation, in the very versions that it names."""

from dataclasses import dataclass

from corpus.document import Document, Section
from corpus.errors import NotFound
from corpus.store import Store
from qa.answer import Answer
from qa.check import claim_faults, faults


@dataclass(frozen=True, slots=True)
class _Cited:
    """One section of one version, as `qa/check.py` reads it."""

    document: Document
    section: Section

    def row_of(self, passage_id: str) -> int:
        return 0

    def section_of(self, row: int) -> Section:
        return self.section

    def document_of(self, row: int) -> Document:
        return self.document


def problems(answer: Answer, store: Store) -> list[str]:
    """Return what is wrong with an answer, nothing where every citation and every claim passes the check.

    It is the check that every answer passes before it leaves (`qa/check.py`), here against the versions in the store:
    the snapshot of today may hold later ones. The text of a version never changes; whether its publication is
    evidence is what is known today.
    """
    wrong: list[str] = []
    documents: dict[str, Document] = {}
    for citation in answer.citations:
        try:
            document = documents.get(citation.version) or store.get(citation.version)
        except NotFound:
            wrong.append(f"citation {citation.n} names version {citation.version}, which is not held")
            continue
        documents[citation.version] = document
        section = next((one for one in document.sections if one.id == citation.section.id), None)
        if section is None:
            wrong.append(f"citation {citation.n} names section {citation.section.id}, which that version does not have")
        else:
            wrong += faults(citation, _Cited(document, section))
    numbered = {citation.n: citation for citation in answer.citations}
    return wrong + [fault for claim in answer.every_claim() for fault in claim_faults(claim, numbered)]
