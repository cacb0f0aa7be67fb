"""A follow-up that names a drug itself."""

import pytest

from qa.constraint import Trait
from tests.qa.followups.talking import talk, written_out


@pytest.mark.parametrize(
    ("before", "question", "standalone"),
    [
        ("Is romosozumab approved for men?", "How about Prolia instead?", "Is denosumab (Prolia) approved for men?"),
        ("Is romosozumab approved for men?", "And denosumab?", "Is denosumab approved for men?"),
        ("Is romosozumab approved?", "Compared with alendronate?", "What about romosozumab compared with alendronate?"),
        ("What is Evenity for?", "Is it better than alendronate?", "Is romosozumab better than alendronate?"),
        (
            "Does romosozumab cause jaw necrosis?",
            "Is it as common as with bisphosphonates?",
            "Is jaw necrosis as common with romosozumab as with bisphosphonates?",
        ),
    ],
)
def test_a_follow_up_with_a_drug_of_its_own_is_written_out(before: str, question: str, standalone: str) -> None:
    assert written_out(before, question) == standalone


def test_a_co_medication_of_a_follow_up_is_a_constraint() -> None:
    understood = talk("What is the dose of Evenity?", "What about a patient on warfarin?")
    assert [one.trait for one in understood.constraints] == [Trait.TAKES]
    assert {name for drug in understood.drugs for name in drug.names} == {"romosozumab", "warfarin"}
