"""BioASQ: biomedical questions with the abstracts that answer them and ideal answers, over the snippets' own texts."""

import json
import lzma
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from corpus.document import Document
from evals.corpora import bioasq
from evals.gold.base import GoldQuestion, GoldSet, Task
from evals.intervals import SEED

ASKED = DISTRACTING = 250
ABOUT = (
    f"{ASKED} of 1,983 BioASQ 7B–10B questions (via MIRAGE), drawn with a fixed seed, over the snippets of their "
    f"abstracts and of those of {DISTRACTING} other questions; figures compare with other runs over these only"
)


def load(shared: Path) -> GoldSet:
    """Return the questions drawn, in the file's order. Raises FileNotFoundError."""
    data = shared / "data"
    with lzma.open(data / "gold/bioasq.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    drawn = Random(SEED).sample(range(len(rows)), ASKED + DISTRACTING)
    asked = [rows[n] for n in sorted(drawn[:ASKED])]
    held = {key for n in drawn for key in _keys(rows[n])}

    def documents() -> Iterator[Document]:
        return (document for document in bioasq(data) if document.key in held)

    return GoldSet(
        "bioasq",
        ABOUT,
        tuple(map(_question, asked)),
        frozenset({Task.SEARCH, Task.ANSWER}),
        ("retrieval", "rouge", "citations", "refusals"),
        documents,
    )


def _question(row: dict[str, Any]) -> GoldQuestion:
    return GoldQuestion(
        id=str(row["id"]),
        text=str(row["question"]),
        type=str(row["type"]),
        relevant=dict.fromkeys(_keys(row), 1),
        ideal=tuple(map(str, row["ideal_answer"])),
    )


def _keys(row: dict[str, Any]) -> Sequence[str]:
    """Return the keys of the abstracts that a question's snippets are of, as `evals.corpora.bioasq` makes them."""
    return list(dict.fromkeys(f"bench:bioasq-{snippet['pmid']}" for snippet in row["snippets"]))
