"""Directions of statements, by hand."""

import pytest

from evals.matcher_polarity import overstated, turned, ways


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the risk was lower", {"down"}),
        ("the risk was not reduced", {"not down"}),
        ("rates did not differ significantly", {"same"}),
        ("a hazard ratio of 0.62", {"down"}),
        ("a hazard ratio of 1.31", {"up"}),
        ("more than 3 months, 65 years or more", set()),
        ("it is taken with water", set()),
    ],
)
def test_a_text_says_which_way(text: str, said: set[str]) -> None:
    assert ways(text) == said


def test_a_fact_is_turned_by_the_other_way_only() -> None:
    assert turned("fewer fractures", "fractures increased")
    assert turned("fractures were significantly lower", "fractures did not differ significantly")
    assert not turned("fewer fractures", "fractures were reduced, and falls increased")
    assert not turned("fewer fractures", "fractures were counted")


def test_what_is_said_of_some_is_no_proof_for_all() -> None:
    assert overstated("any fracture qualifies", "only a hip fracture qualifies")
    assert overstated("harm is proven", "it may harm")
    assert not overstated("a hip fracture qualifies", "only a hip fracture qualifies")
