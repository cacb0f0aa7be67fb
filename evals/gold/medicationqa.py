"""MedicationQA: what consumers asked about drugs, and the label passage that a person found the answer in.

Ben Abacha and others, "Bridging the gap between consumers' medication questions and trusted answers", MedInfo 2019.
"""

from collections.abc import Sequence
from pathlib import Path

from corpus.document import Document
from evals.gold.base import GoldQuestion, GoldSet, Place, Task
from evals.label_corpora import label_documents, medicationqa_key, rows
from evals.measures.sections import same_title
from qa.drug_base import base


def load(shared: Path) -> GoldSet:
    """Return the questions over all labels. One document is relevant; any like section of the drug is a right place."""
    data = shared / "data"
    held = tuple(label_documents(data))
    by_drug: dict[str, list[Document]] = {}
    for document in held:
        for name in {base(drug) for drug in (*document.drugs, *document.brands)}:
            by_drug.setdefault(name, []).append(document)
    by_key = {document.key: document for document in held}
    questions = []
    for row in rows(data / "gold/medicationqa.jsonl"):
        right = by_key[medicationqa_key(str(row["id"]))]
        others = by_drug.get(base(right.drugs[0]), [])
        questions.append(
            GoldQuestion(
                id=str(row["id"]),
                text=str(row["question"]),
                type=str(row["type"]),
                relevant={right.key: 1},
                places=_places(right, others),
            )
        )
    return GoldSet(
        name="medicationqa",
        about="MedicationQA (MedInfo 2019): consumers' questions about drugs, asked of 290 label passages, "
        "26 whole labels and the sections of FDARx.",
        questions=tuple(questions),
        tasks=frozenset({Task.SEARCH, Task.ANSWER}),
        measures=("retrieval", "sections", "citations", "refusals"),
        documents=lambda: iter(held),
    )


def _places(right: Document, others: Sequence[Document]) -> tuple[Place, ...]:
    """Return the right passage's section, then what stands under the same title in other documents of the drug."""
    own = right.sections[0]
    places = [Place(right.key, "", own.title, own.code)]
    for document in others:
        if document.key != right.key:
            places += [
                Place(document.key, section.number, section.title, section.code)
                for section in document.sections
                if any(same_title(title, own.title) for title in section.heading)
            ]
    return tuple(places)
