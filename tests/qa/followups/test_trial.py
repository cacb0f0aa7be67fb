"""Questions about a trial, and what goes on about it."""

import pytest

from tests.qa.followups.talking import talk, written_out


@pytest.mark.parametrize(
    ("before", "question", "standalone"),
    [
        ("What did ARCH show?", "And hip fracture?", "What about hip fracture in ARCH?"),
        ("What did ARCH show?", "How many women were in it?", "How many women were in ARCH?"),
        ("Is romosozumab safe in ARCH?", "Was the trial blinded?", "Was ARCH blinded?"),
    ],
)
def test_a_follow_up_about_a_trial_is_written_out(before: str, question: str, standalone: str) -> None:
    assert written_out(before, question) == standalone


def test_a_trial_asked_about_by_name_needs_no_drug_and_the_talk_goes_on_about_the_drug() -> None:
    understood = talk("What is the dose of Evenity?", "What did VERO show?")
    assert (understood.standalone, understood.drugs) == ("What did VERO show?", ())
    later = talk("What is the dose of Evenity?", "What did VERO show?", "How is it stored?")
    assert later.standalone == "How is romosozumab stored?"
