"""The development questions: every gold question of the shared data, with the questions asked before it."""

import json
import lzma
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.intervals import SEED

SHARED = Path(__file__).resolve().parents[2] / "shared"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is asked; `history` are the questions before it, the oldest first."""

    source: str
    text: str
    history: tuple[str, ...] = ()


def questions(shared: Path, per_source: int | None = None) -> list[Question]:
    """Return the development questions, by source; of each source at most `per_source`, drawn with a fixed seed.

    Of the osteoporosis questions, which are few and the only ones with histories, all are returned.
    """
    gold = shared / "data/gold"
    found = list(osteoporosis(shared))
    for source, texts in (
        ("medicationqa", [row["question"] for row in _rows(gold / "medicationqa.jsonl")]),
        ("fdarx", [row["question"] for row in _rows(gold / "fdarx.jsonl")]),
        ("kqa", [row["Question"] for row in _rows(gold / "kqa.jsonl")]),
        ("expertqa", [row["question"] for row in _rows(gold / "expertqa_medical_val.jsonl")]),
        ("pubmedqa", [row["question"] for row in _rows(gold / "pubmedqa.jsonl")]),
        ("bioasq", [row["question"] for row in _rows(gold / "bioasq.jsonl.xz")]),
    ):
        if per_source is not None and len(texts) > per_source:
            texts = random.Random(SEED).sample(texts, per_source)
        found += [Question(source, text) for text in texts]
    return found


def osteoporosis(shared: Path) -> Iterator[Question]:
    """Yield the single questions, every turn of the dialogues, and the unanswerable questions."""
    gold = json.loads((shared / "facts/gold/followups.json").read_text(encoding="utf-8"))
    for row in gold["single"]:
        yield Question("osteoporosis", row["question"])
    for row in gold["dialogues"]:
        turns = [turn["user"] for turn in row["turns"]]
        for number, turn in enumerate(turns):
            place = "follow-up" if number else "first turn"
            yield Question(f"osteoporosis, {place}", turn, tuple(turns[:number]))
    for row in gold["unanswerable"]:
        yield Question("osteoporosis, unanswerable", row["question"])


def warm_up(shared: Path, n: int = 40) -> list[str]:
    """Return n questions that are none of the above (TREC CAsT), to ask before anything is timed."""
    rows = _rows(shared / "data/gold/cast_followups.jsonl")
    return [turn["standalone"] for row in rows for turn in row["turns"]][:n]


def _rows(path: Path) -> list[dict[str, Any]]:
    raw = path.read_bytes()
    text = (lzma.decompress(raw) if path.suffix == ".xz" else raw).decode()
    return [json.loads(line) for line in text.split("\n") if line]
