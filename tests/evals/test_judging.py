"""Judging: what people judged is read, and a matcher is trusted from its stated kappa on."""

from pathlib import Path

import pytest

from evals.intervals import Estimate
from evals.judged import Judged, expertqa, held_back, kqa, notes, sentences
from evals.judging import Judgement, judgement, limits


def judged(kappa: float, precision: float = 0.5, *, strict: bool = False) -> Judgement:
    low, high = Estimate(precision, 0, 1), Estimate(kappa, 0, 1)
    return Judgement("set", "", 10, 5, low, low, high, figures=("a figure",), wanted=0.6, is_strict=strict)


def test_kappa_decides_about_trust_and_precision_where_the_matcher_is_strict() -> None:
    assert judged(0.6).is_trusted
    assert not judged(0.59).is_trusted
    assert judged(0.1, 0.6, strict=True).is_trusted
    assert not judged(0.9, 0.59, strict=True).is_trusted


def test_a_figure_is_limited_by_a_matcher_that_is_not_trusted() -> None:
    assert limits([judged(0.7)]) == {}
    assert limits([judged(0.41)]) == {"a figure": "matcher's kappa on set 0.41 (0.00–1.00), wanted 0.60"}


def test_a_judgement_counts_pairs_and_those_stated() -> None:
    pairs = [Judged("q", "fact", (), stated) for stated in (True, True, False)]
    found = judgement("set", "", pairs, [True, False, False])
    assert (found.n, found.stated, found.precision.value, found.recall.value) == (3, 2, 1.0, 0.5)


def test_sentences_are_cut_line_by_line_and_say_something() -> None:
    assert sentences("One. Two\n- \nThree") == ["One.", "Two", "Three"]


@pytest.mark.shared
def test_every_judged_pair_is_read(shared: Path) -> None:
    physicians = kqa(shared)
    assert (len(physicians), sum(one.stated for one in physicians)) == (399, 153)
    assert sum(one.contradicted for one in physicians) == 12
    assert physicians[1].by == (False, False, True)
    experts = expertqa(shared)
    assert (len(experts), sum(one.stated for one in experts)) == (156, 109)
    assert len({one.asked for one in notes(shared)}) == 24
    assert not {(one.asked, one.fact) for one in notes(shared)} & {(one.asked, one.fact) for one in held_back()}
    assert all(one.text for one in (*physicians, *experts, *notes(shared)))
