"""The loader of ExpertQA's questions."""

from pathlib import Path

import pytest

from evals.gold.expertqa import load


@pytest.mark.shared
def test_every_question_is_read(shared: Path) -> None:
    gold = load(shared)
    assert len(gold.questions) == len({question.id for question in gold.questions}) == 50
    assert gold.questions[0].text == "What is the best way to store my medication to ensure its potency and safety?"
    assert gold.measures == ("citations",)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"expertqa_medical_val\.jsonl"):
        load(tmp_path)
