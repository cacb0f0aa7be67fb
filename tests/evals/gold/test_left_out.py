from collections import Counter
from pathlib import Path

import pytest

from evals.gold import left_out, left_out_abstracts
from evals.gold.base import GoldSet

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def labels(shared: Path) -> GoldSet:
    return left_out.load(shared)


def test_each_question_is_asked_with_the_label_held_and_with_it_left_out(labels: GoldSet) -> None:
    assert Counter(one.type for one in labels.questions) == {
        "MedicationQA, label held": 158,
        "MedicationQA, label left out": 158,
        "FDARx, label held": 43,
        "FDARx, label left out": 43,
        "FDARx, label held, silent": 3,
    }
    assert len({one.id for one in labels.questions}) == len(labels.questions)
    for one in labels.questions:
        assert one.answerable is ("held" in one.type and "silent" not in one.type)
        assert bool(one.without) is ("left out" in one.type)


def test_what_answers_is_left_out_and_most_is_held(labels: GoldSet) -> None:
    assert labels.documents is not None
    keys = {document.key for document in labels.documents()}
    relevant = {one.text: set(one.relevant) for one in labels.questions if one.answerable}
    for one in labels.questions:
        if one.without:
            assert relevant[one.text] <= one.without < keys
            assert len(one.without) < len(keys) / 4


def test_ten_indexes_serve_all_questions_without_their_labels(labels: GoldSet) -> None:
    assert len({one.without for one in labels.questions if one.without}) == 10


def test_all_documents_of_a_drug_are_left_out_together(labels: GoldSet) -> None:
    assert labels.documents is not None
    (without,) = {one.without for one in labels.questions if one.without and "lipitor" in one.text}
    held = {
        name
        for document in labels.documents()
        if document.key not in without
        for name in (*document.drugs, *document.brands)
    }
    assert not any("atorvastatin" in name.lower() or "lipitor" in name.lower() for name in held)


def test_abstracts_are_left_out_by_folds(shared: Path) -> None:
    gold = left_out_abstracts.load(shared)
    assert Counter(one.type for one in gold.questions) == {"abstract held": 159, "abstract left out": 159}
    relevant = {one.text: set(one.relevant) for one in gold.questions if one.answerable}
    withouts = {one.without for one in gold.questions if not one.answerable}
    assert len(withouts) == 5 and len(frozenset().union(*withouts)) == 159
    assert all(relevant[one.text] <= one.without for one in gold.questions if not one.answerable)
