"""Other fields: what the starter corpus cannot answer, beside what it can; asked of the data folder being measured."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from evals.gold import followups
from evals.gold.base import GoldQuestion, GoldSet, Task
from qa.answer import Status

# CAsT's topics that are not of medicine, food, drink or the mind, by their numbers.
_TOPICS = frozenset(
    int(number)
    for number in "32 33 34 35 36 40 42 43 45 46 47 48 49 50 51 52 54 55 56 58 61 62 63 64 65 68 70 72 73 74 76 77 79 "
    "80 81 84 85 86 87 88 89 90 91 93 94 97 101 103 104 105".split()
)
_TURNS = (1, 2, 3)
# Of PubMedQA's questions each third, but none on what the starter corpus is about.
_EACH = 3
_COVERED = re.compile(
    r"osteop|bone|fractur|menopaus|vertebra|\bhip\b|spin(?:e|al)|skelet|calci|vitamin d|parathyr", re.IGNORECASE
)


def load(shared: Path) -> GoldSet:
    """Return questions of other fields, medical ones that the starter corpus holds nothing of, and its own."""
    gold = shared / "data/gold"
    questions = (*_cast(gold), *_pubmedqa(gold), *_starter(shared))
    return GoldSet(
        name="other_fields",
        about="Questions about sharks and cars (TREC CAsT) and medical ones (PubMedQA) that the starter corpus does "
        "not answer, beside its own questions, answerable and not.",
        questions=questions,
        tasks=frozenset({Task.ANSWER}),
        measures=("refusals",),
    )


def _cast(gold: Path) -> Iterator[GoldQuestion]:
    """Yield the first turns of each topic in their hand-written standalone form."""
    for row in _rows(gold / "cast_followups.jsonl"):
        for turn in row["turns"]:
            if row["topic"] in _TOPICS and turn["turn"] in _TURNS:
                identity = f"cast-{row['topic']}-{turn['turn']}"
                yield GoldQuestion(identity, str(turn["standalone"]), "another field", answerable=False)


def _pubmedqa(gold: Path) -> Iterator[GoldQuestion]:
    for row in list(_rows(gold / "pubmedqa.jsonl"))[1::_EACH]:
        if not _COVERED.search(row["question"]):
            yield GoldQuestion(f"pubmedqa-{row['pmid']}", row["question"], "medicine, not held", answerable=False)


def _starter(shared: Path) -> Iterator[GoldQuestion]:
    """Yield the development questions over the starter corpus, typed by whether they are to be answered."""
    for question in followups.load(shared).questions:
        answered = question.answerable or question.expects == Status.ANSWERED
        yield replace(question, type="starter corpus, held" if answered else "starter corpus, no answer")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)
