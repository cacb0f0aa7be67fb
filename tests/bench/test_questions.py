"""The development questions: all of them, each with what was asked before it."""

from pathlib import Path

from bench.questions import questions, warm_up


def test_every_gold_question_is_there(shared: Path) -> None:
    found = questions(shared)
    counts = {source: sum(q.source == source for q in found) for source in {q.source for q in found}}
    assert counts == {
        "osteoporosis": 9,
        "osteoporosis, first turn": 5,
        "osteoporosis, follow-up": 10,
        "osteoporosis, unanswerable": 8,
        "medicationqa": 172,
        "fdarx": 46,
        "kqa": 110,
        "expertqa": 50,
        "pubmedqa": 476,
        "bioasq": 1983,
    }


def test_a_follow_up_carries_the_questions_before_it(shared: Path) -> None:
    found = next(question for question in questions(shared, 1) if question.text == "And after 12 months?")
    assert found.history == ("What cardiovascular risk does Evenity carry?", "What about in CKD?")


def test_a_sample_is_the_same_each_time(shared: Path) -> None:
    assert questions(shared, 3) == questions(shared, 3)
    assert len(questions(shared, 3)) == 32 + 6 * 3


def test_warm_up_questions_are_none_of_those_that_are_timed(shared: Path) -> None:
    timed = {question.text for question in questions(shared)}
    assert len(warm_up(shared)) == 40
    assert not timed & set(warm_up(shared))
