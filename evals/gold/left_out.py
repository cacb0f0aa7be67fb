"""Left out: questions about a drug, asked with its labels held and again where none of its documents is.

With the labels they can be answered, without them they cannot: an answer must turn into a refusal.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from evals.gold.base import GoldQuestion, GoldSet, Task
from evals.label_corpora import fdarx_key, label_documents, medicationqa_key
from evals.leave_out import DrugsOf, folds

HELD, LEFT_OUT, SILENT = "label held", "label left out", "label held, silent"


def load(shared: Path) -> GoldSet:
    """Return each question twice: answerable with all documents, and not without those about its drugs.

    Questions of one fold of drugs are asked without the same documents, so that ten indexes serve all of them. FDARx's
    questions that no section answers are asked once, with the label held.
    """
    data = shared / "data"
    asked = [*_medicationqa(data), *_fdarx(data)]
    drugs_of = DrugsOf(label_documents(data))
    of_fold: dict[int, set[str]] = {}
    names = [drugs_of.named(drug) for _, drug in asked]
    places = folds([min(found) for found in names])
    for (question, _), found, fold in zip(asked, names, places, strict=True):
        of_fold.setdefault(fold, set()).update(found | drugs_of.spoken_of(question.text))
    without = {fold: drugs_of.documents(found) for fold, found in of_fold.items()}
    questions: list[GoldQuestion] = []
    for (question, _), fold in zip(asked, places, strict=True):
        questions.append(question)
        if question.answerable:
            kind = question.type.replace(HELD, LEFT_OUT)
            asked_again = replace(question, id=f"{question.id}-without", type=kind, relevant={})
            questions.append(replace(asked_again, answerable=False, without=without[fold]))
    return GoldSet(
        name="left_out",
        about="Questions of MedicationQA and FDARx, asked with the drug's labels held and with all of them left out.",
        questions=tuple(questions),
        tasks=frozenset({Task.ANSWER}),
        measures=("refusals",),
        documents=partial(label_documents, data),
    )


def _medicationqa(data: Path) -> Iterator[tuple[GoldQuestion, str]]:
    """Yield each question once, with its drug; people asked some of them more than once."""
    seen: set[str] = set()
    for row in _rows(data / "gold/medicationqa.jsonl"):
        text = str(row["question"])
        plain = " ".join(text.lower().split())
        if plain not in seen:
            seen.add(plain)
            relevant = {medicationqa_key(str(row["id"])): 1}
            yield GoldQuestion(str(row["id"]), text, f"MedicationQA, {HELD}", relevant=relevant), str(row["drug"])


def _fdarx(data: Path) -> Iterator[tuple[GoldQuestion, str]]:
    for row in _rows(data / "gold/fdarx.jsonl"):
        answerable = row["task"] != "refusal"
        kind = f"FDARx, {HELD if answerable else SILENT}"
        relevant = {fdarx_key(str(row["set_id"])): 1} if answerable else {}
        question = GoldQuestion(
            f"fdarx-{row['id']}", str(row["question"]), kind, relevant=relevant, answerable=answerable
        )
        yield question, str(row["drug"])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)
