"""ExpertQA: medical questions by clinicians; what they judged of other systems' answers is read by `evals.judged`."""

import json
from pathlib import Path

from evals.gold.base import GoldQuestion, GoldSet, Task

ABOUT = (
    "50 medical questions that clinicians wrote (ExpertQA, MIT), asked of the data folder, which may not hold what "
    "they ask about; no right answers are known, so only the citations are measured"
)


def load(shared: Path) -> GoldSet:
    """Return the questions in the file's order, numbered from 1. Raises FileNotFoundError."""
    lines = (shared / "data/gold/expertqa_medical_val.jsonl").read_text(encoding="utf-8").splitlines()
    questions = tuple(
        GoldQuestion(f"expertqa-{number:02}", str(json.loads(line)["question"])) for number, line in enumerate(lines, 1)
    )
    return GoldSet("expertqa", ABOUT, questions, frozenset({Task.ANSWER}), ("citations",))
