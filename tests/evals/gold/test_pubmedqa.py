"""PubMedQA: the questions as they are, each with the abstract that it was the title of."""

from pathlib import Path

import pytest

from evals.gold.base import GoldSet
from evals.gold.pubmedqa import load

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def held(shared: Path) -> GoldSet:
    return load(shared)


def test_the_set_holds_every_question_with_its_own_abstract(held: GoldSet) -> None:
    first, tenth, last = held.questions[0], held.questions[9], held.questions[-1]
    assert len(held.questions) == len({question.id for question in held.questions}) == 476
    assert first.text == "Do mitochondria play a role in remodelling lace plant leaves during programmed cell death?"
    assert tenth.text == "Do patterns of knowledge and attitudes exist among unvaccinated seniors?"
    assert last.text == "Are sugars-free medicines more erosive than sugars-containing medicines?"
    assert [one.id for one in (first, tenth, last)] == ["21645374", "17096624", "17559449"]
    assert all(one.relevant == {f"bench:pubmedqa-{one.id}": 1} for one in held.questions)


def test_the_corpus_holds_every_abstract_without_its_title_and_with_its_headings(held: GoldSet) -> None:
    assert held.documents is not None
    documents = {document.key: document for document in held.documents()}
    assert len(documents) == 1000
    assert {key for question in held.questions for key in question.relevant} <= set(documents)
    assert all(document.subjects for document in documents.values())
    assert documents["bench:pubmedqa-21645374"].subjects[:2] == ("Alismataceae", "Apoptosis")
    titles = {document.title for document in documents.values()}
    assert titles.isdisjoint(question.text for question in held.questions)
