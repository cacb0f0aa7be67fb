"""MedicationQA as a gold set."""

from pathlib import Path

import pytest

from evals.gold.base import Task
from evals.gold.medicationqa import load

pytestmark = pytest.mark.shared


def test_every_question_has_one_passage_and_its_section(shared: Path) -> None:
    gold = load(shared)
    assert len(gold.questions) == 172
    assert gold.tasks == {Task.SEARCH, Task.ANSWER}
    assert gold.documents is not None
    keys = {document.key for document in gold.documents()}
    for question in gold.questions:
        assert len(question.relevant) == 1
        assert set(question.relevant) <= keys
        assert question.places[0].document in question.relevant
    first = gold.questions[0]
    assert (first.id, first.text, first.type) == ("mqa000", "how does valium affect the brain", "Action")
    assert first.places[0].title == "CLINICAL PHARMACOLOGY"


def test_like_sections_of_the_same_drug_are_right_places(shared: Path) -> None:
    asked = next(one for one in load(shared).questions if one.id == "mqa105")
    assert {place.document for place in asked.places} >= {f"bench:medicationqa-mqa{n}" for n in (105, 106, 107, 108)}
    assert {place.title for place in asked.places} == {"INGREDIENTS AND APPEARANCE"}
