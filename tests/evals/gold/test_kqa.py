"""The loader of K-QA."""

from pathlib import Path

import pytest

from evals.gold.kqa import load


@pytest.mark.shared
def test_each_question_comes_with_its_statements(shared: Path) -> None:
    gold = load(shared)
    assert len(gold.questions) == len({question.id for question in gold.questions}) == 110
    first = gold.questions[0]
    assert first.text.startswith("Alright so I dont know much")
    assert (len(first.required), len(first.optional)) == (11, 3)
    assert first.required[-1].startswith("Lexapro is not approved")
    assert gold.documents is None
    assert gold.fingerprint == load(shared).fingerprint


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"kqa\.jsonl"):
        load(tmp_path)
