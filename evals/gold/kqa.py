"""K-QA: patients' questions with the statements that physicians say an answer must have, and may have."""

import json
from pathlib import Path

from evals.gold.base import GoldQuestion, GoldSet, Task

ABOUT = (
    "110 questions that patients asked, with must-have and nice-to-have statements by physicians (K-QA, MIT), asked of "
    "the data folder, which may not hold what they ask about"
)


def load(shared: Path) -> GoldSet:
    """Return the questions in the file's order, numbered from 1. Raises FileNotFoundError."""
    lines = (shared / "data/gold/kqa.jsonl").read_text(encoding="utf-8").splitlines()
    questions = tuple(_question(number, json.loads(line)) for number, line in enumerate(lines, 1))
    return GoldSet("kqa", ABOUT, questions, frozenset({Task.ANSWER}), ("facts", "citations"))


def _question(number: int, row: dict[str, list[str]]) -> GoldQuestion:
    return GoldQuestion(
        id=f"kqa-{number:03}",
        text=str(row["Question"]),
        required=tuple(fact.strip() for fact in row["Must_have"]),
        optional=tuple(fact.strip() for fact in row["Nice_to_have"]),
        ideal=(str(row["Free_form_answer"]),),
    )
