"""Place: what a heading says of the sentences under it."""

import pytest

from qa.place import place_share


@pytest.mark.parametrize(
    ("heading", "share"),
    [
        ("Conclusions", 1.0),
        ("Clinical implications", 1.0),
        ("Summary of recommendations", 1.0),
        ("Results", 0.7),
        ("Adverse events", 0.7),
        ("Methods", -1.0),
        ("Study population", -1.0),
        ("Patients", -1.0),
        ("Background", 0.0),
        ("Introduction", 0.0),
        ("Anything else", 0.3),
        ("", 0.3),
    ],
)
def test_the_place_is_known_by_its_heading(heading: str, share: float) -> None:
    assert place_share(heading) == share


def test_case_does_not_matter() -> None:
    assert place_share("CONCLUSIONS") == place_share("conclusions") == 1.0


@pytest.mark.parametrize(
    ("heading", "share"),
    [("Conclusions and methods", 1.0), ("Outcome measures", 0.7), ("Background and aims", -1.0)],
)
def test_of_two_places_a_conclusion_counts_before_a_result_a_result_before_methods(heading: str, share: float) -> None:
    assert place_share(heading) == share


def test_patients_in_the_middle_of_a_heading_are_no_methods() -> None:
    assert place_share("Advice for patients") == 0.3
