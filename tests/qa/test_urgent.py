import pytest

from corpus.document import SourceKind
from qa.intent import Intent
from qa.library import Library
from qa.urgent import DECLINED, EMERGENCY, declined_blocks, urgent_blocks
from tests.qa.conftest import AskOf


def test_the_emergency_answer_begins_with_calling_for_help_and_holds_no_dose() -> None:
    assert EMERGENCY.startswith("This may be an emergency. Call the emergency services now")
    assert "mg" not in EMERGENCY and "wait and see" not in EMERGENCY


def test_only_what_the_label_says_about_seeking_help_goes_with_it(asked: AskOf, library: Library) -> None:
    blocks = urgent_blocks(asked("My father took zelomab and now has crushing chest pain."), library.searcher)
    assert list(blocks) == [SourceKind.LABEL]
    assert [(heading, [point.text for point in points]) for heading, points in blocks[SourceKind.LABEL]] == [
        ("5.1 Cardiovascular Events", ["Patients on zelomab who have chest pain should seek emergency care at once."]),
        (
            "17 Patient Counseling Information",
            [
                "Advise patients on zelomab to seek immediate medical attention for chest pain, weakness of one side "
                "or trouble speaking."
            ],
        ),
    ]


def test_a_label_that_says_nothing_of_seeking_help_adds_nothing(asked: AskOf, library: Library) -> None:
    blocks = urgent_blocks(asked("I took velatide and now have crushing chest pain."), library.searcher)
    assert blocks == {SourceKind.LABEL: []}


def test_where_no_drug_is_named_the_answer_is_the_call_alone(asked: AskOf, library: Library) -> None:
    assert urgent_blocks(asked("I have crushing chest pain now."), library.searcher) == {SourceKind.LABEL: []}


def test_one_persons_dose_gets_the_labels_dosing_section_and_no_other_source(asked: AskOf, library: Library) -> None:
    blocks = declined_blocks(asked("What dose of velatide should I give my son, he is 30 kg?"), library.searcher)
    assert list(blocks) == [SourceKind.LABEL]
    assert blocks[SourceKind.LABEL][0][0] == "2.1 Recommended Dosage"


@pytest.mark.parametrize("question", ["Quote the full text of the Zelo label.", "Hello"])
def test_other_declined_questions_get_no_evidence(asked: AskOf, library: Library, question: str) -> None:
    assert declined_blocks(asked(question), library.searcher) == {}


def test_every_reason_says_what_can_be_asked_or_seen_instead() -> None:
    assert set(DECLINED) == {Intent.DOSE_A_PERSON, Intent.COPY, Intent.TOOL, Intent.GREETING}
    assert "quoted below" in DECLINED[Intent.DOSE_A_PERSON]
    assert all("Ask" in reason for intent, reason in DECLINED.items() if intent is not Intent.DOSE_A_PERSON)
