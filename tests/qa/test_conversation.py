"""Follow-ups made to stand on their own."""

import json
from pathlib import Path

import pytest

from bench.conversation import bases, f1, replay
from qa.aspect import Aspect
from qa.constraints import Trait
from qa.conversation import focus
from qa.drugs import DrugLexicon
from qa.understand import Understanding, history_of, understand

LEXICON = DrugLexicon(
    [
        (["romosozumab"], ["Evenity"]),
        (["denosumab"], ["Prolia"]),
        (["alendronate sodium"], ["Fosamax"]),
        (["risedronate sodium"], []),
        (["zoledronic acid"], []),
        (["warfarin"], []),
        (["ibuprofen"], []),
    ]
)


def talk(*questions: str) -> Understanding:
    """Return how the last of the questions is understood after the others."""
    return understand(questions[-1], history_of(questions[:-1], LEXICON), LEXICON)


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
        ("Is romosozumab approved for men?", "How about Prolia instead?", "Is denosumab (Prolia) approved for men?"),
        ("Is romosozumab approved for men?", "And denosumab?", "Is denosumab approved for men?"),
        ("Is romosozumab approved?", "Compared with alendronate?", "What about romosozumab compared with alendronate?"),
        ("What is Evenity for?", "Is it better than alendronate?", "Is romosozumab better than alendronate?"),
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
            "Does romosozumab cause jaw necrosis?",
            "Is it as common as with bisphosphonates?",
            "Is jaw necrosis as common with romosozumab as with bisphosphonates?",
        ),
        (
            "Does risedronate work in Parkinson disease?",
            "Why was it retracted?",
            "Why was the risedronate study in Parkinson disease retracted?",
        ),
        ("What is lung cancer?", "What are its symptoms?", "What are lung cancer's symptoms?"),
        (
            "What is the Bronze Age collapse?",
            "What is the evidence for it?",
            "What is the evidence for the Bronze Age collapse?",
        ),
        ("What is lung cancer?", "What are the main causes?", "What are the main causes of lung cancer?"),
        ("What is Evenity for?", "What does NICE say?", "What does NICE say about romosozumab?"),
        ("What does NICE say about romosozumab?", "And ACP?", "What does ACP say about romosozumab?"),
        ("What is Evenity for?", "Her eGFR is 25.", "What about romosozumab with eGFR 25?"),
        ("What is Evenity for?", "And then?", "What should follow romosozumab?"),
        ("What is Evenity for?", "What should follow?", "What should follow romosozumab?"),
        ("Is Evenity safe?", "What about his heart?", "What about the heart with romosozumab?"),
        ("Does Evenity cause jaw necrosis?", "And the jaw?", "What about the jaw with romosozumab?"),
        ("What did ARCH show?", "And hip fracture?", "What about hip fracture in ARCH?"),
        ("What did ARCH show?", "How many women were in it?", "How many women were in ARCH?"),
        ("Is romosozumab safe in ARCH?", "Was the trial blinded?", "Was ARCH blinded?"),
        ("What is Evenity for?", "Is the syringe reusable?", "Is the syringe reusable with romosozumab?"),
    ],
)
def test_a_follow_up_is_written_out(before: str, question: str, standalone: str) -> None:
    understood = talk(before, question)
    assert understood.standalone == standalone
    assert understood.question == question
    assert understood.follows


@pytest.mark.parametrize(
    "question",
    [
        "What is osteoporosis?",
        "How is osteoporosis diagnosed?",
        "What is the dose of ibuprofen?",
        "What treatments exist for depression?",
        "What is CBT and how does it work?",
    ],
)
def test_a_question_that_stands_on_its_own_is_left_alone(question: str) -> None:
    understood = talk("What is the dose of Evenity in a woman with eGFR 25?", question)
    assert understood.standalone == question
    assert not understood.follows
    assert understood.constraints == understood.stated


@pytest.mark.parametrize("question", ["Unrelated question: how should it be stored?", "Another topic: is it safe?"])
def test_saying_that_the_topic_changes_changes_it(question: str) -> None:
    understood = talk("What is the dose of Evenity in a woman with eGFR 25?", question)
    assert (understood.drugs, understood.constraints) == ((), ())


def test_a_trial_asked_about_by_name_needs_no_drug_and_the_talk_goes_on_about_the_drug() -> None:
    understood = talk("What is the dose of Evenity?", "What did VERO show?")
    assert (understood.standalone, understood.drugs) == ("What did VERO show?", ())
    later = talk("What is the dose of Evenity?", "What did VERO show?", "How is it stored?")
    assert later.standalone == "How is romosozumab stored?"


def test_a_new_condition_does_not_go_on_with_the_dose_but_with_harm_or_benefit() -> None:
    assert talk("What is the dose of Evenity?", "What about falls?").aspects == ()
    assert [s.aspect for s in talk("Is Evenity effective?", "And falls?").aspects] == [Aspect.EFFICACY]
    assert Aspect.INDICATION in [s.aspect for s in talk("Is Evenity safe?", "Can men have it?").aspects]


def test_constraints_still_hold_five_turns_later() -> None:
    understood = talk(
        "What is the dose of Evenity in a woman with eGFR 25?",
        "And the side effects?",
        "Is it safe with warfarin?",
        "How about Prolia instead?",
        "Can she take it with food?",
    )
    assert [(one.trait, one.value) for one in understood.constraints if one.trait is Trait.KIDNEY] == [
        (Trait.KIDNEY, 25.0)
    ]
    assert "eGFR 25" in understood.standalone
    assert understood.stated == ()
    assert [drug.names for drug in understood.drugs] == [("denosumab",)]


def test_what_is_asked_of_a_group_is_kept_but_not_said_again() -> None:
    understood = talk("What is the dose of Evenity?", "What about in CKD?", "And after 12 months?")
    assert [one.trait for one in understood.constraints] == [Trait.KIDNEY]
    assert "CKD" not in understood.standalone and "kidney" not in understood.standalone


def test_another_drug_without_a_word_that_carries_over_drops_the_patient() -> None:
    assert talk("Can I give Evenity to a pregnant woman?", "What is the dose of ibuprofen?").constraints == ()


def test_a_drug_taken_beside_is_not_what_the_talk_is_about() -> None:
    (turn,) = history_of(["Is romosozumab safe with warfarin?"], LEXICON)
    assert [drug.names for drug in focus(turn)] == [("romosozumab",)]
    (turn,) = history_of(["Is romosozumab better than denosumab?"], LEXICON)
    assert [drug.names for drug in focus(turn)] == [("romosozumab",), ("denosumab",)]


def test_a_co_medication_of_a_follow_up_is_a_constraint() -> None:
    understood = talk("What is the dose of Evenity?", "What about a patient on warfarin?")
    assert [one.trait for one in understood.constraints] == [Trait.TAKES]
    assert {name for drug in understood.drugs for name in drug.names} == {"romosozumab", "warfarin"}


def test_the_first_question_is_itself_with_its_brand_explained() -> None:
    understood = understand("What is the dose of Evenity?", (), LEXICON)
    assert understood.standalone == "What is the dose of romosozumab (Evenity)?"
    assert not understood.follows


def test_the_drugs_of_the_development_dialogues_are_carried(shared: Path) -> None:
    dialogues = json.loads((shared / "facts/gold/followups.json").read_text())["dialogues"]
    rows = []
    for dialogue in dialogues:
        opening = history_of(["Tell me about romosozumab"], LEXICON)
        rows += replay([(t["user"], t["standalone"]) for t in dialogue["turns"]], LEXICON, list(opening))
    named = [row for row in rows if bases(row.gold, LEXICON)]
    assert len(named) >= 12
    assert sum(bases(row.gold, LEXICON) <= bases(row.ours, LEXICON) for row in named) / len(named) >= 0.9
    assert sum(f1(row.ours, row.gold) for row in rows) > sum(f1(row.raw, row.gold) for row in rows)
