"""Themes of a sentence, and of a question."""

import pytest

from qa.aspect import Aspect
from qa.terms import normalised
from qa.themes import THEMES, heading_of, themes_for, themes_of


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("The drug binds the receptor.", "mechanism"),
        ("The half-life was 12 days.", "pharmacokinetics"),
        ("Two strokes were adjudicated.", "safety"),
        ("One dose of 60 mg was given twice yearly.", "dosing"),
        ("Each QALY cost 30,000.", "cost"),
        ("After stopping, density fell.", "sequence"),
        ("In dialysis no change was needed.", "population"),
        ("Fractures were fewer.", "efficacy"),
        ("An antiresorptive is given after a course of it.", "sequence"),
        ("It is contraindicated in hypocalcemia.", "contraindication"),
        ("The risk of stroke was 2%.", "safety"),
        ("The relative risk of new hip fracture was 0.6.", "efficacy"),
    ],
)
def test_a_sentence_is_filed_under_what_it_speaks_of(sentence: str, first: str) -> None:
    assert themes_of(normalised(sentence))[0] == first


def test_a_sentence_of_several_themes_has_them_in_the_order_of_the_page() -> None:
    found = themes_of(normalised("In dialysis the dose reduced strokes compared with placebo."))
    order = [theme.name for theme in THEMES]
    assert len(found) > 2 and sorted(found, key=order.index) == list(found)


def test_a_sentence_that_tells_of_no_theme_has_none() -> None:
    assert themes_of(normalised("The authors declare nothing.")) == ()


def test_cues_are_beginnings_of_words() -> None:
    assert "safety" not in themes_of(normalised("It was unsafe-ish? No: presafety."))


def test_aspects_lead_to_the_themes_that_answer_them() -> None:
    assert themes_for((Aspect.RENAL,)) == {"population"}
    assert themes_for((Aspect.INDICATION,)) == {"indication", "efficacy"}
    assert themes_for(()) == frozenset()


def test_every_aspect_that_research_can_answer_has_a_theme() -> None:
    without = {aspect for aspect in Aspect if not themes_for((aspect,))}
    assert without == {Aspect.STORAGE, Aspect.SUPPLY, Aspect.NONCLINICAL, Aspect.OVERVIEW}


def test_every_theme_has_a_heading_of_its_own() -> None:
    headings = [heading_of(theme.name) for theme in THEMES]
    assert len(set(headings)) == len(headings) and all(headings)
