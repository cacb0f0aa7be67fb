"""How many were studied is quoted from where the source describes them, or not said."""

import pytest

from corpus.document import Document, Section, SourceKind
from qa.web.participants import participants


def read(text: str, heading: str = "Design and population") -> str:
    return participants(Document("k", SourceKind.RESEARCH, "T", (Section((heading,), text),)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was a trial in 2463 postmenopausal women; 824 women received it.", "2463 postmenopausal women"),
        ("We enrolled 10,101 women at 26 sites.", "10,101 women"),
        ("The drug was given to 110 patients and not to 105 patients, 215 patients in all.", "215 patients"),
        ("It was given for 12 months to 419 adults.", "419 adults"),
        ("It took in 2127 men and women after hip fracture.", "2127 men and women"),
        ("A single dose of 60 mg was given to 55 adults.", "55 adults"),
        ("Of 13 treatment-naive hemodialysis patients none died.", "13 treatment-naive hemodialysis patients"),
    ],
)
def test_the_number_of_all_is_quoted(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "5610 patients received one drug and 15,986 patients the other.",
        "In 36 months women lost bone.",
        "The dose was 60 mg in women.",
        "At 28 sites in 10 countries women took part.",
        "Women were followed.",
    ],
)
def test_groups_without_their_sum_and_other_numbers_say_nothing(text: str) -> None:
    assert read(text) == ""


def test_only_where_design_and_population_are_described() -> None:
    assert read("Of 300 women 20 fell.", "Results") == ""
    assert read("Of 300 women 20 fell.", "METHODS") == "300 women"
