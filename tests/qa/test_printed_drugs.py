"""Printed names of drugs: combinations, forms, lines of a brand, misspelt ones."""

import pytest

from qa.drug_base import ingredients
from qa.drug_names import NONE, DrugNames
from qa.printed_drugs import PrintedDrugs

_BASES = {
    "aspirin": ["aspirin"],
    "codeine": ["codeine"],
    "aspirin and codeine": ["aspirin and codeine"],
    "losartan": ["losartan"],
    "tenormin": ["atenolol"],
    "atenolol": ["atenolol"],
    "chlortalidone": ["chlortalidone"],
    "enoxaparin": ["enoxaparin"],
}
PRINTED = PrintedDrugs(DrugNames(_BASES, {}, {}, "literal"))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Aspirin and Codeine Phosphate Tablets", ("aspirin", "codeine")),
        ("atenolol; chlortalidone", ("atenolol", "chlortalidone")),
        ("losartan/aspirin 50 mg/81 mg", ("losartan", "aspirin")),
        ("aspirin, delayed release", ("aspirin",)),
        ("losartan hcl 300mg", ("losartan",)),
        ("vitamin b 12", ("vitamin b 12",)),
        ("tablets", ()),
        ("", ()),
    ],
)
def test_a_printed_name_is_its_ingredients_without_form_and_strength(printed: str, expected: tuple[str, ...]) -> None:
    assert ingredients(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("aspirin and codeine", ("aspirin", "codeine")),
        ("codeine, caffeine and aspirin", ("codeine", "caffeine", "aspirin")),
        ("tetanus and diphtheria toxoids", ("tetanus and diphtheria toxoids",)),
        ("Tenormin", ("atenolol",)),
        ("Tenormin 25 mg tablets", ("atenolol",)),
        ("Tenormin Forte", ("atenolol",)),
        ("losartan forte", ("losartan forte",)),
        ("atenolol chlortalidone", ("atenolol", "chlortalidone")),
        ("losartan ER", ("losartan",)),
        ("enoxparin sodium", ("enoxaparin",)),
        ("asprin", ("asprin",)),
        ("newmab", ("newmab",)),
        ("  ", ()),
    ],
)
def test_a_documents_drug_is_read_by_the_dictionary(printed: str, expected: tuple[str, ...]) -> None:
    assert PRINTED.bases_of(printed) == expected


def test_without_a_dictionary_a_name_is_its_own_base() -> None:
    assert PrintedDrugs(NONE).bases_of("aspirin and codeine") == ("aspirin and codeine",)


def test_a_combination_of_the_dictionary_is_taken_apart_where_its_parts_are_known() -> None:
    assert PRINTED.separate(["aspirin and codeine"]) == ("aspirin", "codeine")
    assert list(PRINTED.separate(["tetanus and diphtheria toxoids"])) == ["tetanus and diphtheria toxoids"]
    assert list(PRINTED.separate([])) == []
