"""The loader of BioASQ: which questions are drawn, and that their abstracts are there."""

from pathlib import Path

import pytest

from evals.gold.bioasq import ASKED, load


@pytest.mark.shared
def test_the_same_questions_are_drawn_each_time_with_their_abstracts_and_others(shared: Path) -> None:
    gold = load(shared)
    assert len(gold.questions) == len({question.id for question in gold.questions}) == ASKED
    assert gold.fingerprint == load(shared).fingerprint
    assert all(question.relevant and question.ideal for question in gold.questions)
    assert {question.type for question in gold.questions} == {"factoid", "yesno", "summary", "list"}
    assert gold.documents is not None
    held = {document.key for document in gold.documents()}
    wanted = {key for question in gold.questions for key in question.relevant}
    assert wanted <= held
    assert len(held - wanted) > 1000  # the distractors


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"bioasq\.jsonl\.xz"):
        load(tmp_path)
