import re
from collections import Counter
from pathlib import Path

import pytest

from evals.gold.missing_facts import CHECKING, DEVELOPMENT, Pair, load, pairs
from evals.plugins import set_names

STARTER = Path(__file__).resolve().parents[3] / "corpus/starter"
BISPHOSPHONATES = ("alendronate", "risedronate", "ibandronate", "zoledronic acid")


@pytest.fixture(scope="module")
def starter() -> dict[str, str]:
    """Return the text of each starter document by its key."""
    texts = [path.read_text(encoding="utf-8") for path in STARTER.rglob("*.md")]
    return {re.findall(r'^key: "?(.*?)"?$', text, re.MULTILINE)[0]: text for text in texts}


def names(pair: Pair) -> tuple[str, ...]:
    """Return what a sentence calls the drug by; what is said of bisphosphonates is said of each of them."""
    group = ("bisphosphonate",) if pair.drug in BISPHOSPHONATES else ()
    return (pair.drug, pair.brand.lower(), *group)


def test_each_half_has_as_many_questions_with_an_answer_as_without() -> None:
    questions = load(Path("nowhere")).questions
    counts = Counter((one.type, one.answerable) for one in questions)
    assert counts == {(half, has): 30 for half in (DEVELOPMENT, CHECKING) for has in (True, False)}
    assert len({one.id for one in questions}) == len({one.text for one in questions}) == 120
    assert "missing_facts" in set_names()


def test_all_ten_drugs_are_asked_about_in_both_halves() -> None:
    for half in (pairs()[::2], pairs()[1::2]):
        assert len({pair.drug for pair in half}) == 10
        assert len({pair.aspect for pair in half}) >= 8


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair.id)
def test_a_pair_asks_alike_of_one_drug(pair: Pair) -> None:
    for text in (pair.missing, pair.held):
        assert any(name in text.lower() for name in (pair.drug, pair.brand.lower()))
    first, second = pair.missing.split(), pair.held.split()
    assert first[:1] == second[:1] and len(set(first) & set(second)) >= 3


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair.id)
def test_the_twin_is_answered_by_its_document_and_the_other_by_no_sentence_about_the_drug(
    pair: Pair, starter: dict[str, str]
) -> None:
    assert pair.says in starter[pair.document]
    sentences = [line for text in starter.values() for line in text.lower().splitlines()]
    of_drug = [line for line in sentences if any(name in line for name in names(pair))]
    assert of_drug
    assert not [(word, line) for word in pair.absent for line in of_drug if re.search(rf"\b{word}", line)]
