"""Pairs of fact and text that people judged: what the matcher is judged by.

K-QA: 399 pairs of an answer and a physician's statement, each judged by three physicians. ExpertQA: claims of
generated answers and their evidence, judged by the expert who asked. The notes: terse notes of facts and answers from
the starter corpus, judged by one developer, who also wrote the matcher's rules: they show that it reads figures,
and little more.
"""

import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from evals.gold import followups
from evals.matcher_features import Said, plain
from ingest.sentences import split_sentences

ENTAILED, COMPLETE = "Entailment", "Complete"
NOTES = Path(__file__).with_name("judged_notes.json")
_JUDGED = ("Complete", "Partial", "Incomplete", "Missing")
# In the K-QA file the line breaks of answers lost their backslash: "tongue.nTry", "remedies:nExercise".
_BREAK = re.compile(r"(?<=[.:!?)])\s?n(?=[A-Z*•\d])")
_MARK = re.compile(r"\s*\[\d+\]")
_SAYS = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Entry:
    """A question's answer, as (sentence, headings, group), and whether it states the question's facts, and others.

    `held` were written when the rules were final, and decided once: nothing was changed after them.
    """

    asked: str
    text: tuple[tuple[str, str, int], ...]
    required: tuple[bool, ...]
    optional: tuple[bool, ...]
    others: tuple[tuple[str, bool], ...]
    held: tuple[tuple[str, bool], ...]

    @property
    def said(self) -> tuple[Said, ...]:
        """Return the answer as a text."""
        return tuple(Said(*one) for one in self.text)


_ENTRIES = TypeAdapter(dict[str, Entry])


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact, a text that answers `asked`, and whether it states the fact; `by` are single judges' verdicts."""

    asked: str
    fact: str
    text: tuple[Said, ...]
    stated: bool
    contradicted: bool = False
    by: tuple[bool, ...] = ()


def kqa(shared: Path) -> list[Judged]:
    """Return the pairs of K-QA; stated where most physicians saw entailment. Raises FileNotFoundError."""
    with (shared / "data/gold/kqa_entailment.csv").open(encoding="utf-8", newline="") as lines:
        return [
            Judged(
                row["Question"],
                row["claim"].strip(),
                plain(sentences(_BREAK.sub("\n", row["answer"]))),
                row["majority_label"] == ENTAILED,
                row["majority_label"] == "Contradiction",
                tuple(row[f"label_{n}"] == ENTAILED for n in range(3)),
            )
            for row in csv.DictReader(lines)
        ]


def expertqa(shared: Path) -> list[Judged]:
    """Return the judged claims with evidence in words, not an address alone; stated where support is complete."""
    found = []
    with (shared / "data/gold/expertqa_medical_val.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in rows:
        for claim in (claim for answer in row["answers"].values() for claim in answer["claims"]):
            evidence = [piece.split("\n\n", 1)[1] for piece in claim["evidence"] if "\n\n" in piece]
            text = plain([sentence for piece in evidence for sentence in sentences(piece)])
            if text and claim["support"] in _JUDGED:
                fact = _MARK.sub("", claim["claim_string"])
                found.append(Judged(row["question"], fact, text, claim["support"] == COMPLETE))
    return found


def notes(shared: Path) -> list[Judged]:
    """Return the notes; the wording of the development questions' facts is read from the shared data."""
    gold = {question.id: question for question in followups.load(shared).questions}
    return [
        Judged(entry.asked, fact, entry.said, stated)
        for key, entry in _entries().items()
        for fact, stated in (
            *zip(gold[key].required, entry.required, strict=True),
            *zip(gold[key].optional, entry.optional, strict=True),
            *entry.others,
        )
    ]


def held_back() -> list[Judged]:
    """Return the notes that neither the model nor the rules were made with."""
    return [
        Judged(entry.asked, fact, entry.said, stated) for entry in _entries().values() for fact, stated in entry.held
    ]


def _entries() -> dict[str, Entry]:
    return _ENTRIES.validate_json(NOTES.read_bytes())


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, line by line."""
    spans = ((line, span) for line in text.split("\n") for span in split_sentences(line))
    found = (line[start:end] for line, (start, end) in spans)
    return [sentence for sentence in found if _SAYS.search(sentence)]
