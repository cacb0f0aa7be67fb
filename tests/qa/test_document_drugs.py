"""How well a document is about the drugs asked about, by hand: the harmonic mean of two shares."""

import pytest

from corpus.document import Document, Section, SourceKind
from qa.document_drugs import BY_ANOTHER_NAME, asked_names, document_match, least_match
from qa.drug_names import DrugNames
from qa.drugs import DrugLexicon
from qa.understand import understand

_BASES = {
    "tenormin": ["atenolol"],
    "atenolol": ["atenolol"],
    "aspirin": ["aspirin"],
    "codeine": ["codeine"],
    "enoxaparin": ["enoxaparin"],
    "empirin": ["aspirin", "codeine"],
}
LEXICON = DrugLexicon(
    [(["atenolol"], ["Tenormin"]), (["aspirin"], []), (["codeine"], []), (["enoxparin"], []), (["empirin"], [])],
    DrugNames(_BASES, {}, {}, "literal"),
)


def match(question: str, *drugs: str, brands: tuple[str, ...] = (), title: str = "") -> float:
    document = Document("label:x", SourceKind.LABEL, title, (Section((), "."),), drugs=drugs, brands=brands)
    return document_match(asked_names(understand(question, (), LEXICON)), document)


def test_the_name_used_is_a_whole_match_and_another_drug_none() -> None:
    assert match("What is atenolol for?", "atenolol") == 1
    assert match("What is atenolol for?", "atenolol besylate") == 1
    assert match("What is atenolol for?", "aspirin") == 0


def test_a_brand_matches_by_its_own_name_first() -> None:
    assert match("What is Tenormin for?", "tenormin") == 1
    assert match("What is atenolol for?", "tenormin") == pytest.approx(BY_ANOTHER_NAME)
    assert match("What is Tenormin for?", "atenolol", brands=("Tenormin",)) == 1


def test_a_drug_more_in_the_document_or_in_the_question_is_a_share_less() -> None:
    # One asked about, found whole; of two in the document one: 2 · 1 · ½ / (1 + ½).
    assert match("What is aspirin for?", "aspirin", "codeine") == pytest.approx(2 / 3)
    assert match("What is aspirin for?", "aspirin and codeine") == pytest.approx(2 / 3)
    assert match("Can aspirin be taken with codeine?", "aspirin") == pytest.approx(2 / 3)
    assert match("Can aspirin be taken with codeine?", "aspirin", "codeine") == 1


def test_a_brand_of_two_drugs_is_met_by_half_by_a_document_of_one() -> None:
    # Of the two it stands for one is there, by another name: recall 0.95 / 2, precision 1.
    half = BY_ANOTHER_NAME / 2
    assert match("What is Empirin for?", "aspirin") == pytest.approx(2 * half / (1 + half))


def test_a_misspelt_document_is_of_the_drug_it_means() -> None:
    assert match("What is enoxaparin for?", "enoxparin") == 1


def test_a_document_that_states_no_drug_is_known_by_its_title() -> None:
    assert match("What is atenolol for?", title="Atenolol tablets") == 1
    assert match("What is atenolol for?", title="") == 0


@pytest.mark.parametrize(
    ("question", "found", "least"),
    [
        ("What is Empirin for?", (1.0, 0.64, 0.0), 0.75),  # a label of aspirin alone is not of Empirin
        ("What is Empirin for?", (0.64, 0.0), 0.48),  # but it is read where there is none of Empirin
        ("What is Empirin for?", (), 0.0),
        ("Can aspirin be taken with codeine?", (1.0, 2 / 3), 0.0),
        ("What is gout?", (0.0,), 0.0),
    ],
)
def test_beside_a_document_of_the_drug_one_of_a_part_of_it_is_not(
    question: str, found: tuple[float, ...], least: float
) -> None:
    assert least_match(asked_names(understand(question, (), LEXICON)), found) == pytest.approx(least)
