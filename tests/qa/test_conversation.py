"""Follow-ups made to stand on their own."""

import json
from pathlib import Path

import pytest

from bench.conversation import bases, f1, replay
from qa.constraint import Trait
from qa.understand import history_of, understand
from tests.qa.followups.talking import LEXICON, talk


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
