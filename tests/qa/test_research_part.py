from qa.library import Library
from qa.research_part import STUDIED, research_points
from qa.themes import THEMES
from tests.qa.conftest import AskOf


def blocks(asked: AskOf, library: Library, question: str) -> dict[str, list[str]]:
    """Return each heading with what stands under it."""
    found = research_points(asked(question), library.searcher)
    return {heading: [point.text for point in points] for heading, points in found}


def test_points_stand_under_the_topic_that_was_asked_for(asked: AskOf, library: Library) -> None:
    assert next(iter(blocks(asked, library, "Does zelomab reduce asthma exacerbations?"))) == "Efficacy"
    assert next(iter(blocks(asked, library, "Does zelomab raise serious cardiovascular events?"))) == "Safety"


def test_every_heading_is_one_of_the_topics(asked: AskOf, library: Library) -> None:
    found = blocks(asked, library, "What do studies of zelomab in severe asthma show?")
    assert found and set(found) <= {theme.heading for theme in THEMES} | {STUDIED}


def test_a_trial_asked_about_by_its_name_alone_gives_what_it_found_and_in_whom(asked: AskOf, library: Library) -> None:
    found = blocks(asked, library, "What did QUILLON show?")
    assert "In QUILLON, zelomab reduced asthma exacerbations by 48% over 12 months." in found["Efficacy"]
    assert list(found)[-1] == STUDIED
    assert [text.startswith("In QUILLON 815 adults") for text in found[STUDIED]] == [True]


def test_how_many_were_in_a_trial_is_answered(asked: AskOf, library: Library) -> None:
    found = blocks(asked, library, "How many adults were in QUILLON?")
    assert any("815 adults" in text for texts in found.values() for text in texts)


def test_the_heading_with_the_best_point_comes_first(asked: AskOf, library: Library) -> None:
    points = research_points(asked("Does zelomab reduce asthma exacerbations?"), library.searcher)
    best = [max(point.score for point in own) for _, own in points]
    assert best[0] == max(best)


def test_a_named_trial_is_answered_from_what_names_it(asked: AskOf, library: Library) -> None:
    found = research_points(asked("What were the asthma exacerbations in QUILLON?"), library.searcher)
    keys = {point.quoted[0].document.key for _, points in found for point in points}
    assert keys == {"research:test-quillon"}


def test_the_publication_is_named_where_the_sentence_leaves_the_drug_out(asked: AskOf, library: Library) -> None:
    found = research_points(asked("What did zelomab do for asthma admissions to hospital?"), library.searcher)
    (row,) = [point for _, points in found for point in points if "3.1%" in point.text]
    assert row.text == "Outcome | Zelomab | Placebo\nAsthma admissions to hospital | 3.1% | 5.9%"
    assert row.context == "Zelomab for severe asthma: a meta-analysis"
    named = [point for _, points in found for point in points if "zelomab" in point.text.split("\n")[-1].lower()]
    assert all(point.context == "" for point in named)


def test_research_that_does_not_answer_gives_nothing(asked: AskOf, library: Library) -> None:
    assert blocks(asked, library, "How is velatide stored?") == {}
