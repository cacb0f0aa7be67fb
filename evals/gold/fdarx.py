"""FDARx: questions written from FDA labels, with the sections that each was written from; some cannot be answered."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from corpus.document import Document
from evals.corpora import labels
from evals.gold.base import GoldQuestion, GoldSet, Place, Task
from evals.label_corpora import fdarx, fdarx_key, numbered, rows
from evals.measures.sections import same_title

CANNOT = "refusal"


def load(shared: Path) -> GoldSet:
    """Return the questions over the labels that they were written from, excerpts, and the whole labels.

    A question of the type "refusal" asks for what its label does not hold.
    """
    data = shared / "data"
    held = {document.key: document for document in fdarx(data)}
    questions = []
    for row in rows(data / "gold/fdarx.jsonl"):
        key = fdarx_key(str(row["set_id"]))
        answerable = row["task"] != CANNOT
        reference = row["section_reference"]
        references = [reference] if isinstance(reference, str) else list(reference)
        questions.append(
            GoldQuestion(
                id=str(row["id"]),
                text=str(row["question"]),
                type=str(row["task"]),
                relevant={key: 1} if answerable else {},
                places=tuple(_places(held[key], references)) if answerable else (),
                answerable=answerable,
            )
        )
    return GoldSet(
        name="fdarx",
        about="FDARx: questions written from sections of FDA labels, asked of 84 excerpted and 26 whole labels.",
        questions=tuple(questions),
        tasks=frozenset({Task.SEARCH, Task.ANSWER}),
        measures=("retrieval", "sections", "citations", "refusals"),
        documents=lambda: chain(held.values(), labels(data)),
    )


def _places(label: Document, references: Sequence[str]) -> Iterator[Place]:
    """Yield the sections that are referred to, with the code where the label holds the very section."""
    for reference in references:
        number, title = numbered(reference)
        codes = [one.code for one in label.sections if one.number == number and same_title(one.title, title)]
        yield Place(label.key, number, title, codes[0] if codes else "")
