"""The loader of TREC CAsT: each turn with what was said before it and its form by hand."""

from pathlib import Path

import pytest

from evals.gold.base import Task
from evals.gold.cast import gold_set, load


def test_each_turn_follows_the_utterances_before_it() -> None:
    turns = [
        {"turn": 1, "utterance": "What is a shark? ", "standalone": "What is a shark?"},
        {"turn": 2, "utterance": "Does it sleep?", "standalone": "Does a shark sleep?"},
    ]
    gold = gold_set([{"year": 2020, "topic": 9, "title": None, "turns": turns}])
    first, second = gold.questions
    assert (first.id, first.text, first.history) == ("2020-9.1", "What is a shark?", ())
    assert (second.history, second.standalone) == (("What is a shark?",), "Does a shark sleep?")
    assert gold.tasks == {Task.REWRITE} and second.relevant == {}


@pytest.mark.shared
def test_the_files_turns_are_all_there(shared: Path) -> None:
    questions = load(shared).questions
    assert len(questions) == len({question.id for question in questions}) == 695
    assert sum(bool(question.history) for question in questions) == 620
    assert questions[1].standalone == "Is throat cancer treatable?"
