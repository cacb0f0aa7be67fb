"""Left-out abstracts: PubMedQA's questions, asked with the abstract that answers and again where it is not held."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

from evals.corpora import pubmedqa
from evals.gold.base import GoldQuestion, GoldSet, Task

FOLDS = 5
# One question in so many is asked: each costs two answers, and the others are asked in the set `pubmedqa`.
EACH = 3


def load(shared: Path) -> GoldSet:
    """Return each third question twice: with all abstracts, and without those that answer the questions of its fold."""
    data = shared / "data"
    rows = [json.loads(line) for line in (data / "gold/pubmedqa.jsonl").read_text(encoding="utf-8").splitlines()]
    held = [
        GoldQuestion(str(row["pmid"]), str(row["question"]), "abstract held", relevant={_key(str(row["pmid"])): 1})
        for row in rows[::EACH]
    ]
    left = [frozenset(key for one in held[fold::FOLDS] for key in one.relevant) for fold in range(FOLDS)]
    silent = [
        replace(
            one,
            id=f"{one.id}-without",
            type="abstract left out",
            answerable=False,
            without=left[number % FOLDS],
            relevant={},
        )
        for number, one in enumerate(held)
    ]
    return GoldSet(
        name="left_out_abstracts",
        about="Questions of PubMedQA, asked with the abstract that each was written about held and with it left out.",
        questions=tuple(question for pair in zip(held, silent, strict=True) for question in pair),
        tasks=frozenset({Task.ANSWER}),
        measures=("refusals",),
        documents=partial(pubmedqa, data),
    )


def _key(pmid: str) -> str:
    return f"bench:pubmedqa-{pmid}"
