"""A recommendation for another age is told from one for the patient's."""

import pytest

from qa.age_range import age_of, is_of_another_age
from qa.constraints import constraints_of

MIDDLE = "For men aged 55 to 69 years, the decision to undergo screening should be an individual one."


@pytest.mark.parametrize(
    ("text", "age", "other"),
    [
        (MIDDLE, 72, True),
        (MIDDLE, 60, False),
        (MIDDLE, None, False),
        ("It recommends against screening in men 70 years and older.", 72, False),
        ("It recommends against screening in men 70 years and older.", 60, True),
        ("Screen women younger than 65 years who are at risk.", 70, True),
        ("Adults 50 to 59 years, and those 70 years or older.", 72, False),
        ("The dose is 5 to 10 mg.", 72, False),
    ],
)
def test_ages_named_are_compared_with_the_patients(text: str, age: float | None, other: bool) -> None:
    assert is_of_another_age(text, age) is other


@pytest.mark.parametrize("question", ["Is it for a man of 72?", "for a 72-year-old man?"])
def test_the_age_is_read_from_the_question(question: str) -> None:
    assert age_of(constraints_of(question)) == 72
    assert age_of(constraints_of("for men over 70?")) is None
