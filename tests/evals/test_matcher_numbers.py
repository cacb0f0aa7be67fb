"""Numbers of facts: read with units, compared in any unit, and seen to speak against each other."""

import pytest

from evals.matcher_numbers import Number, met, numbers, opposed


def test_numbers_are_read_with_unit_and_strength() -> None:
    found = numbers("1.60% of 4,093 women at 12 months, two 105 mg syringes")
    assert [(n.value, n.unit, n.is_strong) for n in found] == [
        ("1.6", "%", True),
        ("4093", "", False),
        ("12", "month", True),
        ("2", "", False),
        ("105", "mg", True),
    ]


def test_a_number_inside_a_name_is_none() -> None:
    assert numbers("HbA1c and CYP3A4") == ()


@pytest.mark.parametrize(
    ("fact", "text", "same"),
    [
        ("year 1", "over 12 months", True),
        ("1 year", "over 24 months", False),
        ("30 minutes", "over 15 to 30 seconds", False),
        ("48%", "48 women", True),  # a plain number may be of any unit
        ("48%", "48 mg", False),
        ("0.10", "P=0.1", True),
    ],
)
def test_numbers_are_one_across_units_of_time_only(fact: str, text: str, same: bool) -> None:
    assert met(numbers(fact)[0], numbers(text)) is same


@pytest.mark.parametrize(
    ("fact", "sentence", "against"),
    [
        ("one 210 mg syringe", "210 mg is given as two syringes of 105 mg", True),
        ("two 105 mg syringes", "210 mg is given as two syringes of 105 mg", False),
        ("type 1 disease", "seen in type 2 disease", True),
        ("2.3% on placebo", "2.3% (9 of 390) on drug A and 7.2% on placebo", True),
        ("7.2% on placebo", "2.3% (9 of 390) on drug A and 7.2% on placebo", False),
        ("injection every month", "an injection every 3 months", True),
        ("injection quarterly", "an injection every three months", False),
        ("150 mg weekly", "150 mg", False),
    ],
)
def test_other_counts_arms_and_times_speak_against_a_fact(fact: str, sentence: str, against: bool) -> None:
    assert opposed(fact, sentence) is against


def test_one_counts_only_where_it_counts_something() -> None:
    assert numbers("no one") == ()
    assert numbers("one tablet") == (Number("1", head="tablet"),)
