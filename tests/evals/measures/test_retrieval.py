"""Retrieval: runs of a few documents, their figures worked out by hand."""

import math
import sys

import pytest

from corpus.errors import NotReady
from evals.gold.base import GoldQuestion
from evals.measures.retrieval import BM25, MEASURE, measured
from evals.outcome import Outcome

ASKED = GoldQuestion("q1", "Does it help?", relevant={"pmid:1": 2, "pmid:2": 1})


def values(outcome: Outcome, question: GoldQuestion = ASKED) -> dict[str, float]:
    shares = MEASURE.shares(question, outcome)
    assert all(share.of == 1 for share in shares.values())
    return {name: share.value for name, share in shares.items()}


def test_grades_and_places_give_what_is_worked_out_by_hand() -> None:
    """Places 2 (grade 1) and 4 (grade 2): DCG = 1/log2(3) + 2/log2(5), at best 2/log2(2) + 1/log2(3)."""
    found = values(Outcome("q1", run=("pmid:9", "pmid:2", "pmid:8", "pmid:1")))
    ndcg = (1 / math.log2(3) + 2 / math.log2(5)) / (2 + 1 / math.log2(3))
    assert found == {
        "nDCG@10": pytest.approx(ndcg),
        "Recall@10": 1.0,
        "Recall@100": 1.0,
        "MRR": 0.5,
        "Hit@1": 0.0,
        "Hit@5": 1.0,
    }


def test_the_cut_lies_after_the_tenth_and_the_fifth_document() -> None:
    others = tuple(f"pmid:{n}" for n in range(10, 19))
    tenth = values(Outcome("q1", run=(*others, "pmid:1")))
    eleventh = values(Outcome("q1", run=(*others, "pmid:99", "pmid:1")))
    assert (tenth["Recall@10"], eleventh["Recall@10"], eleventh["Recall@100"]) == (0.5, 0.0, 0.5)
    assert (tenth["Hit@5"], tenth["MRR"]) == (0.0, 0.1)
    assert eleventh["MRR"] == pytest.approx(1 / 11)
    fifth = values(Outcome("q1", run=(*others[:4], "pmid:2")))
    assert (fifth["Hit@1"], fifth["Hit@5"]) == (0.0, 1.0)


def test_what_found_nothing_and_what_failed_count_as_nothing_found() -> None:
    nothing = dict.fromkeys(("nDCG@10", "Recall@10", "Recall@100", "MRR", "Hit@1", "Hit@5"), 0.0)
    assert values(Outcome("q1")) == nothing
    assert values(Outcome("q1", run=("pmid:1",), error="timed out")) == nothing


def test_a_question_of_which_no_right_document_is_known_says_nothing() -> None:
    assert not values(Outcome("q1", run=("pmid:1",)), GoldQuestion("q1", "?", relevant={"pmid:1": 0}))


def test_a_document_that_stands_twice_counts_at_its_first_place() -> None:
    assert measured({"pmid:1": 1}, ("pmid:1", "pmid:2", "pmid:1"))["MRR"] == 1.0


def test_bm25_alone_is_measured_beside_where_it_was_run() -> None:
    found = values(Outcome("q1", run=("pmid:1", "pmid:2"), runs={BM25: ("pmid:9", "pmid:1")}))
    assert (found["Hit@1"], found["Hit@1, BM25 alone"], found["Recall@100, BM25 alone"]) == (1.0, 0.0, 0.5)
    assert set(found) == {figure.name for figure in MEASURE.figures}


def test_without_ir_measures_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(NotReady, match=r"pip install 'curbside\[eval\]'"):
        measured({"pmid:1": 1}, ("pmid:1",))
