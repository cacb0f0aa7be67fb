"""Required and forbidden facts as they are counted, over all the words of an answer."""

from dataclasses import replace
from pathlib import Path

import pytest

from evals.answer_text import claims_text, said
from evals.gold.base import GoldQuestion
from evals.matcher_features import Said
from evals.measures.base import Share
from evals.measures.facts import FORBIDDEN, MEASURE, OPTIONAL, REQUIRED, Facts
from evals.outcome import Outcome
from index.encoders.minilm_onnx import MiniLmOnnx
from index.encoders.models import model_folder
from tests.made_answers import answer, citation, one_claim

QUESTION = GoldQuestion(
    "q1",
    "What does the label say on kidney disease?",
    required=("no dose adjustment in renal impairment", "monitor calcium on dialysis"),
    optional=("the maker is in Ohio",),
    forbidden=("it is contraindicated in kidney disease", "the dose is halved"),
)


@pytest.fixture(scope="module")
def measure(model_home: Path) -> Facts:
    return MEASURE.prepared(MiniLmOnnx(model_folder(model_home)), None)


def test_facts_stated_are_counted_over_facts_listed(measure: Facts) -> None:
    found = one_claim(QUESTION.text, "label", "No dose adjustment is needed in renal impairment.")
    assert measure.shares(QUESTION, Outcome("q1", answer=found)) == {
        REQUIRED: Share(1, 2),
        OPTIONAL: Share(0, 1),
        FORBIDDEN: Share(0, 2),
    }


def test_a_forbidden_fact_that_is_said_counts_and_its_denial_does_not(measure: Facts) -> None:
    said_so = one_claim(QUESTION.text, "label", "It is contraindicated in kidney disease.")
    denied = one_claim(QUESTION.text, "label", "It is not contraindicated in kidney disease.")
    assert measure.shares(QUESTION, Outcome("q1", answer=said_so))[FORBIDDEN] == Share(1, 2)
    assert measure.shares(QUESTION, Outcome("q1", answer=denied))[FORBIDDEN] == Share(0, 2)


def test_a_refusal_states_nothing_and_a_failure_says_what_it_must_not(measure: Facts) -> None:
    refused = measure.shares(QUESTION, Outcome("q1", answer=answer(QUESTION.text)))
    assert (refused[REQUIRED], refused[FORBIDDEN]) == (Share(0, 2), Share(0, 2))
    failed = measure.shares(QUESTION, Outcome("q1", error="it broke"))
    assert (failed[REQUIRED], failed[FORBIDDEN]) == (Share(0, 2), Share(2, 2))


def test_a_question_without_facts_adds_nothing(measure: Facts) -> None:
    assert measure.shares(GoldQuestion("q2", "What?"), Outcome("q2", error="it broke")) == {}


def test_unprepared_it_says_what_is_missing() -> None:
    with pytest.raises(ValueError, match="prepared"):
        MEASURE.shares(QUESTION, Outcome("q1", answer=one_claim(QUESTION.text, "label", "Nothing.")))


def test_the_words_of_an_answer_are_notice_refusal_and_claims_under_their_headings() -> None:
    made = answer("q", ("One. Two.", (1,)), citations=(citation(1, "label", "One. Two."),))
    block = replace(made.parts[0].blocks[0], heading="5.1 Warnings")
    made = replace(made, notice="Careful.", parts=(replace(made.parts[0], blocks=(block,)),))
    assert said(made) == (Said("Careful.", "", 0), Said("One.", "5.1 Warnings", 1), Said("Two.", "5.1 Warnings", 1))
    assert said(answer("q")) == (Said("The sources do not say.", "", 1),)
    assert claims_text(made, 1) == "One."
