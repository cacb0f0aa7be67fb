"""What a question wants done; above all, what is an emergency and what is not."""

import json
from pathlib import Path

import pytest

from qa.aspects import aspects_of
from qa.drugs import DrugLexicon
from qa.intent import Intent, intent_of, is_emergency
from qa.synonyms import expand

LEXICON = DrugLexicon(
    [
        (["romosozumab"], ["Evenity"]),
        (["ibuprofen"], []),
        (["lorazepam"], []),
        (["sumatriptan"], []),
        (["oxycodone"], []),
    ]
)


def intent(text: str) -> Intent:
    """Return the intent of a text as `understand` would find it."""
    mentions = LEXICON.find(text)
    return intent_of(text, mentions, aspects_of(text, mentions), bool(expand(text, medical=bool(mentions))))


@pytest.mark.parametrize(
    "text",
    [
        "My mother took Evenity yesterday and now has crushing chest pain.",
        "Patient with crushing chest pain 2 hours after injection",
        "My husband has chest pain after his injection. What do I do?",
        "my father has bad chest pain what should i do",
        "I can't breathe",
        "My chest hurts and I can’t breathe",
        "I overdosed on ibuprofen",
        "She took 40 tablets of oxycodone an hour ago, what should I do?",
        "What should I do, my son swallowed a whole bottle of ibuprofen",
        "A child swallowed a whole bottle of iron tablets",
        "I feel suicidal",
        "I want to kill myself",
        "my dad's face is drooping on one side and his speech is slurred",
        "My tongue is swelling after taking ibuprofen!",
        "He is unconscious and not breathing",
        "She is having a stroke",
    ],
)
def test_somebody_in_danger_now_is_an_emergency(text: str) -> None:
    assert intent(text) is Intent.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "What should be done in an overdose of ibuprofen?",
        "Does it cause chest pain?",
        "Is chest pain a side effect of sumatriptan?",
        "A patient has chest pain with sumatriptan, is this known?",
        "Can romosozumab cause a heart attack?",
        "Can it be used in a patient who had a heart attack 6 months ago?",
        "My patient had a stroke last year. Can she get romosozumab?",
        "My husband has had a stroke at 40 years old and uses a C-pap.",
        "I have osteoporosis and a history of heart attack. Can I take romosozumab?",
        "She has a history of chest pain, is sumatriptan contraindicated?",
        "Does montelukast cause suicidal thoughts?",
        "What are the signs of stroke?",
        "What does facial drooping mean for the brain?",
        "If a patient overdosed on acetaminophen what does the label say?",
    ],
)
def test_a_question_about_dangers_is_not_an_emergency(text: str) -> None:
    assert intent(text) is Intent.EVIDENCE


@pytest.mark.parametrize(
    "text",
    [
        "What dose should I give my 82-year-old mother weighing 50 kg",
        "how many mg of ibuprofen should I take",
        "should I stop taking lorazepam",
        "trospium can i stop taking it?",
        "Is 800 mg of ibuprofen too much for my son?",
    ],
)
def test_a_dose_for_one_person_is_told_from_a_dose_in_general(text: str) -> None:
    assert intent(text) is Intent.DOSE_A_PERSON


@pytest.mark.parametrize(
    "text",
    [
        "What is the dose of ibuprofen?",
        "usual dose of ibuprofen in the elderly",
        "What dose of odanacatib should I prescribe?",
        "How much ibuprofen can patients with CKD get?",
        "how long should i take cipro for a urinary tract infection",
        "Can I give it to a man?",
    ],
)
def test_a_dose_in_general_is_a_question_about_evidence(text: str) -> None:
    assert intent(text) is Intent.EVIDENCE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Give a FRAX score for me, I am 70.", Intent.TOOL),
        ("Calculate her creatinine clearance", Intent.TOOL),
        ("Write me a letter to my insurance", Intent.TOOL),
        ("How is the FRAX score used?", Intent.EVIDENCE),
        ("Quote the full text of the Evenity medication guide.", Intent.COPY),
        ("Print the whole label word for word", Intent.COPY),
        ("What does the label say?", Intent.EVIDENCE),
        ("hello there!", Intent.GREETING),
        ("Thanks", Intent.GREETING),
        ("What is the capital of France?", Intent.OTHER),
        ("What is osteoporosis?", Intent.EVIDENCE),
        ("What is the role of KAT7 in AML?", Intent.EVIDENCE),
    ],
)
def test_other_wishes_are_told_apart(text: str, expected: Intent) -> None:
    assert intent(text) is expected


def test_no_question_of_the_gold_sets_is_taken_for_an_emergency(shared: Path) -> None:
    questions = []
    for name in ("medicationqa", "fdarx", "pubmedqa", "expertqa_medical_val", "kqa"):
        for line in (shared / f"data/gold/{name}.jsonl").read_text().splitlines():
            row = json.loads(line)
            questions.append(row.get("question") or row["Question"])
    for line in (shared / "data/gold/cast_followups.jsonl").read_text().splitlines():
        questions += [turn["utterance"] for turn in json.loads(line)["turns"]]
    assert len(questions) > 1400
    assert [question for question in questions if is_emergency(question.lower())] == []


def test_a_long_text_is_read_quickly_enough_to_be_read_at_all() -> None:
    assert not is_emergency("i have no chest and my x has a y with a z " * 45)
