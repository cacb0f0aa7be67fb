"""Signs: what a sentence shows of the claim, of its place, and by its turns of phrase, each worked out by hand."""

import math
from collections.abc import Sequence

import numpy as np
import pytest

from qa.rationale_signs import (
    BACKGROUND,
    CONCLUSIONS,
    METHODS,
    RESULTS,
    SIGNS,
    Claim,
    Table,
    claim_of,
    signs,
    stages_of,
    turns,
)

# Worth 6 in all: "fever" is frequent, what no table of rarity holds is worth 2.5 each.
CLAIM = claim_of("Zelomab lowers fever.", {"fever": 1.0}, 2.5)
TEXT = ("Fever is common.", "Zelomab was tested.", "Zelomab lowers it.")


def shown(sentences: Sequence[str], likeness: Sequence[float], title: str = "", claim: Claim = CLAIM) -> Table:
    """Return the signs of one text's sentences."""
    return signs(claim, np.array(likeness), sentences, stages_of(sentences), [title], [0])


def column(table: Table, name: str) -> list[float]:
    """Return one sign of all sentences."""
    return [round(value, 4) for value in table[:, SIGNS.index(name)].tolist()]


def test_a_term_is_worth_what_its_table_says_and_one_that_it_does_not_hold_what_the_rarest_is() -> None:
    assert claim_of("Fever, zelomab and FEVER", {"fever": 1.0}, 2.5) == Claim(("fever", "zelomab"), (1.0, 2.5))
    assert CLAIM.total == 6.0


def test_there_is_a_column_for_every_sign_and_a_row_for_every_sentence() -> None:
    assert shown(TEXT, (0.1, 0.2, 0.3)).shape == (3, len(SIGNS)) == (3, 24)


def test_likeness_is_set_beside_the_mean_and_the_best_of_the_text() -> None:
    table = shown(TEXT, (0.2, 0.4, 0.9))
    deviation = math.sqrt((0.3**2 + 0.1**2 + 0.4**2) / 3)
    assert column(table, "likeness") == [0.2, 0.4, 0.9]
    assert column(table, "likeness_gap") == [-0.7, -0.5, 0.0]
    assert column(table, "likeness_z") == pytest.approx([-0.3 / deviation, -0.1 / deviation, 0.4 / deviation], abs=1e-3)


def test_terms_are_the_share_of_what_the_claims_terms_are_worth() -> None:
    table = shown(TEXT, (0.5, 0.5, 0.5))
    assert column(table, "terms") == [round(1 / 6, 4), round(2.5 / 6, 4), round(5 / 6, 4)]
    assert column(table, "terms_gap") == [round(-4 / 6, 4), round(-2.5 / 6, 4), 0.0]


def test_own_terms_are_those_that_the_title_does_not_say() -> None:
    table = shown(TEXT, (0.5, 0.5, 0.5), title="A trial of zelomab")
    assert column(table, "own_terms") == [round(1 / 3.5, 4), 0.0, round(2.5 / 3.5, 4)]
    assert column(table, "own_share") == [round(2 / 3, 4)] * 3


def test_a_title_that_says_the_whole_claim_leaves_nothing_to_be_shared() -> None:
    table = shown(TEXT, (0.5, 0.5, 0.5), title="Zelomab lowers fever")
    assert column(table, "own_terms") == column(table, "own_share") == [0.0, 0.0, 0.0]


def test_a_claim_without_a_word_shares_none() -> None:
    table = shown(TEXT, (0.5, 0.5, 0.5), claim=claim_of("Is it so?", {}, 2.5))
    assert column(table, "terms") == column(table, "own_terms") == column(table, "own_share") == [0.0, 0.0, 0.0]


def test_the_way_through_the_text_runs_from_0_to_1_and_the_end_is_counted_back_to_at_most_8() -> None:
    assert column(shown(TEXT, (0.5,) * 3), "way") == [0.0, 0.5, 1.0]
    assert column(shown(("One.",) * 11, (0.5,) * 11), "from_end") == [8.0, 8.0, 8.0, 7, 6, 5, 4, 3, 2, 1, 0]
    assert column(shown(TEXT[:1], (0.5,)), "way") == [0.0]


def test_sentences_are_counted_and_their_words_too() -> None:
    table = shown(TEXT, (0.5, 0.5, 0.5))
    assert column(table, "count") == [3.0, 3.0, 3.0]
    assert column(table, "length") == [round(math.log(4), 4)] * 3


def test_a_text_shows_the_same_beside_others_as_alone() -> None:
    other = ("RESULTS It rose.", "Fever fell by 3% with zelomab.")
    both = signs(
        CLAIM,
        np.array([0.1, 0.3, 0.2, 0.9, 0.4]),
        [*TEXT, *other],
        [*stages_of(TEXT), *stages_of(other)],
        ["A trial of zelomab", "Fever"],
        [0, 3],
    )
    alone = [shown(TEXT, (0.1, 0.3, 0.2), "A trial of zelomab"), shown(other, (0.9, 0.4), "Fever")]
    assert both == pytest.approx(np.concatenate(alone))


def test_a_stage_lasts_until_the_next_label_in_capitals() -> None:
    text = (
        "Fever is common.",
        "METHODS We gave it.",
        "It was given twice.",
        "RESULTS: It fell.",
        "CONCLUSIONS It works.",
    )
    assert stages_of(text) == [-1, METHODS, METHODS, RESULTS, CONCLUSIONS]
    assert column(shown(text, (0.5,) * 5), "methods") == [0.0, 1.0, 1.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("sentence", "stage"),
    [
        ("BACKGROUND Fever is common.", BACKGROUND),
        ("MAIN OUTCOME MEASURES Fever at day 3.", METHODS),
        ("MAIN RESULTS Fever fell.", RESULTS),
        ("DNA repair is slow.", -1),
        ("ELSEWHERE It was so.", -1),
        ("Results were good.", -1),
    ],
)
def test_a_label_has_five_capitals_and_a_known_word(sentence: str, stage: int) -> None:
    assert stages_of([sentence]) == [stage]


@pytest.mark.parametrize(
    ("sentence", "name", "value"),
    [
        ("In conclusion, these findings suggest that it works.", "concludes", 2.0),
        ("Thus, overall, in summary, therefore it works.", "concludes", 3.0),
        ("We found that it was associated with less fever.", "finds", 2.0),
        ("Adults were randomized to determine whether it works.", "tells_method", 2.0),
        ("However, little is known of it.", "sets_up", 2.0),
        ("It fell by 48% (95% CI, p < 0.001).", "figures", 3.0),
        ("This was so.", "points_back", 1.0),
        ("Of this nothing is left.", "points_back", 0.0),
        ("Fever was reduced.", "direction", 1.0),
        ("Fever was seen.", "direction", 0.0),
        ("Fever did not fall.", "denies", 1.0),
        ("Nothing fell.", "denies", 0.0),
    ],
)
def test_turns_of_phrase_are_counted_to_three_or_told(sentence: str, name: str, value: float) -> None:
    said = dict(zip(SIGNS[SIGNS.index("concludes") :], turns(sentence), strict=False))
    assert said[name] == value
    assert column(shown([sentence], [0.5]), name) == [value]
