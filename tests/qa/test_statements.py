"""When two statements are one, and when the one supports the other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.statements import cosine, repeats, statement, supports


def test_numbers_lose_thousands_separators_and_keep_decimals() -> None:
    assert statement("Of 11,000 women 2.5% fell (−3 to 4).").numbers == {"11000", "2.5", "3", "4"}


def test_a_sentence_supports_another_only_with_all_its_numbers() -> None:
    shown = statement("X reduced fractures by 48%.")
    assert supports(shown, statement("Fractures were reduced by 48% over 24 months on X."), 0.9)
    assert not supports(shown, statement("Fractures were reduced by 50% over 24 months on X."), 0.9)


def test_a_denial_never_supports_an_assertion() -> None:
    assert not supports(statement("X reduced hip fracture."), statement("X has not reduced hip fracture."), 0.95)


def test_opposite_directions_never_support_each_other() -> None:
    assert not supports(statement("X increased the risk."), statement("X reduced the risk."), 0.95)


def test_sentences_that_are_not_alike_do_not_support_each_other() -> None:
    assert not supports(statement("X reduced hip fracture."), statement("Y reduced hip fracture."), 0.5)


def test_a_repetition_has_no_number_of_its_own() -> None:
    shown = statement("X reduced fractures by 48% at 24 months.")
    assert repeats(shown, statement("X reduced fractures by 48%."), 0.93)
    assert not repeats(shown, statement("X reduced fractures by 73% at 12 months."), 0.93)


def test_bounds_that_differ_are_different_claims() -> None:
    younger = statement("Screening is recommended in women younger than 65 years at increased risk.")
    older = statement("Screening is recommended in women 65 years or older.")
    assert not supports(younger, older, 0.95)
    assert not repeats(younger, older, 0.95)


def test_every_number_shown_must_stand_in_the_other_and_not_the_other_way_round() -> None:
    short, long = statement("X halved fractures in 12 months."), statement("X halved 40 fractures in 12 months.")
    assert supports(short, long, 0.9)
    assert not supports(long, short, 0.9)


def test_a_figure_and_its_percentage_sign_and_minus_read_alike() -> None:
    assert statement("-2.5% and −2.5 and 2.5").numbers == {"2.5"}


def test_a_number_inside_a_name_is_none() -> None:
    assert statement("CYP3A4 and PTH1 in study B12").numbers == frozenset()


@pytest.mark.parametrize(
    "denial",
    ["X was not effective.", "X failed to help.", "No effect of X.", "Without effect.", "X doesn't help.", "Avoid X."],
)
def test_denials_are_known(denial: str) -> None:
    assert statement(denial).negated
    assert not statement("X was effective.").negated


def test_statements_must_share_most_of_the_longer_words_shown() -> None:
    shown = statement("X reduced vertebral fractures in older women.")
    assert not supports(shown, statement("X reduced hospital admissions in younger boys."), 0.95)


def test_a_repetition_with_another_denial_or_bound_is_none() -> None:
    shown = statement("X is for women under 65.")
    assert repeats(shown, statement("X is for women under 65."), 0.95)
    assert not repeats(shown, statement("X is not for women under 65."), 0.95)
    assert not repeats(shown, statement("X is for women at least 65."), 0.95)


@given(st.text(max_size=80), st.floats(0.9, 1.0))
def test_every_statement_supports_and_repeats_itself(text: str, alike: float) -> None:
    one = statement(text)
    assert supports(one, one, alike) and repeats(one, one, alike)


def test_the_cosine_is_the_inner_product() -> None:
    assert cosine(np.array([0.6, 0.8], np.float32), np.array([0.8, 0.6], np.float32)) == pytest.approx(0.96)
