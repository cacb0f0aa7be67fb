import pytest

from corpus.document import SourceKind
from qa.grouping import Chosen
from qa.guideline_part import (
    CONSIDERATIONS,
    KEY_POINTS,
    cautions,
    guideline_points,
    heard,
    lead_of,
    recommends,
    unheard,
)
from qa.library import Library
from qa.statements import statement
from tests.qa.conftest import AskOf
from tests.qa.test_grouping import said


def blocks(asked: AskOf, library: Library, question: str) -> dict[str, list[str]]:
    """Return each heading with what stands under it."""
    found = guideline_points(asked(question), library.searcher)
    return {heading: [point.text for point in points] for heading, points in found}


def test_the_lead_recommends_and_what_advises_against_is_a_consideration(asked: AskOf, library: Library) -> None:
    found = blocks(asked, library, "What do guidelines recommend about zelomab for severe asthma?")
    assert list(found) == ["", KEY_POINTS, CONSIDERATIONS]
    assert found[""][0].startswith("The Northern Chest Society recommends zelomab")
    assert found[CONSIDERATIONS][0].startswith("The Southern Lung College does not recommend")


def test_where_harm_is_asked_about_the_lead_cautions(asked: AskOf, library: Library) -> None:
    found = blocks(asked, library, "Who should not receive zelomab after a stroke?")
    assert found[""] == ["Zelomab should not be offered to patients with a recent myocardial infarction or stroke."]


def test_every_point_says_whose_word_it_is_and_of_which_year(asked: AskOf, library: Library) -> None:
    question = asked("What do guidelines recommend about zelomab for severe asthma?")
    contexts = {point.context for _, points in guideline_points(question, library.searcher) for point in points}
    assert contexts == {"Northern Chest Society 2024", "Southern Lung College 2023"}


def test_guidelines_that_do_not_answer_give_nothing(asked: AskOf, library: Library) -> None:
    assert blocks(asked, library, "What is the half-life of zelomab?") == {}


def test_a_question_without_a_drug_is_answered_where_a_guideline_speaks_of_it(asked: AskOf, library: Library) -> None:
    assert blocks(asked, library, "How is gout diagnosed?")[""] == [
        "Joint aspiration with crystal analysis is recommended to diagnose gout."
    ]


@pytest.mark.parametrize(
    ("text", "recommended", "cautious"),
    [
        ("The panel recommends X first.", True, False),
        ("X should be offered to adults.", True, False),
        ("X is an option for severe disease.", True, False),
        ("The panel recommends against X.", True, True),
        ("X should not be used after a stroke.", False, True),
        ("Evidence was insufficient.", False, True),
        ("X was tested in 400 adults.", False, False),
    ],
)
def test_recommendations_and_cautions_are_told_apart(text: str, recommended: bool, cautious: bool) -> None:
    assert (recommends(text), cautions(text)) == (recommended, cautious)


def test_a_body_is_asked_by_its_abbreviation_and_answers_by_its_name(asked: AskOf, library: Library) -> None:
    question = asked("What does ZZZ say about zelomab?")
    assert question.bodies == frozenset() and unheard(question, {SourceKind.GUIDELINE: []}) == ""
    nice = asked("What does NICE say about zelomab?")
    points = guideline_points(nice, library.searcher)
    assert heard(nice, points) == frozenset()
    assert unheard(nice, {SourceKind.GUIDELINE: points}) == "Nothing that follows is by NICE."


def test_what_is_said_of_the_patients_age_leads_also_where_it_recommends_against() -> None:
    texts = [
        "Screening is recommended for men aged 55 to 69 years.",
        "The body recommends against screening in men 70 years and older.",
        "A talk is recommended.",
    ]
    groups = [[Chosen(0.9, said(text, "a"), statement(text))] for text in texts]

    def led(age: float | None) -> str:
        return lead_of(groups, age, harm=False)[0].evidence.text

    assert [led(None), led(60), led(72)] == [texts[0], texts[0], texts[1]]
