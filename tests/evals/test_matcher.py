"""The matcher with the exported encoder: what it must take for stated, and what it must not."""

from pathlib import Path

import pytest

from evals.matcher import FILE, Matcher, model_of, shipped
from evals.matcher_features import Said, plain
from index.encoders.minilm_onnx import MiniLmOnnx
from index.encoders.models import model_folder

ASKED = "What did the trial show?"
TEXT = (
    Said("New vertebral fracture occurred in 6.2% on drug A and in 11.9% on placebo, a 48% lower risk.", "Efficacy", 0),
    Said("Nonvertebral fracture did not differ significantly, at 1.6% and 2.1% (HR 0.75; P=0.10).", "Efficacy", 1),
    Said("It is kept at 2 to 8 °C in the original carton and must not be frozen.", "16 Storage", 2),
    Said("Outside the refrigerator it may be kept for at most 30 days.", "16 Storage", 2),
    Said("No dose adjustment is needed in renal impairment.", "8.6 Renal Impairment", 3),
)


@pytest.fixture(scope="module")
def matcher(model_home: Path) -> Matcher:
    return Matcher(MiniLmOnnx(model_folder(model_home)))


@pytest.mark.parametrize(
    "fact",
    [
        "new vertebral fracture 6.2% vs 11.9% (48% lower)",
        "nonvertebral fracture 1.6% vs 2.1%, HR 0.75, P=0.10, not significant",
        "2 to 8 °C in the carton; up to 30 days outside the refrigerator",
        "no dose adjustment in renal impairment",
        "the dose need not be adjusted in renal impairment",
    ],
)
def test_what_the_text_says_is_stated(matcher: Matcher, fact: str) -> None:
    match = matcher.states(fact, TEXT, ASKED)
    assert match.stated
    assert match.sentence in [one.text for one in TEXT]


@pytest.mark.parametrize(
    "fact",
    [
        "new vertebral fracture 6.3% vs 11.9% (48% lower)",
        "new vertebral fracture 1.6% vs 11.9%",  # the figure stands at another endpoint
        "6.2% on placebo",
        "new vertebral fracture was more frequent on drug A",
        "nonvertebral fracture was significantly lower",
        "2 to 8 °C in the carton; up to 60 days outside the refrigerator",
        "it may be frozen",
        "the drug is contraindicated in pregnancy",
    ],
)
def test_what_the_text_does_not_say_is_not_stated(matcher: Matcher, fact: str) -> None:
    assert not matcher.states(fact, TEXT, ASKED).stated
    assert not matcher.states(fact, TEXT, ASKED, strict=True).stated


def test_a_forbidden_fact_that_is_said_is_found(matcher: Matcher) -> None:
    said = plain(["The drug is approved for men with osteoporosis."])
    assert matcher.states("it is approved for men", said, "Is the drug approved for men?", strict=True).stated


def test_one_part_that_is_missing_makes_the_whole_not_stated(matcher: Matcher) -> None:
    part, whole = (
        "no dose adjustment in renal impairment",
        "no dose adjustment in renal impairment; reduce it in old age",
    )
    assert matcher.states(part, TEXT, ASKED).stated
    assert not matcher.states(whole, TEXT, ASKED).stated


def test_an_empty_text_states_nothing(matcher: Matcher) -> None:
    match = matcher.states("anything", (), ASKED)
    assert (match.score, match.stated, match.sentence) == (0.0, False, "")
    assert not matcher.contradicts("anything", ())


def test_the_contrary_of_a_near_sentence_is_a_contradiction(matcher: Matcher) -> None:
    assert matcher.contradicts("New vertebral fracture was more frequent on drug A.", TEXT)
    assert not matcher.contradicts("No dose adjustment is needed in renal impairment.", TEXT)


def test_a_model_of_other_features_is_refused() -> None:
    with pytest.raises(ValueError, match=r"weighs .*luck"):
        model_of({"bias": 0.0, "weights": {"luck": 1.0}, "threshold": 0.5, "words": {}})


def test_the_shipped_model_counts_nearness_for_and_denial_against_a_fact() -> None:
    weights = shipped().weights
    assert all(weights[name] > 0 for name in ("cosine", "asked_cosine", "nearest", "exact", "numbers"))
    assert weights["denied"] < 0
    assert FILE.is_file()
