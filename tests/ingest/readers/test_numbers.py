"""A publisher's number is told from a quantity at the head of a title."""

import pytest

from ingest.readers.numbers import split_number


@pytest.mark.parametrize(
    ("printed", "number", "title"),
    [
        ("5.1 Hypocalcemia", "5.1", "Hypocalcemia"),
        ("1.  INDICATIONS", "1", "INDICATIONS"),
        ("2 DOSAGE AND ADMINISTRATION", "2", "DOSAGE AND ADMINISTRATION"),
        ("12.3. Pharmacokinetics", "12.3", "Pharmacokinetics"),
        ("17 PATIENT COUNSELING INFORMATION", "17", "PATIENT COUNSELING INFORMATION"),
        ("2.4Dosing", "2.4", "Dosing"),
        (" 8.1\u00a0Pregnancy ", "8.1", "Pregnancy"),
        ("1.1.2 Adults", "1.1.2", "Adults"),
        ("2.1. Patients", "2.1", "Patients"),
    ],
)
def test_a_publishers_number_is_taken_off_the_title(printed: str, number: str, title: str) -> None:
    assert split_number(printed) == (number, title)


@pytest.mark.parametrize(
    "printed",
    ["12 months of treatment", "5 mg Tablets", "0.9 Sodium", "2019 Update", "10", "WARNINGS", "", "5-HT3 antagonists",
     "24 Hour Relief", "12 healthy adults", "12.5 patients a year"],
)  # fmt: skip
def test_a_quantity_stays_in_the_title(printed: str) -> None:
    assert split_number(printed) == ("", printed)
