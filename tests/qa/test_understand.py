"""Everything about a question at once."""

import time

import pytest

from qa.aspect import Aspect
from qa.drug_names import DrugNames
from qa.drugs import DrugLexicon
from qa.intent import Intent
from qa.understand import history_of, stays, understand

NAMES = DrugNames({"odanacatib": ["odanacatib"]}, {}, {}, "literal")
LEXICON = DrugLexicon([(["romosozumab"], ["Evenity"]), (["fluvastatin"], [])], NAMES)


def test_a_question_is_understood_in_all_its_parts() -> None:
    found = understand("Can Evenity be used with eGFR 25 after a heart attack?", (), LEXICON)
    assert found.aspect is Aspect.RENAL
    assert [drug.names for drug in found.drugs] == [("romosozumab",)]
    assert {concept.id for concept in found.conditions} == {"kidney disease", "myocardial infarction"}
    assert (found.constraints[0].text, found.constraints[0].value) == ("eGFR 25", 25.0)
    assert found.intent is Intent.EVIDENCE and not found.emergency


def test_spans_are_of_the_standalone_form() -> None:
    found = understand("Is it safe in CKD?", history_of(["What is Evenity?"], LEXICON), LEXICON)
    spans = [(drug.start, drug.end, drug.surface) for drug in found.drugs]
    spans += [(concept.start, concept.end, concept.surface) for concept in found.concepts]
    assert len(spans) == 2
    assert all(found.standalone[start:end] == surface for start, end, surface in spans)


def test_a_drug_that_is_not_held_is_told_apart() -> None:
    found = understand("What dose of odanacatib should I prescribe?", (), LEXICON)
    assert found.drugs == ()
    assert [drug.names for drug in found.unknown_drugs] == [("odanacatib",)]


def test_a_correction_is_shown_and_made() -> None:
    found = understand("what is the color of the fluvaastatin pill", (), LEXICON)
    assert found.corrections == ("fluvaastatin → fluvastatin",)
    assert found.standalone == "what is the color of the fluvastatin pill"


def test_a_drug_named_twice_is_one() -> None:
    assert len(understand("Is Evenity romosozumab?", (), LEXICON).drugs) == 1


def test_an_emergency_is_one_whatever_was_said_before() -> None:
    found = understand("She now has crushing chest pain!", history_of(["What is Evenity?"], LEXICON), LEXICON)
    assert found.emergency


def test_the_same_question_is_understood_the_same_each_time() -> None:
    history = history_of(["What is Evenity?"], LEXICON)
    assert understand("And in men?", history, LEXICON) == understand("And in men?", history, LEXICON)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "ロモソズマブの用量は？",
        "¿Es segura la Evenity?",
        "((((((",
        "@ @ @",
        "Is " + "it " * 600,
        "a1 " * 600,
        "'" * 1900,
    ],
)
def test_any_cleaned_text_is_understood_in_little_time(text: str) -> None:
    history = history_of(["What is the dose of Evenity in a woman with eGFR 25?"], LEXICON)
    started = time.perf_counter()
    understand(text, history, LEXICON)
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    ("question", "as_it_is"),
    [
        ("What is the dose of romosozumab?", True),
        ("Does it raise the risk of a stroke?", True),
        ("What is the dose of Evenity?", False),  # explained: romosozumab (Evenity)
        ("What is the dose of romosozumba?", False),  # put right
    ],
)
def test_a_question_stays_as_it_is_where_its_standalone_form_is_itself(question: str, as_it_is: bool) -> None:
    assert stays(question, LEXICON) is as_it_is
    found = understand(question, (), LEXICON)
    assert ({found.question, found.standalone, found.core} == {question}) is as_it_is
