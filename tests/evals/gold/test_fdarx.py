"""FDARx as a gold set."""

from collections import Counter
from pathlib import Path

import pytest

from evals.gold.base import Place
from evals.gold.fdarx import load
from evals.measures.sections import is_place

pytestmark = pytest.mark.shared


def test_questions_have_the_sections_they_were_written_from(shared: Path) -> None:
    gold = load(shared)
    assert Counter(one.type for one in gold.questions) == {"factual": 25, "multihop": 18, "refusal": 3}
    first = gold.questions[0]
    key = "bench:fdarx-9cdde58a-ae8a-451f-92cf-cab178e4ba92"
    assert first.relevant == {key: 1}
    assert first.places == (Place(key, "2", "DOSAGE AND ADMINISTRATION"),)


def test_what_a_label_does_not_hold_cannot_be_answered(shared: Path) -> None:
    for question in load(shared).questions:
        assert question.answerable is (question.type != "refusal")
        assert bool(question.places) is bool(question.relevant) is question.answerable


def test_every_section_referred_to_is_held(shared: Path) -> None:
    gold = load(shared)
    assert gold.documents is not None
    held = [
        Place(document.key, section.number, section.title)
        for document in gold.documents()
        for section in document.sections
        if document.key.startswith("bench:fdarx-")
    ]
    wanted = [place for question in gold.questions for place in question.places]
    assert [place for place in wanted if not any(is_place(one, place) for one in held)] == []
