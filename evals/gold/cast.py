"""TREC CAsT 2019 and 2020: every turn of their conversations with the form in which people made it stand alone."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from evals.gold.base import GoldQuestion, GoldSet, Task

ABOUT = "Turns of general conversations with their manual rewrites (TREC CAsT 2019 and 2020)"


def load(shared: Path) -> GoldSet:
    """Return the turns. Raises FileNotFoundError where the shared data is not there."""
    lines = (shared / "data/gold/cast_followups.jsonl").read_text(encoding="utf-8").splitlines()
    return gold_set(json.loads(line) for line in lines)


def gold_set(talks: Iterable[Mapping[str, Any]]) -> GoldSet:
    """Return the turns of the conversations, each with the utterances before it."""
    questions = tuple(question for talk in talks for question in _turns(talk))
    return GoldSet("cast", ABOUT, questions, frozenset({Task.REWRITE}), ("followups",))


def _turns(talk: Mapping[str, Any]) -> Iterator[GoldQuestion]:
    said: list[str] = []
    for turn in talk["turns"]:
        text = turn["utterance"].strip()
        yield GoldQuestion(
            id=f"{talk['year']}-{talk['topic']}.{turn['turn']}",
            text=text,
            type=f"CAsT {talk['year']}",
            history=tuple(said),
            standalone=turn["standalone"].strip(),
        )
        said.append(text)
