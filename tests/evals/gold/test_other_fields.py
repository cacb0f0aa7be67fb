from collections import Counter
from pathlib import Path

import pytest

from evals.gold.base import GoldQuestion
from evals.gold.other_fields import load

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def questions(shared: Path) -> tuple[GoldQuestion, ...]:
    return load(shared).questions


def test_two_hundred_questions_and_more_cannot_be_answered(questions: tuple[GoldQuestion, ...]) -> None:
    counts = Counter(one.type for one in questions)
    assert counts["another field"] == 150 and counts["medicine, not held"] == 149
    assert counts["starter corpus, held"] == 25 and counts["starter corpus, no answer"] == 7
    assert len({one.id for one in questions}) == len(questions)


def test_what_is_asked_of_another_field_stands_alone(questions: tuple[GoldQuestion, ...]) -> None:
    texts = [one.text for one in questions if one.type == "another field"]
    assert texts[:2] == ["What are the different types of sharks?", "Are sharks endangered? If so, which species?"]
    assert not any("cancer" in text.lower() or "depression" in text.lower() for text in texts)


def test_what_the_starter_corpus_is_about_is_not_taken_for_unanswerable(questions: tuple[GoldQuestion, ...]) -> None:
    texts = [one.text.lower() for one in questions if one.type == "medicine, not held"]
    assert not any(word in text for text in texts for word in ("osteoporosis", "bone", "fracture"))


def test_follow_ups_keep_their_history_and_how_they_are_to_be_met(questions: tuple[GoldQuestion, ...]) -> None:
    own = {one.id: one for one in questions if one.type.startswith("starter")}
    assert own["d02.2"].text == "And if she misses one?" and own["d02.2"].history[-1] == "What is the dose?"
    assert own["u02"].expects == "emergency" and not own["u02"].answerable
