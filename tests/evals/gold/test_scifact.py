"""SciFact: the claims as they are, their abstracts there, and the folds that what is learnt from them respects."""

from collections import defaultdict
from pathlib import Path

import pytest

from evals.gold.base import GoldSet
from evals.gold.scifact import abstracts, load
from qa.rationale import fold_of

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def held(shared: Path) -> GoldSet:
    return load(shared)


def test_the_set_holds_every_claim_with_what_it_cites_and_what_is_marked(held: GoldSet) -> None:
    first, tenth, last = held.questions[0], held.questions[9], held.questions[-1]
    assert len(held.questions) == len({claim.id for claim in held.questions}) == 809
    assert first.text == "0-dimensional biomaterials lack inductive properties."
    assert (first.id, dict(first.relevant), first.type) == ("0", {"bench:scifact-31715818": 1}, "no evidence")
    assert (tenth.id, dict(tenth.relevant)) == ("15", {"bench:scifact-22080671": 1})
    assert (last.id, sorted(last.relevant)) == ("1407", ["bench:scifact-29863668", "bench:scifact-8087082"])
    marked = [claim for claim in held.questions if claim.rationale]
    assert (len(marked), sum(len(claim.rationale) for claim in marked)) == (505, 564)
    assert {claim.type for claim in marked} == {"support", "contradict"}


def test_all_that_is_cited_and_marked_is_in_the_corpus(held: GoldSet, shared: Path) -> None:
    assert held.documents is not None
    keys = [document.key for document in held.documents()]
    assert len(keys) == len(set(keys)) == 5183
    assert {key for claim in held.questions for key in claim.relevant} <= set(keys)
    texts = abstracts(shared)
    assert set(texts) == set(keys)
    for claim in held.questions:
        for key, numbers in claim.rationale.items():
            assert key in claim.relevant
            assert list(numbers) == sorted(set(numbers))
            assert 0 <= numbers[0] <= numbers[-1] < len(texts[key][1])


def test_claims_that_share_an_abstract_are_in_one_fold(held: GoldSet) -> None:
    folds: dict[str, set[int | None]] = defaultdict(set)
    for claim in held.questions:
        for key in claim.relevant:
            folds[key].add(fold_of(claim.id))
    assert {len(found) for found in folds.values()} == {1}
    assert set.union(*folds.values()) == {0, 1, 2, 3, 4}
