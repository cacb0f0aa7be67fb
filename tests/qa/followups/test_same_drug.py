"""A follow-up that names no drug, completed with the drug of the turn before."""

import pytest

from qa.aspect import Aspect
from tests.qa.followups.talking import talk, written_out


@pytest.mark.parametrize(
    ("before", "question", "standalone"),
    [
        ("What cardiovascular risk does Evenity carry?", "What about in CKD?", "What about romosozumab in CKD?"),
        ("What is the dose of Evenity?", "And after 12 months?", "What should follow romosozumab after 12 months?"),
        ("What is the dose of Evenity?", "And if she misses one?", "What if she misses a dose of romosozumab?"),
        ("What is the dose of Evenity?", "How do I store the box?", "How do I store the box of romosozumab?"),
        ("What is the dose of Evenity?", "And the side effects?", "What about the side effects of romosozumab?"),
        ("What is the dose of alendronate?", "Is it safe with warfarin?", "Is alendronate safe with warfarin?"),
        (
            "What is the dose of alendronate?",
            "Is it safe to take with food?",
            "Is it safe to take alendronate with food?",
        ),
        ("What is the dose of alendronate?", "What are its side effects?", "What are alendronate's side effects?"),
        ("What is the dose of alendronate?", "Does this drug cause nausea?", "Does alendronate cause nausea?"),
        (
            "Is alendronate better than risedronate?",
            "Which one is cheaper?",
            "Which one is cheaper, alendronate or risedronate?",
        ),
        ("Does romosozumab cause hypocalcemia?", "How common is it?", "How common is hypocalcemia with romosozumab?"),
        (
            "Does romosozumab cause jaw necrosis?",
            "What raises the risk?",
            "What raises the risk of jaw necrosis with romosozumab?",
        ),
        (
            "Does risedronate work in Parkinson disease?",
            "Why was it retracted?",
            "Why was the risedronate study in Parkinson disease retracted?",
        ),
        ("What is Evenity for?", "What does NICE say?", "What does NICE say about romosozumab?"),
        ("What does NICE say about romosozumab?", "And ACP?", "What does ACP say about romosozumab?"),
        ("What is Evenity for?", "Her eGFR is 25.", "What about romosozumab with eGFR 25?"),
        ("What is Evenity for?", "And then?", "What should follow romosozumab?"),
        ("What is Evenity for?", "What should follow?", "What should follow romosozumab?"),
        ("Is Evenity safe?", "What about his heart?", "What about the heart with romosozumab?"),
        ("Does Evenity cause jaw necrosis?", "And the jaw?", "What about the jaw with romosozumab?"),
        ("What is Evenity for?", "Is the syringe reusable?", "Is the syringe reusable with romosozumab?"),
    ],
)
def test_a_follow_up_without_a_drug_takes_the_last_one(before: str, question: str, standalone: str) -> None:
    assert written_out(before, question) == standalone


def test_a_new_condition_does_not_go_on_with_the_dose_but_with_harm_or_benefit() -> None:
    assert talk("What is the dose of Evenity?", "What about falls?").aspects == ()
    assert [s.aspect for s in talk("Is Evenity effective?", "And falls?").aspects] == [Aspect.EFFICACY]
    assert Aspect.INDICATION in [s.aspect for s in talk("Is Evenity safe?", "Can men have it?").aspects]
